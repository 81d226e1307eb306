import { severities } from '#shared/domain/exposure.ts'
import { findingStatuses } from '#shared/domain/finding.ts'
import type { FindingColumns } from './finding-columns.ts'
import { textsOfTerms } from './query-terms.ts'
import { listSites } from './sites.ts'
import { builder, composeTuples, type ReadableStore } from './statement.ts'

/** How many findings have each value of a field; null: there is none. */
export interface FindingCounts {
  readonly severity: ReadonlyMap<string, number>
  readonly status: ReadonlyMap<string, number>
  readonly rule: ReadonlyMap<string, number>
  readonly site: ReadonlyMap<string, number>
  readonly owner: ReadonlyMap<string | null, number>
}

export function countFindings(
  store: ReadableStore,
  columns: FindingColumns,
  mask: Uint8Array,
): FindingCounts {
  const ofInstance = perInstance(columns, mask)
  return {
    severity: named(severities, tally(columns.severity, mask, severities.length)),
    status: named(findingStatuses, tally(columns.status, mask, findingStatuses.length)),
    rule: named(columns.rules.texts, tally(columns.rule, mask, columns.rules.texts.length)),
    ...countPlaces(store, ofInstance),
  }
}

function tally(column: Uint8Array | Uint16Array, mask: Uint8Array, size: number): Uint32Array {
  const counts = new Uint32Array(Math.max(size, 256))
  for (let at = 0; at < mask.length; at++) {
    const code = column[at] ?? 0
    counts[code] = (counts[code] ?? 0) + (mask[at] ?? 0)
  }
  return counts
}

function named(words: readonly string[], counts: Uint32Array): Map<string, number> {
  return new Map(
    words.map((word, code) => [word, counts[code] ?? 0] as const).filter(([, count]) => count > 0),
  )
}

function perInstance({ instance, count }: FindingColumns, mask: Uint8Array): Uint32Array {
  let most = 0
  for (let at = 0; at < count; at++) most = Math.max(most, instance[at] ?? 0)
  const counts = new Uint32Array(most + 1)
  for (let at = 0; at < count; at++) {
    const id = instance[at] ?? 0
    counts[id] = (counts[id] ?? 0) + (mask[at] ?? 0)
  }
  return counts
}

function countPlaces(store: ReadableStore, ofInstance: Uint32Array): Pick<FindingCounts, 'owner' | 'site'> {
  const byOwner = new Map<number | null, number>()
  const bySite = new Map<number, number>()
  const places = composeTuples<[number, number, number | null]>(
    store,
    builder.selectFrom('inventory_rows').select(['instance_id', 'site_id', 'owner_id']),
  )
  for (let index = 0; index < places.length; index++) {
    const [instance = 0, site = 0, owner = null] = places[index] ?? []
    const count = ofInstance[instance] ?? 0
    if (count === 0) continue
    byOwner.set(owner, (byOwner.get(owner) ?? 0) + count)
    bySite.set(site, (bySite.get(site) ?? 0) + count)
  }
  const owner = new Map<string | null, number>()
  const unowned = byOwner.get(null)
  if (unowned !== undefined) owner.set(null, unowned)
  const ids = JSON.stringify([...byOwner.keys()].filter(id => id !== null))
  for (const { id, text } of textsOfTerms(store, { ids })) owner.set(text, byOwner.get(id) ?? 0)
  const site = new Map(
    listSites(store, {}).flatMap(({ id, name }) => {
      const count = bySite.get(id)
      return count === undefined ? [] : [[name, count] as const]
    }),
  )
  return { owner, site }
}
