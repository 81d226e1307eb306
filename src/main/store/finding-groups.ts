import type { FindingColumns } from './finding-columns.ts'
import { radixOrder } from './radix.ts'

/** Findings of one rule at one instance, together. */
export interface FindingGroups {
  /** How many findings they were made of. */
  readonly count: number
  /** Places, those of one group after each other. */
  readonly places: Uint32Array
  /** For each place: where its group begins in `places`. */
  readonly start: Uint32Array
}

const known = new WeakMap<FindingColumns, FindingGroups>()

/** New findings make them anew; nothing else changes to which group a finding belongs but a merge, which moves it. */
export function groupsOf(columns: FindingColumns): FindingGroups {
  const found = known.get(columns)
  if (found !== undefined && found.count === columns.count) return found
  const fresh = makeGroups(columns)
  known.set(columns, fresh)
  return fresh
}

function makeGroups({ count, instance, rule }: FindingColumns): FindingGroups {
  const all = Uint32Array.from({ length: count }, (_, at) => at)
  const byRule = radixOrder(all, Uint32Array.from(rule.subarray(0, count)))
  const places = radixOrder(byRule, gathered(instance, byRule))
  const start = new Uint32Array(count)
  let begin = 0
  for (let index = 0; index < count; index++) {
    const [at, before] = [places[index] ?? 0, places[index - 1] ?? 0]
    if (index > 0 && (instance[at] !== instance[before] || rule[at] !== rule[before])) begin = index
    start[at] = begin
  }
  return { count, places, start }
}

function gathered(column: Uint32Array, places: Uint32Array): Uint32Array {
  const values = new Uint32Array(places.length)
  for (let index = 0; index < places.length; index++) values[index] = column[places[index] ?? 0] ?? 0
  return values
}

/** Of a list in order: the first finding of each group, and how many of the list the group has. */
export function foldGroups(
  { start }: FindingGroups,
  places: Uint32Array,
): { readonly leaders: Uint32Array; readonly counts: Uint32Array } {
  const counts = new Uint32Array(start.length)
  const leaders = new Uint32Array(places.length)
  let next = 0
  for (let index = 0; index < places.length; index++) {
    const at = places[index] ?? 0
    const group = start[at] ?? 0
    const soFar = counts[group] ?? 0
    if (soFar === 0) leaders[next++] = at
    counts[group] = soFar + 1
  }
  return { leaders: leaders.slice(0, next), counts }
}

/** The members of a finding's group that a list holds. */
export function membersOf(groups: FindingGroups, mask: Uint8Array, at: number, most: number): number[] {
  const { places, start } = groups
  const begin = start[at] ?? 0
  const members: number[] = []
  for (let index = begin; index < places.length && members.length < most; index++) {
    const place = places[index] ?? 0
    if (start[place] !== begin) break
    if (mask[place] === 1) members.push(place)
  }
  return members
}
