import type { Severity } from '#shared/domain/exposure.ts'
import {
  afterFindingStep,
  type Evidence,
  type Finding,
  type FindingDetail,
  type FindingReason,
  type FindingStatus,
  type FindingStep,
} from '#shared/domain/finding.ts'
import type { FindingsMove, FindingsMoved } from '#shared/domain/finding-list.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { FindingId, InstanceId, ScanId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { days } from '../governance/facts.ts'
import { ageFact } from '../governance/next-turn.ts'
import * as store from '../store/findings.ts'
import { instanceById } from '../store/instances.ts'
import { scanById } from '../store/scans.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading, Transaction } from './context.ts'
import {
  leadingOwner,
  type OwnershipBasis,
  ownershipBasis,
  ownershipBasisOf,
  ownershipsOf,
} from './ownership.ts'

/** Findings in the machine interface's shape, in the order of their ids; what is not there any more is left out. */
export function readFindings(
  readable: ReadableStore,
  ids: readonly number[],
): (Finding & { site: string })[] {
  const records = store.listedFindings(readable, { ids: JSON.stringify(ids) })
  const known = new Map(records.map(record => [record.id, record]))
  const instances = [...new Set(records.map(record => record.instance_id))]
  const owners = ownerReader(readable, ownershipBasisOf(readable, JSON.stringify(instances)))
  return ids.flatMap(id => {
    const record = known.get(id)
    return record === undefined ? [] : [{ ...findingOf(record, owners), site: record.site }]
  })
}

export function showFinding({ store: readable }: Pick<Reading, 'store'>, id: number): Result<FindingDetail> {
  const record = store.listedFindingById(readable, { id })
  if (record === undefined) return fail('finding-unknown', { finding: id })
  return succeed({
    ...findingOf(record, ownerReader(readable, ownershipBasis(readable, false))),
    site: record.site,
    events: store.eventsOfFinding(readable, { finding: id }).map(event => ({
      at: isoInstant(event.at),
      status: event.status as FindingStatus,
      reason: event.reason as FindingReason,
      actor: event.actor,
    })),
  })
}

/** Who answers for an instance; each is looked up once, however many findings it has. */
function ownerReader(
  readable: ReadableStore,
  basis: OwnershipBasis,
): (instance: store.ListedFinding) => string | null {
  const known = new Map<number, string | null>()
  return ({ instance_id: id, site, site_id, address }) => {
    const found = known.get(id)
    if (found !== undefined) return found
    const owner = leadingOwner(ownershipsOf(readable, { id, site, site_id, address }, basis))
    known.set(id, owner)
    return owner
  }
}

function findingOf(
  record: store.ListedFinding,
  ownerOf: (record: store.ListedFinding) => string | null,
): Finding {
  const at = (instant: number) => isoInstant(instant)
  return {
    id: record.id as FindingId,
    instanceId: record.instance_id as InstanceId,
    address: record.address,
    port: record.port,
    rule: record.rule,
    subject: subjectOf(record),
    severity: record.severity as Severity,
    status: record.status as FindingStatus,
    reason: record.reason as FindingReason,
    openedAt: at(record.opened_at),
    statusAt: at(record.status_at),
    dueAt: record.due_at === null ? null : at(record.due_at),
    owner: ownerOf(record),
    evidence: {
      scan: record.evidence_scan as ScanId | null,
      observedAt: at(record.evidence_at ?? record.opened_at),
      observations: JSON.parse(record.observations) as Evidence['observations'],
      facts: factsOf(record),
    },
  }
}

/** How old the instance was when it was last seen so, or when its finding moved. */
function factsOf(record: store.ListedFinding): Evidence['facts'] {
  const facts = JSON.parse(record.facts ?? '{}') as Record<string, unknown>
  if (!(ageFact in facts)) return facts
  const seenAt = Math.max(record.evidence_at ?? record.opened_at, record.status_at)
  return { ...facts, [ageFact]: days(record.first_seen_at, seenAt) }
}

export function subjectOf({ part, label }: { readonly part: string; readonly label: string }): string {
  if (part === '') return 'instance'
  return label === '' || label === part ? part : `${label} (${part.slice(0, 19)})`
}

/** What a person does with a finding. What the table of transitions does not know is refused. */
export function moveFinding(
  transaction: Transaction,
  { id, step }: { readonly id: number; readonly step: FindingStep },
): Result<FindingDetail> {
  const record = store.findingById(transaction.store, { id })
  if (record === undefined) return fail('finding-unknown', { finding: id })
  const status = afterFindingStep(record.status as FindingStatus, step)
  if (status === null) return fail('finding-step', { finding: id, status: record.status, step })
  setStatus(transaction, record, status, 'person')
  return showFinding(transaction, id)
}

/** The same step for many, unless one of them has moved since somebody looked. */
export function moveFindings(
  transaction: Transaction,
  { ids, step, seenAt }: FindingsMove,
): Result<FindingsMoved> {
  const { store: writable } = transaction
  const list = JSON.stringify(ids)
  const since = store.movedSince(writable, { ids: list, at: Date.parse(seenAt) })?.count ?? 0
  if (since > 0) return fail('findings-changed', { count: since })
  let moved = 0
  for (const id of ids) {
    const record = store.findingById(writable, { id })
    const status = record === undefined ? null : afterFindingStep(record.status as FindingStatus, step)
    if (record === undefined || status === null) continue
    setStatus(transaction, record, status, 'person')
    moved++
  }
  return succeed({ moved, refused: ids.length - moved })
}

function setStatus(
  { store: writable, now, actor, changed }: Transaction,
  record: store.FindingRecord,
  status: FindingStatus,
  reason: FindingReason,
): void {
  store.moveFinding(writable, { id: record.id, status, reason, at: now })
  store.addFindingEvent(writable, { finding: record.id, at: now, status, reason, actor })
  changed(`finding ${record.id}`, { status: record.status }, { status })
}

/**
 * A person's word that an instance was removed, after a scan made for it did not find it: with both, no week of further
 * scans is needed.
 */
export function confirmRemoved(
  transaction: Transaction,
  { id, scan }: { readonly id: number; readonly scan: number },
): Result<FindingDetail> {
  const { store: writable } = transaction
  const record = store.findingById(writable, { id })
  if (record === undefined) return fail('finding-unknown', { finding: id })
  const looked = scanById(writable, { id: scan })
  const instance = instanceById(writable, { id: record.instance_id })
  const spells = store.spellsNow(writable, { instance: record.instance_id })
  const isAway =
    spells.length > 0 && spells.every(spell => spell.outcome !== 'answered' && spell.last_scan_id === scan)
  const isLater = looked?.status === 'finished' && looked.started_at >= record.opened_at
  if (!isAway || !isLater || instance === undefined) {
    return fail('finding-not-removed', {
      finding: id,
      address: `${instance?.address ?? ''}:${instance?.port ?? ''}`,
    })
  }
  if (['resolved', 'withdrawn', 'merged', 'retired'].includes(record.status))
    return showFinding(transaction, id)
  setStatus(transaction, record, 'resolved', 'removed')
  return showFinding(transaction, id)
}
