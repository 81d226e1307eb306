import { sql } from 'kysely'
import { everySoOften } from './giving-up.ts'
import { charactersOf, numbered, PackedNumbers } from './packed-numbers.ts'
import { builder, type ReadableStore, row, rows } from './statement.ts'

/** Which lists of `inventory_rows.digest_set` hold which digest: at each place of the two arrays, one list and one of its digests. */
export interface DigestSets {
  readonly sets: Uint32Array
  readonly terms: Uint32Array
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
  const now: Kept = {
    ...pairsAfter(store, base, { set: newest?.id ?? 0, term: termLimit }),
    digests: new Map(terms.map(({ id, text }) => [id, text])),
    setLimit: (newest?.id ?? 0) + 1,
    termLimit,
    newest,
  }
  kept.set(store.connection, now)
  return now
}

function isSame(a: Kept['newest'], b: Kept['newest']): boolean {
  return a?.id === b?.id && (a === undefined || b === undefined || Buffer.compare(a.digest, b.digest) === 0)
}

/** What is known, and the pairs of the lists that came after it. */
function pairsAfter(
  store: ReadableStore,
  before: Kept | undefined,
  largest: { readonly set: number; readonly term: number },
): Pick<DigestSets, 'sets' | 'terms'> {
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
  const start = before?.sets.length ?? 0
  const sets = new Uint32Array(start + rows.count)
  const terms = new Uint32Array(start + rows.count)
  if (before !== undefined) {
    sets.set(before.sets)
    terms.set(before.terms)
  }
  const [set = 1, term = 1] = columns.map(charactersOf)
  for (let index = start; index < sets.length; index++) {
    sets[index] = rows.nextOf(set)
    terms[index] = rows.nextOf(term)
  }
  return { sets, terms }
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
