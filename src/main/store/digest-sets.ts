import { sql } from 'kysely'
import { everySoOften } from './giving-up.ts'
import { charactersOf, numbered, PackedNumbers } from './packed-numbers.ts'
import { builder, type ReadableStore, row, rows } from './statement.ts'

/** Which lists of `inventory_rows.digest_set` hold which digest, list by list. */
export interface DigestSets {
  /** By the number of the list, where its digests begin; those of the next end them. */
  readonly starts: Uint32Array
  readonly terms: Uint32Array
  /** 1 for each list that holds something without a digest. */
  readonly unnamed: Uint8Array
  /** Digests by their number; '': unknown. */
  readonly digests: ReadonlyMap<number, string>
  /** Above all numbers of lists and of names. */
  readonly setLimit: number
  readonly termLimit: number
}

interface Kept extends DigestSets {
  readonly newest: { readonly id: number; readonly digest: Uint8Array } | undefined
}

const kept = new WeakMap<object, Kept>()

/**
 * Lists are never changed, only added: what was read before is kept, and what has come is read. At 175,108 instances there
 * are half a million pairs; a blast radius runs over all of them, in some milliseconds, where SQLite takes a second to join.
 */
export function digestSets(store: ReadableStore): DigestSets {
  const before = kept.get(store.connection)
  const newest = newestSet(store, {})
  if (before !== undefined && isSame(before.newest, newest)) return before
  const since = before?.newest === undefined ? undefined : setById(store, { id: before.newest.id })
  // Built anew, all numbers may mean something else.
  const base = isSame(before?.newest, since) && since !== undefined ? before : undefined
  const terms = termsOfDigests(store, {})
  const termLimit = terms.reduce((most, { id }) => Math.max(most, id), 0) + 1
  const setLimit = (newest?.id ?? 0) + 1
  const listed = listedAfter(store, base, { set: newest?.id ?? 0, term: termLimit })
  const digests = new Map(terms.map(({ id, text }) => [id, text]))
  const isUnnamed = new Uint8Array(termLimit)
  for (const [term, digest] of digests) if (digest === '') isUnnamed[term] = 1
  const unnamed = new Uint8Array(setLimit)
  for (let set = 0; set < setLimit; set++) if (holdsOne(listed, set, isUnnamed)) unnamed[set] = 1
  const now: Kept = { ...listed, digests, setLimit, termLimit, unnamed, newest }
  kept.set(store.connection, now)
  return now
}

type Lists = Pick<DigestSets, 'starts' | 'terms'>

/** Whether a list holds one of the digests that are marked by their numbers. */
export function holdsOne({ starts, terms }: Lists, set: number, isMarked: Uint8Array): boolean {
  const end = starts[set + 1] ?? 0
  for (let at = starts[set] ?? 0; at < end; at++) if (isMarked[terms[at] ?? 0] === 1) return true
  return false
}

function isSame(a: Kept['newest'], b: Kept['newest']): boolean {
  return a?.id === b?.id && (a === undefined || b === undefined || Buffer.compare(a.digest, b.digest) === 0)
}

/** What is known, and the lists that came after it. */
function listedAfter(
  store: ReadableStore,
  before: Kept | undefined,
  largest: { readonly set: number; readonly term: number },
): Lists {
  const columns = [
    { value: sql`pair.set_id`, largest: largest.set },
    { value: sql`pair.term_id`, largest: largest.term },
  ]
  const rows = new PackedNumbers(store, columns, values =>
    builder
      .selectFrom('query_terms as term')
      .crossJoin('query_set_terms as pair')
      .select(numbered(values))
      .whereRef('pair.term_id', '=', 'term.id')
      .where('term.field', '=', 'digest')
      .where('pair.set_id', '>', before?.newest?.id ?? 0)
      .where(everySoOften('pair.set_id')),
  )
  const [set = 1, term = 1] = columns.map(charactersOf)
  const pairs = { sets: new Uint32Array(rows.count), terms: new Uint32Array(rows.count) }
  for (let index = 0; index < rows.count; index++) {
    pairs.sets[index] = rows.nextOf(set)
    pairs.terms[index] = rows.nextOf(term)
  }
  return listByList(before, pairs, largest.set + 1)
}

/** The same list by list. They are numbered as they come: those that were known stay where they are. */
function listByList(
  before: Kept | undefined,
  pairs: { readonly sets: Uint32Array; readonly terms: Uint32Array },
  setLimit: number,
): Lists {
  const starts = new Uint32Array(setLimit + 1)
  if (before !== undefined) starts.set(before.starts)
  for (const set of pairs.sets) starts[set + 1] = (starts[set + 1] ?? 0) + 1
  for (let set = before?.starts.length ?? 1; set <= setLimit; set++) {
    starts[set] = (starts[set] ?? 0) + (starts[set - 1] ?? 0)
  }
  const terms = new Uint32Array(starts[setLimit] ?? 0)
  if (before !== undefined) terms.set(before.terms)
  const next = starts.slice()
  for (let index = 0; index < pairs.sets.length; index++) {
    const set = pairs.sets[index] ?? 0
    const at = next[set] ?? 0
    terms[at] = pairs.terms[index] ?? 0
    next[set] = at + 1
  }
  return { starts, terms }
}

const newestSet = row()(db =>
  db.selectFrom('query_sets').select(['id', 'digest']).orderBy('id', 'desc').limit(sql.lit(1)),
)
const setById = row<{ id: number }>()((db, $) =>
  db.selectFrom('query_sets').select(['id', 'digest']).where('id', '=', $.id),
)
const termsOfDigests = rows()(db =>
  db.selectFrom('query_terms').select(['id', 'text']).where('field', '=', sql.lit('digest')),
)
