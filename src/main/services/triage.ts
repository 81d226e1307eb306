import { severities } from '#shared/domain/exposure.ts'
import { dateOf, isoInstant } from '#shared/domain/instant.ts'
import type { HostName } from '#shared/domain/observation.ts'
import type { Duty } from '#shared/domain/owner.ts'
import type { BulkResult, Ownership, OwnershipOrigin, OwnershipState } from '#shared/domain/ownership.ts'
import type { Zone } from '#shared/domain/range.ts'
import type {
  OwnershipEvent,
  TriageBulk,
  TriageFilter,
  TriagePage,
  TriageRequest,
  TriageRow,
  TriageSummary,
} from '#shared/domain/triage.ts'
import type { InstanceId, OwnerId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { instancesByIds } from '../store/instances.ts'
import { consistently, type ReadableStore } from '../store/statement.ts'
import * as triage from '../store/triage.ts'
import type { AdvisoryShelf } from './advisory-shelf.ts'
import { assign, moveOwnership } from './assign.ts'
import type { Reading, Transaction } from './context.ts'
import { findInstance } from './find-instance.ts'
import { queryContext } from './query-context.ts'
import { readQuery } from './read-query.ts'
import { listRules } from './rules-in-force.ts'

const dayMs = 86_400_000

/** The rule that says how long nobody may answer for an instance: its parameter is the organisation's word on it. */
const unownedRule = 'unowned'

/** After so many days without an owner an instance is escalated; null: nothing says so. */
export function escalateAfterDays(store: ReadableStore): number | null {
  const days = listRules({ store }).find(({ key }) => key === unownedRule)?.params['days']
  return typeof days === 'number' ? days : null
}

type Clocked = Pick<Reading, 'store' | 'advisories'> & { readonly now: number }

function readFilter(reading: Clocked, filter: TriageFilter): Result<triage.TriageQuery> {
  const { store, now } = reading
  const condition = filter.query.trim() === '' ? null : readQuery(filter.query)
  if (condition !== null && !condition.ok) return condition
  const days = filter.only === 'escalated' ? (escalateAfterDays(store) ?? Number.POSITIVE_INFINITY) : null
  return succeed({
    states: filter.states,
    owner: filter.owner,
    condition: condition === null ? null : { of: condition.value, context: queryContext(reading, now) },
    unownedBefore: days === null ? null : Number.isFinite(days) ? now - days * dayMs : -1,
    dueBefore: filter.only === 'overdue' ? dateOf(now) : null,
  })
}

/** One page of the queue, with how many there are in all and the version of the queue. */
export function triagePage(reading: Reading, request: TriageRequest): Result<TriagePage> {
  const { store, advisories } = reading
  const clocked = { store, advisories, now: reading.now() }
  const query = readFilter(clocked, request)
  if (!query.ok) return query
  return succeed(
    consistently(store, () => ({
      version: triage.triageVersion(store),
      total: triage.countTriage(store, query.value),
      rows: rowsOf(clocked, triage.triageIds(store, query.value, request.sort, request)),
    })),
  )
}

/** How many stand where, of everything or of what a filter finds. */
export function summariseTriage(reading: Reading, filter: TriageFilter): Result<TriageSummary> {
  const { store, advisories } = reading
  const clocked = { store, advisories, now: reading.now() }
  const all = readFilter(clocked, { ...filter, states: [], only: null })
  if (!all.ok) return all
  const count = (only: 'escalated' | 'overdue') => {
    const query = readFilter(clocked, { ...filter, states: [], only })
    return query.ok ? triage.countTriage(store, query.value) : 0
  }
  return succeed(
    consistently(store, () => ({
      version: triage.triageVersion(store),
      counts: { ...noneYet, ...countsOf(triage.triageCounts(store, all.value)) },
      escalated: count('escalated'),
      overdue: count('overdue'),
      escalateAfterDays: escalateAfterDays(store),
      pending: triage.countStaleTriage(store, {})?.count ?? 0,
    })),
  )
}

const noneYet: Readonly<Record<OwnershipState, number>> = {
  unowned: 0,
  proposed: 0,
  assigned: 0,
  acknowledged: 0,
  disputed: 0,
}

function countsOf(found: readonly { readonly state: string; readonly count: number }[]) {
  return Object.fromEntries(found.map(({ state, count }) => [state, count]))
}

/** The whole queue, or one state of it: the oldest first. */
export function listTriage(
  reading: Reading,
  { state, limit }: { readonly state?: OwnershipState | undefined; readonly limit: number },
): TriageRow[] {
  const { store, advisories } = reading
  const clocked = { store, advisories, now: reading.now() }
  const states = state === undefined ? [] : [state]
  const query = { states, owner: null, condition: null, unownedBefore: null, dueBefore: null }
  return consistently(store, () => {
    const ids = triage.triageIds(store, query, 'age', { start: 0, limit })
    const rows: TriageRow[] = []
    for (let at = 0; at < ids.length; at += atOnce) rows.push(...rowsOf(clocked, ids.slice(at, at + atOnce)))
    return rows
  })
}

const atOnce = 500

function rowsOf(reading: Clocked, numbers: readonly number[]): TriageRow[] {
  const ids = JSON.stringify(numbers)
  const kept = new Map(triage.triageRowsAmong(reading.store, { ids }).map(row => [row.instance_id, row]))
  const names = Map.groupBy(triage.hostNamesAmong(reading.store, { ids }), each => each.instance_id)
  const records = new Map(instancesByIds(reading.store, { ids }).map(record => [record.id, record]))
  const days = escalateAfterDays(reading.store)
  return numbers.flatMap(id => {
    const [row, record] = [kept.get(id), records.get(id)]
    if (row === undefined || record === undefined) return []
    const hosts = (names.get(id) ?? []).flatMap(each => JSON.parse(each.host_names) as HostName[])
    const ownership = ownershipOfRow(row)
    const ageDays = Math.max(0, Math.floor((reading.now - record.first_seen_at) / dayMs))
    return [
      {
        instance: record.id as InstanceId,
        site: record.site,
        zone: record.zone as Zone,
        address: record.address,
        port: record.port,
        product: record.product,
        hostnames: [...new Set(hosts.map(({ name }) => name))],
        severity: severities[record.severity_rank] ?? 'none',
        firstSeenAt: isoInstant(record.first_seen_at),
        ageDays,
        isEscalated: !ownership.isOwned && days !== null && ageDays >= days,
        isOverdue: ownership.state === 'assigned' && (ownership.dueOn ?? '9999') < dateOf(reading.now),
        ownership,
      },
    ]
  })
}

function ownershipOfRow(row: triage.TriageRecord): Ownership {
  return {
    duty: 'technical',
    state: row.state as OwnershipState,
    origin: row.origin as OwnershipOrigin,
    isOwned: row.state === 'assigned' || row.state === 'acknowledged',
    ownerId: row.owner_id as OwnerId | null,
    owner: row.owner,
    reasons: JSON.parse(row.reasons),
    confidence: row.confidence,
    note: row.note,
    dueOn: row.due_on,
    sinceAt: row.since_at === null ? null : isoInstant(row.since_at),
  }
}

/** A step for everything a filter finds, if that is still what the person saw. One entry in the audit, a line for each. */
export function bulkTriage(
  transaction: Transaction,
  request: TriageBulk,
  advisories: AdvisoryShelf,
): Result<BulkResult> {
  const { store, now } = transaction
  const query = readFilter({ store, advisories, now }, request.filter)
  if (!query.ok) return query
  const ids = triage.triageIds(store, query.value, 'age', null)
  if (triage.triageVersion(store) !== request.version || ids.length !== request.count)
    return fail('list-changed', { seen: request.count, now: ids.length })
  const { step, duty, note, dueOn, owner } = request
  const instances = ids.map(String)
  return step === 'assign'
    ? assign(transaction, { instances, owner, duty, note, dueOn }, advisories)
    : moveOwnership(transaction, { instances, step, duty, note })
}

/** The steps an instance's ownership took, the newest first. */
export function ownershipHistory({ store }: Reading, instance: string): Result<OwnershipEvent[]> {
  const found = findInstance(store, instance)
  if (!found.ok) return found
  return succeed(
    triage.ownershipEventsOf(store, { instance: found.value.id }).map(record => ({
      at: isoInstant(record.at),
      actor: record.actor,
      duty: record.duty as Duty,
      step: record.step as OwnershipEvent['step'],
      state: record.state as OwnershipState,
      owner: record.owner,
      note: record.note,
    })),
  )
}
