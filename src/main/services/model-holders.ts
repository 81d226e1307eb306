import type { Presence } from '#shared/domain/exposure.ts'
import type { Holder } from '#shared/domain/held-model.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'
import type { InstanceId } from '#shared/ids.ts'
import type { Condition } from '#shared/query/condition.ts'
import { type DigestSets, digestSets, setsHolding } from '../store/digest-sets.ts'
import type { HolderRecord } from '../store/held-models.ts'
import { markedIds, type UnnamedRecord, unnamedHeld } from '../store/held-rows.ts'
import { dataVersion } from '../store/inventory-rows.ts'
import type { QueryContext } from '../store/query-where.ts'
import type { ReadableStore } from '../store/statement.ts'
import { keyOf } from './model-catalogue.ts'

/** How many rows hold each of the lists of digests: what is counted of models is counted from these. */
export interface HeldLists {
  readonly known: DigestSets
  /** By the number of the list. */
  readonly rows: Uint32Array
  /** Lists entries of models without a digest, row by row. */
  readonly unnamed: readonly UnnamedRecord[]
}

export function emptyLists(store: ReadableStore): { known: DigestSets; rows: Uint32Array } {
  const known = digestSets(store)
  return { known, rows: new Uint32Array(known.setLimit) }
}

/** Rows whose list holds something without a digest are looked at one by one; where there are none, no row is. */
export function unnamedOf(
  context: QueryContext,
  condition: Condition,
  { known, rows }: { readonly known: DigestSets; readonly rows: Uint32Array },
): readonly UnnamedRecord[] {
  const marks = known.unnamed
  if (!rows.some((count, set) => count > 0 && marks[set] === 1)) return []
  const all = unnamedRows(context.store, marks)
  return markedIds(context, condition, marks).flatMap(id => all.get(id) ?? [])
}

type UnnamedRows = ReadonlyMap<number, readonly UnnamedRecord[]>
const kept = new WeakMap<object, { readonly version: number; readonly rows: UnnamedRows }>()

/** Of all rows, by instance; read again when a row has changed. */
function unnamedRows(store: ReadableStore, marks: Uint8Array): UnnamedRows {
  const version = dataVersion(store)
  const before = kept.get(store.connection)
  if (before?.version === version) return before.rows
  const rows = Map.groupBy(unnamedHeld(store, marks), each => each.instance_id)
  kept.set(store.connection, { version, rows })
  return rows
}

/** How many rows hold each model, by its key. */
export function countByModel({ known, rows, unnamed }: HeldLists): Map<string, number> {
  const counts = countByTerm(known, rows)
  const byModel = new Map<string, number>()
  for (const [term, digest] of known.digests) {
    const count = counts[term] ?? 0
    if (count > 0 && digest !== '') byModel.set(digest, count)
  }
  for (const { name } of unnamed) {
    const key = keyOf({ digest: null, name })
    byModel.set(key, (byModel.get(key) ?? 0) + 1)
  }
  return byModel
}

function countByTerm({ starts, terms, termLimit }: DigestSets, rows: Uint32Array): Uint32Array {
  const counts = new Uint32Array(termLimit)
  for (let set = 0; set < rows.length; set++) {
    const count = rows[set] ?? 0
    const end = count === 0 ? 0 : (starts[set + 1] ?? 0)
    for (let at = starts[set] ?? 0; at < end; at++) {
      const term = terms[at] ?? 0
      counts[term] = (counts[term] ?? 0) + count
    }
  }
  return counts
}

/** How many rows hold at least one of some models. */
export function countHolding(lists: HeldLists, wanted: ReadonlySet<string>): number {
  const { known, rows, unnamed } = lists
  const holds = setsHolding(known, wanted)
  let count = 0
  for (let set = 0; set < rows.length; set++) if (holds[set] === 1) count += rows[set] ?? 0
  const further = new Set<number>()
  for (const { instance_id, digest_set, name } of unnamed) {
    const isCounted = digest_set !== null && holds[digest_set] === 1
    if (!isCounted && wanted.has(keyOf({ digest: null, name }))) further.add(instance_id)
  }
  return count + further.size
}

export function holderOf(record: HolderRecord): Holder {
  return {
    instance: record.id as InstanceId,
    site: record.site,
    address: record.address,
    port: record.port,
    product: record.product as Product,
    suspected: record.suspected as Suspected,
    version: record.version,
    presence: record.presence as Presence,
    lastSeenAt: isoInstant(record.last_seen_at),
  }
}
