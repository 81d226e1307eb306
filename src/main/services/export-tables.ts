import type { AuditEntry } from '#shared/domain/audit.ts'
import type { ExportTable } from '#shared/domain/export.ts'
import type { Finding } from '#shared/domain/finding.ts'
import type { HeldModel } from '#shared/domain/held-model.ts'
import type { InventoryPageRow } from '#shared/domain/inventory.ts'
import { licenceIds } from '#shared/domain/licence.ts'
import { auditPage } from './audit.ts'
import { listCandidates } from './candidates.ts'
import type { Reading } from './context.ts'
import { listExceptions } from './exceptions.ts'
import { columnsOf, type ExportColumn } from './export-columns.ts'
import { openFindings } from './finding-lists.ts'
import { readFindings } from './findings.ts'
import { listImports } from './imports.ts'
import { instanceRows } from './instance-rows.ts'
import { listModels } from './model-list.ts'
import { listOwners } from './owners.ts'
import { listProposedRanges } from './proposed-ranges.ts'
import { listRanges } from './ranges.ts'
import { listRules } from './rules-in-force.ts'
import { listScans } from './scan-report.ts'

/** A table to take out: its objects one by one, and its columns. */
export interface Exportable {
  readonly columns: readonly ExportColumn[]
  objects(reading: Reading, asked: Asked): Iterable<unknown>
}

/** What an export was asked for. */
export interface Asked {
  readonly query: string
  /** Whom the query found; null: it is none of instances, or there was none. */
  readonly instances: Instances | null
}

/** Whom a query found. */
export interface Instances {
  readonly ids: Float64Array
  has(id: number): boolean
}

/** So many are put together from few questions, and none of them is kept. */
const atOnce = 500

function* instancesIn(reading: Reading, { ids }: Instances): Iterable<InventoryPageRow> {
  for (let start = 0; start < ids.length; start += atOnce)
    yield* instanceRows(reading.store, reading.advisories, [...ids.subarray(start, start + atOnce)])
}

function* findingsIn(reading: Reading, { query }: Asked): Iterable<Finding> {
  const list = openFindings(reading, { query, sort: [], grouped: false })
  if (!list.ok) throw new Error(`a query that was read before: ${list.failure.code}`)
  const { places, columns } = list.value
  for (let start = 0; start < places.length; start += atOnce) {
    const ids = [...places.subarray(start, start + atOnce)].map(at => columns.id[at] ?? 0)
    yield* readFindings(reading.store, ids)
  }
}

/** With the identifiers of their licences in one cell, which is empty where they are not known. */
function modelsIn(reading: Reading, { query }: Asked): Iterable<HeldModel & { licences: string[] | null }> {
  const models = listModels(reading, query)
  return (models.ok ? models.value : []).map(model => {
    const ids = licenceIds(model.licence)
    const known = ids.filter(id => id !== null)
    return { ...model, licences: known.length === 0 && ids.length > 0 ? null : known }
  })
}

function* auditIn(reading: Reading): Iterable<AuditEntry> {
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const page = auditPage(reading, before, atOnce)
    yield* page
    if (page.length < atOnce) return
    before = page.at(-1)?.id ?? 0
  }
}

/** More than anybody keeps; a list that is read whole. */
const all = 1_000_000

export const exportables: Readonly<Record<ExportTable, Exportable>> = {
  instances: {
    columns: columnsOf(
      'id number 8',
      'site',
      'zone text 10',
      'address text 24',
      'port number 8',
      'product',
      'confidence number 11',
      'suspected',
      'version text 12',
      'severity text 10',
      'access text 14',
      'tls text 7',
      'cors text 12',
      'models.name text 40',
      'capabilities text 24',
      'toolCalling text 11',
      'running text 24',
      'hostnames text 30',
      'firstSeenAt instant 20',
      'lastSeenAt instant 20',
      'presence text 14',
      'owner text 24',
      'advisories number 11',
      'tags text 24',
      'note text 30',
      'disposition text 16',
    ),
    objects: (reading, { instances }) => (instances === null ? [] : instancesIn(reading, instances)),
  },
  models: {
    columns: columnsOf(
      'digest text 66',
      'names text 40',
      'family text 14',
      'parameterSize text 14',
      'quantization text 14',
      'sizeBytes number 16',
      'sources text 20',
      'remoteModel',
      'remoteHost text 24',
      'capabilities text 24',
      'licences text 24',
      'licence.state text 14',
      'instances number 10',
      'present number 10',
      'sites number 8',
      'firstSeenAt instant 20',
      'lastSeenAt instant 20',
      'approved.at instant 20',
      'approved.by',
      'approved.note text 30',
    ),
    objects: modelsIn,
  },
  findings: {
    columns: columnsOf(
      'id number 8',
      'rule text 28',
      'subject text 28',
      'severity text 10',
      'status text 20',
      'reason',
      'instanceId number 10',
      'address text 24',
      'port number 8',
      'owner text 24',
      'openedAt instant 20',
      'statusAt instant 20',
      'dueAt instant 20',
      'evidence.scan number 8',
      'evidence.observedAt instant 20',
    ),
    objects: findingsIn,
  },
  exceptions: {
    columns: columnsOf(
      'id number 8',
      'finding number 8',
      'instanceId number 10',
      'address text 24',
      'port number 8',
      'rule text 28',
      'subject text 28',
      'status text 12',
      'isExpiring text 11',
      'reason text 40',
      'control text 40',
      'owner text 24',
      'expiresOn date 12',
      'requestedBy',
      'requestedAt instant 20',
      'decidedBy',
      'decidedAt instant 20',
      'endedAt instant 20',
      'endReason',
    ),
    objects: (reading, { instances }) =>
      listExceptions(reading).filter(each => instances === null || instances.has(each.instanceId)),
  },
  owners: {
    columns: columnsOf(
      'kind text 10',
      'name text 28',
      'email text 30',
      'externalId',
      'unit text 24',
      'instanceCount number 14',
      'createdAt instant 20',
    ),
    objects: listOwners,
  },
  ranges: {
    columns: columnsOf(
      'block text 24',
      'site',
      'zone text 10',
      'addressCount number 14',
      'ports text 14',
      'exclusions text 30',
      'authorisation.by text 24',
      'authorisation.reference text 24',
      'authorisation.validUntil date 12',
      'inForce text 9',
      'public text 9',
      'createdAt instant 20',
      'lastCoveredAt instant 20',
    ),
    objects: reading => listRanges(reading),
  },
  proposals: {
    columns: columnsOf(
      'block text 24',
      'site',
      'zone text 10',
      'contact text 24',
      'note text 40',
      'file text 24',
    ),
    objects: listProposedRanges,
  },
  candidates: {
    columns: columnsOf(
      'site',
      'address text 24',
      'port number 8',
      'source text 10',
      'service',
      'seenAt instant 20',
      'scan number 8',
      'instance number 10',
    ),
    objects: reading => listCandidates(reading, { limit: all }),
  },
  imports: {
    columns: columnsOf(
      'id number 8',
      'at instant 20',
      'actor',
      'file text 30',
      'digest text 66',
      'format text 10',
      'state text 10',
      'read number 10',
      'stored number 10',
      'rejectedCount number 13',
      'about.arguments text 60',
    ),
    objects: listImports,
  },
  scans: {
    columns: columnsOf(
      'scan.id number 8',
      'scan.status text 10',
      'scan.startedAt instant 20',
      'scan.finishedAt instant 20',
      'scan.reason',
      'coverage.targets number 10',
      'coverage.answered number 10',
      'coverage.refused number 10',
      'coverage.silent number 10',
      'coverage.unreachable number 11',
      'coverage.failed number 10',
      'coverage.notReached number 10',
      'coverage.excluded number 10',
      'instances.seen number 10',
      'instances.new number 10',
      'instances.changed number 10',
      'instances.missing number 10',
      'requests.total number 10',
    ),
    objects: reading => listScans(reading, all),
  },
  rules: {
    columns: columnsOf('key text 28', 'pack', 'edition', 'severity text 10', 'enabled text 9'),
    objects: listRules,
  },
  audit: {
    columns: columnsOf(
      'id number 8',
      'at instant 20',
      'actor',
      'account',
      'command text 24',
      'outcome text 10',
      'input text 60',
      'result text 60',
      'changes text 60',
      'hash text 66',
    ),
    objects: auditIn,
  },
}
