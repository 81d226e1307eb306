import type { Ownership } from '#shared/domain/ownership.ts'
import { instancesByIds } from '../store/instances.ts'
import { judgedOwnerships } from '../store/judging.ts'
import type { ReadableStore, WritableStore } from '../store/statement.ts'
import * as triage from '../store/triage.ts'
import { type OwnershipBasis, ownershipsOf, placesOf } from './ownership.ts'

/** A row of the queue as it should be; `ownership` null: the instance is another one by now, or gone into it. */
export interface TriageResult {
  readonly instance: number
  readonly firstSeenAt: number
  readonly ownership: Ownership | null
}

/** Works out who answers for instances, or might: proposals included. Reads only. */
export function triageInstances(
  store: ReadableStore,
  basis: OwnershipBasis,
  numbers: readonly number[],
): TriageResult[] {
  const ids = JSON.stringify(numbers)
  const stated = Map.groupBy(judgedOwnerships(store, { ids }), each => each.instance_id)
  const places = placesOf(store, ids)
  const near = { ...basis, stated, places, neighbours: basis.neighbours ?? new Map() }
  const records = new Map(instancesByIds(store, { ids }).map(record => [record.id, record]))
  return numbers.map(instance => {
    const record = records.get(instance)
    if (record === undefined || record.merged_into !== null)
      return { instance, firstSeenAt: 0, ownership: null }
    const ownership = ownershipsOf(store, record, near).find(({ duty }) => duty === 'technical') ?? null
    return { instance, firstSeenAt: record.first_seen_at, ownership }
  })
}

/** Writes rows of the queue, where they are not so already. */
export function keepTriage(store: WritableStore, results: readonly TriageResult[]): void {
  const ids = JSON.stringify(results.map(({ instance }) => instance))
  const known = new Map(triage.triageRowsAmong(store, { ids }).map(row => [row.instance_id, row]))
  const gone = results.filter(({ ownership }) => ownership === null)
  const dropped = gone.filter(({ instance }) => triage.dropTriageRow(store, { instance }).count > 0)
  const changed = results.flatMap(result => rowOf(result, known.get(result.instance)) ?? [])
  triage.keepTriageRows(store, changed)
  if (dropped.length + changed.length > 0) triage.raiseTriageVersion(store, {})
  triage.clearStaleTriage(store, { ids })
}

/** The row as it should be; null: it is so already, or there is none. */
function rowOf(
  { instance, firstSeenAt, ownership }: TriageResult,
  known: triage.TriageRecord | undefined,
): triage.TriageRow | null {
  if (ownership === null) return null
  const row = {
    instance,
    firstSeenAt,
    state: ownership.state,
    origin: ownership.origin,
    owner: ownership.ownerId,
    confidence: ownership.confidence,
    reasons: JSON.stringify(ownership.reasons),
    note: ownership.note,
    dueOn: ownership.dueOn,
    sinceAt: ownership.sinceAt === null ? null : Date.parse(ownership.sinceAt),
  }
  return known !== undefined && isSame(known, row) ? null : row
}

function isSame(known: triage.TriageRecord, row: triage.TriageRow): boolean {
  return (
    known.first_seen_at === row.firstSeenAt &&
    known.state === row.state &&
    known.origin === row.origin &&
    known.owner_id === row.owner &&
    known.confidence === row.confidence &&
    known.reasons === row.reasons &&
    known.note === row.note &&
    known.due_on === row.dueOn &&
    known.since_at === row.sinceAt
  )
}
