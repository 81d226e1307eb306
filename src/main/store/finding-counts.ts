import { severities } from '#shared/domain/exposure.ts'
import { findingStatuses } from '#shared/domain/finding.ts'
import type { FindingColumns } from './finding-columns.ts'
import { dataVersion } from './inventory-rows.ts'
import { textsOfTerms } from './query-terms.ts'
import { siteNames } from './sites.ts'
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
  return {
    severity: named(severities, tally(columns.severity, mask, severities.length)),
    status: named(findingStatuses, tally(columns.status, mask, findingStatuses.length)),
    rule: named(columns.rules.texts, tally(columns.rule, mask, columns.rules.texts.length)),
    ...countPlaces(store, columns, mask),
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

function perInstance({ instance, count }: FindingColumns, mask: Uint8Array, size: number): Uint32Array {
  const counts = new Uint32Array(size)
  for (let at = 0; at < count; at++) {
    const id = instance[at] ?? 0
    counts[id] = (counts[id] ?? 0) + (mask[at] ?? 0)
  }
  return counts
}

/** Where instances are and whom they belong to, by their numbers; owner 0: nobody. */
interface Places {
  readonly version: number
  readonly instances: Uint32Array
  readonly sites: Uint32Array
  readonly owners: Uint32Array
  readonly mostInstance: number
}

const kept = new WeakMap<object, Places>()

/** Read anew only when a row is another: they are read in full, and facets are asked for again and again. */
function placesOf(store: ReadableStore): Places {
  const version = dataVersion(store)
  const known = kept.get(store.connection)
  if (known?.version === version) return known
  const rows = composeTuples<[number, number, number | null]>(
    store,
    builder.selectFrom('inventory_rows').select(['instance_id', 'site_id', 'owner_id']),
  )
  const column = (at: 0 | 1 | 2) => Uint32Array.from(rows, row => row[at] ?? 0)
  const instances = column(0)
  const places = {
    version,
    instances,
    sites: column(1),
    owners: column(2),
    mostInstance: instances.reduce((most, id) => Math.max(most, id), 0),
  }
  kept.set(store.connection, places)
  return places
}

function countPlaces(
  store: ReadableStore,
  columns: FindingColumns,
  mask: Uint8Array,
): Pick<FindingCounts, 'owner' | 'site'> {
  const { instances, sites, owners, mostInstance } = placesOf(store)
  // What is beyond the last row, nobody asks for.
  const ofInstance = perInstance(columns, mask, mostInstance + 1)
  const byOwner = new Map<number, number>()
  const bySite = new Map<number, number>()
  for (let index = 0; index < instances.length; index++) {
    const count = ofInstance[instances[index] ?? 0] ?? 0
    if (count === 0) continue
    const [owner, site] = [owners[index] ?? 0, sites[index] ?? 0]
    byOwner.set(owner, (byOwner.get(owner) ?? 0) + count)
    bySite.set(site, (bySite.get(site) ?? 0) + count)
  }
  const owner = new Map<string | null, number>()
  const unowned = byOwner.get(0)
  if (unowned !== undefined) owner.set(null, unowned)
  const ids = JSON.stringify([...byOwner.keys()].filter(id => id !== 0))
  for (const { id, text } of textsOfTerms(store, { ids })) owner.set(text, byOwner.get(id) ?? 0)
  const site = new Map(
    siteNames(store, {}).flatMap(({ id, name }) => {
      const count = bySite.get(id)
      return count === undefined ? [] : [[name, count] as const]
    }),
  )
  return { owner, site }
}
