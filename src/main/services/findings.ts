import type { Severity } from '#shared/domain/exposure.ts'
import {
  afterFindingStep,
  type Evidence,
  type Finding,
  type FindingDetail,
  type FindingReason,
  type FindingRequest,
  type FindingStatus,
  type FindingStep,
  findingStatuses,
} from '#shared/domain/finding.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { FindingId, InstanceId, ScanId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import * as store from '../store/findings.ts'
import { instanceById } from '../store/instances.ts'
import { scanById } from '../store/scans.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading, Transaction } from './context.ts'
import { leadingOwner, type OwnershipBasis, ownershipBasis, ownershipsOf } from './ownership.ts'

/** Findings in the machine interface's shape, the most severe and oldest first. */
export function listFindings({ store: readable }: Reading, { status, limit }: FindingRequest): Finding[] {
  const statuses = JSON.stringify(status ?? findingStatuses)
  const owners = ownerReader(readable)
  return store.listFindings(readable, { statuses, limit }).map(record => findingOf(record, owners))
}

/** Findings by number, behind a number: to go through all of them without holding them. */
export function findingsAfter(
  { store: readable }: Pick<Reading, 'store'>,
  after: number,
  limit: number,
): Finding[] {
  const owners = ownerReader(readable)
  return store.findingsAfter(readable, { after, limit }).map(record => findingOf(record, owners))
}

export function showFinding({ store: readable }: Pick<Reading, 'store'>, id: number): Result<FindingDetail> {
  const record = store.listedFindingById(readable, { id })
  if (record === undefined) return fail('finding-unknown', { finding: id })
  return succeed({
    ...findingOf(record, ownerReader(readable)),
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
function ownerReader(readable: ReadableStore): (instance: store.ListedFinding) => string | null {
  const basis: OwnershipBasis = ownershipBasis(readable, false)
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
  const { observations, facts }: Pick<Evidence, 'observations' | 'facts'> = JSON.parse(record.evidence)
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
      observations,
      facts,
    },
  }
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
