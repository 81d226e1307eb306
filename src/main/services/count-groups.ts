import type { DigestSets } from '../store/digest-sets.ts'
import { keyOf } from './model-catalogue.ts'
import type { HeldLists } from './model-holders.ts'

/**
 * How many rows hold at least one model of each of many groups. Each list is looked at once, however many groups there are:
 * licences are some tens, pairs of family and quantization some hundred.
 */
export function countHoldingEach(lists: HeldLists, groups: readonly (readonly string[])[]): number[] {
  const held = groupsOfTerms(lists.known, groups)
  const counts = countSets(lists, held, groups.length)
  const unnamed = onlyUnnamed(lists, held, groups)
  return counts.map((count, group) => count + (unnamed.get(group)?.size ?? 0))
}

interface GroupsOfTerms {
  /** A group of each digest; -1: it is in none. */
  readonly first: Int32Array
  /** The others of those in several. */
  readonly further: ReadonlyMap<number, readonly number[]>
}

function groupsOfTerms(known: DigestSets, groups: readonly (readonly string[])[]): GroupsOfTerms {
  const termOf = new Map([...known.digests].map(([term, digest]) => [digest, term]))
  const first = new Int32Array(known.termLimit).fill(-1)
  const further = new Map<number, number[]>()
  for (const [group, models] of groups.entries()) {
    for (const model of models) {
      const term = termOf.get(model)
      if (term === undefined) continue
      if (first[term] === -1) first[term] = group
      else further.set(term, [...(further.get(term) ?? []), group])
    }
  }
  return { first, further }
}

function countSets(
  { rows, known: { starts, terms } }: HeldLists,
  { first, further }: GroupsOfTerms,
  groups: number,
): number[] {
  const counts = new Array<number>(groups).fill(0)
  const counted = new Int32Array(groups).fill(-1)
  const countIn = (set: number, group: number) => {
    // Several models of a list may be of one group.
    if (group === -1 || counted[group] === set) return
    counted[group] = set
    counts[group] = (counts[group] ?? 0) + (rows[set] ?? 0)
  }
  const countTerm = (set: number, term: number) => {
    countIn(set, first[term] ?? -1)
    if (further.size > 0) for (const group of further.get(term) ?? []) countIn(set, group)
  }
  for (let set = 0; set < rows.length; set++) {
    const end = rows[set] === 0 ? 0 : (starts[set + 1] ?? 0)
    for (let at = starts[set] ?? 0; at < end; at++) countTerm(set, terms[at] ?? 0)
  }
  return counts
}

/** Instances that hold a group only by models without a digest. */
function onlyUnnamed(
  { unnamed, known: { starts, terms } }: HeldLists,
  { first, further }: GroupsOfTerms,
  groups: readonly (readonly string[])[],
): Map<number, Set<number>> {
  const found = new Map<number, Set<number>>()
  if (unnamed.length === 0) return found
  const byModel = Map.groupBy(
    groups.flatMap((models, group) => models.map(model => ({ model, group }))),
    ({ model }) => model,
  )
  for (const { instance_id, digest_set, name } of unnamed) {
    const held = digest_set === null ? [] : [...terms.subarray(starts[digest_set], starts[digest_set + 1])]
    const counted = new Set(held.flatMap(term => [first[term], ...(further.get(term) ?? [])]))
    for (const { group } of byModel.get(keyOf({ digest: null, name })) ?? [])
      if (!counted.has(group)) found.set(group, (found.get(group) ?? new Set()).add(instance_id))
  }
  return found
}
