import type { Presence } from '#shared/domain/exposure.ts'
import type { Holder } from '#shared/domain/held-model.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'
import type { InstanceId } from '#shared/ids.ts'
import type { Condition } from '#shared/query/condition.ts'
import { type DigestSets, digestSets, holdsOne } from '../store/digest-sets.ts'
import type { HolderRecord } from '../store/held-models.ts'
import { markedIds, type UnnamedRecord, unnamedHeld } from '../store/held-rows.ts'
import { dataVersion } from '../store/inventory-rows.ts'
import type { QueryContext } from '../store/query-where.ts'
import type { ReadableStore } from '../store/statement.ts'
import { type Catalogued, keyOf } from './model-catalogue.ts'

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
  if (!areAnyMarked(rows, marks)) return []
  const all = unnamedRows(context.store, marks)
  return markedIds(context, condition, marks).flatMap(id => all.get(id) ?? [])
}

function areAnyMarked(rows: Uint32Array, marks: Uint8Array): boolean {
  for (let set = 0; set < rows.length; set++) if (marks[set] === 1 && rows[set] !== 0) return true
  return false
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

type Catalogue = ReadonlyMap<string, Catalogued>
const termsKept = new WeakMap<DigestSets, { readonly catalogue: Catalogue; readonly terms: Uint32Array }>()

/** The numbers of the digests of a catalogue's models, in its order. 0: it has none. */
function termsOf(known: DigestSets, catalogue: Catalogue): Uint32Array {
  const before = termsKept.get(known)
  if (before?.catalogue === catalogue) return before.terms
  const termOf = new Map([...known.digests].map(([term, digest]) => [digest, term]))
  // What is not known is no digest.
  termOf.delete('')
  const terms = Uint32Array.from(catalogue.values(), ({ digest }) =>
    digest === null ? 0 : (termOf.get(digest) ?? 0),
  )
  termsKept.set(known, { catalogue, terms })
  return terms
}

/** A model, how many rows hold it, and the number of its digest; 0: it has none. */
export interface HeldCount {
  readonly model: Catalogued
  readonly instances: number
  readonly term: number
}

/** How many rows hold each model that any holds, in the order of the catalogue. */
export function countHeld({ known, rows, unnamed }: HeldLists, catalogue: Catalogue): HeldCount[] {
  const counts = countByTerm(known, rows)
  const byName = Map.groupBy(unnamed, keyOfUnnamed)
  const terms = termsOf(known, catalogue)
  const held: HeldCount[] = []
  let index = 0
  for (const model of catalogue.values()) {
    const term = terms[index++] ?? 0
    const instances = term === 0 ? (byName.get(model.key)?.length ?? 0) : (counts[term] ?? 0)
    if (instances > 0) held.push({ model, instances, term })
  }
  return held
}

/** How many rows hold at least one of some models. */
export function countHolding({ known, rows, unnamed }: HeldLists, wanted: readonly HeldCount[]): number {
  const isWanted = new Uint8Array(known.termLimit)
  for (const { term } of wanted) isWanted[term] = 1
  // No digest has this number.
  isWanted[0] = 0
  let count = 0
  for (let set = 0; set < rows.length; set++) {
    const here = rows[set] ?? 0
    if (here !== 0 && holdsOne(known, set, isWanted)) count += here
  }
  const names = new Set(wanted.flatMap(({ model, term }) => (term === 0 ? [model.key] : [])))
  const further = new Set<number>()
  for (const record of unnamed) {
    const isCounted = record.digest_set !== null && holdsOne(known, record.digest_set, isWanted)
    if (!isCounted && names.has(keyOfUnnamed(record))) further.add(record.instance_id)
  }
  return count + further.size
}

function keyOfUnnamed({ name }: UnnamedRecord): string {
  return keyOf({ digest: null, name })
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
