import { type FindingStatus, findingStatuses } from '#shared/domain/finding.ts'
import {
  type FindingSelection,
  type FindingSelectionRequest,
  mostAtOnce,
} from '#shared/domain/finding-list.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { FindingId, InstanceId } from '#shared/ids.ts'
import { type Result, succeed } from '#shared/result.ts'
import type { FindingColumns } from '../store/finding-columns.ts'
import { type FindingGroups, groupsOf } from '../store/finding-groups.ts'
import type { Reading } from './context.ts'
import { openFindings } from './finding-lists.ts'

/** Which findings a query finds, or the chosen ones of them, to do something with all of them. */
export function selectFindings(
  reading: Reading,
  { query, rows, except, grouped }: FindingSelectionRequest,
): Result<FindingSelection> {
  const at = reading.now()
  const list = openFindings(reading, { query, sort: [], grouped: false })
  if (!list.ok) return list
  const { places, columns } = list.value
  const groups = grouped ? groupsOf(columns) : null
  const wanted = rows === undefined ? null : keysOf(columns, groups, rows)
  const unwanted = keysOf(columns, groups, except)
  const isChosen = (place: number) => {
    const key = keyOf(groups, place)
    return wanted?.has(key) !== false && !unwanted.has(key)
  }
  const isWhole = wanted === null && unwanted.size === 0
  const chosen = isWhole ? places : places.filter(isChosen)
  return succeed({
    total: chosen.length,
    at: isoInstant(at),
    findings: [...chosen.subarray(0, mostAtOnce)].map(place => ({
      id: (columns.id[place] ?? 0) as FindingId,
      instance: (columns.instance[place] ?? 0) as InstanceId,
      status: (findingStatuses[columns.status[place] ?? 0] ?? 'open') as FindingStatus,
    })),
  })
}

/** A row stands for its whole group: where that begins tells which it is. */
function keyOf(groups: FindingGroups | null, place: number): number {
  return groups === null ? place : (groups.start[place] ?? 0)
}

function keysOf(
  columns: FindingColumns,
  groups: FindingGroups | null,
  ids: readonly number[],
): ReadonlySet<number> {
  if (ids.length === 0) return new Set()
  const wanted = new Set(ids)
  const keys = new Set<number>()
  for (let place = 0; place < columns.count; place++) {
    if (wanted.has(columns.id[place] ?? 0)) keys.add(keyOf(groups, place))
  }
  return keys
}
