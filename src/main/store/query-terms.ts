import { sql } from 'kysely'
import type { FieldName } from '#shared/query/fields.ts'
import { fold } from '#shared/query/pattern.ts'
import { textHash } from './keys.ts'
import { change, forgetAll, memoryOf, row, rows, type WritableStore } from './statement.ts'

/** The number of a name. */
export function keepTerm(store: WritableStore, field: FieldName, text: string): number {
  const key = `${field}: ${text}`
  const remembered = memoryOf(store).get(key)
  if (remembered !== undefined) return remembered
  const id = termByText(store, { field, text })?.id ?? makeTerm(store, field, text)
  memoryOf(store).set(key, id)
  return id
}

function makeTerm(store: WritableStore, field: FieldName, text: string): number {
  const folded = fold(text)
  const { id } = addTerm(store, { field, text, folded })
  if (folded !== '') addWord(store, { id, folded })
  return id
}

/** The number of a list of names; null stands for a member that is unknown. Order and repetition do not matter. */
export function keepSet(store: WritableStore, field: FieldName, names: readonly (string | null)[]): number {
  const members = [...new Set(names.map(name => name ?? ''))].sort()
  const text = JSON.stringify(members)
  // Short lists are those that come again and again.
  const key = text.length < 100 ? `${field} ${text}` : null
  const remembered = key === null ? undefined : memoryOf(store).get(key)
  if (remembered !== undefined) return remembered
  const digest = textHash(text).subarray(0, 16)
  const id = setByDigest(store, { field, digest })?.id ?? makeSet(store, field, digest, members)
  if (key !== null) memoryOf(store).set(key, id)
  return id
}

function makeSet(
  store: WritableStore,
  field: FieldName,
  digest: Uint8Array,
  members: readonly string[],
): number {
  const { id } = addSet(store, { field, digest, members: membersOf(field, members) })
  for (const member of members) linkTerm(store, { term: keepTerm(store, field, member), set: id })
  return id
}

/** Written out where they are counted; who holds one of the others is told by its terms. */
function membersOf(field: FieldName, members: readonly string[]): string {
  return members.length === 0 || countedLists.some(each => each === field) ? JSON.stringify(members) : ''
}

/** Lists of which a row has few members, out of few: facets count them. */
export const countedLists = ['family', 'quantization', 'parameters', 'capability', 'remote', 'tag'] as const

/** Forgets all names and lists: those in use are kept anew by whoever uses them. */
export function dropDictionary(store: WritableStore): void {
  forgetAll(store)
  dropSetTerms(store, {})
  dropSets(store, {})
  // While the names are still there: the index reads from them what it has to forget.
  dropWords(store, {})
  dropTerms(store, {})
}

export const termsOfField = rows<{ field: string }>()((db, $) =>
  db.selectFrom('query_terms').select(['id', 'text', 'folded']).where('field', '=', $.field),
)

/** Names of a field that hold a text, the shortest first. */
export const termsHolding = rows<{ field: string; part: string; limit: number }>()((db, $) =>
  db
    .selectFrom('query_terms')
    .select('text')
    .where('field', '=', $.field)
    .where('text', '!=', sql.lit(''))
    .where(sql<number>`instr(folded, ${$.part})`, '>', sql.lit(0))
    .orderBy(sql`length(text)`)
    .orderBy('folded')
    .limit($.limit),
)

export const setMembers = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('query_sets')
    .select(['id', 'members'])
    .where('id', 'in', sql<number>`(SELECT value FROM json_each(${$.ids}))`),
)

export const textsOfTerms = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('query_terms')
    .select(['id', 'text'])
    .where('id', 'in', sql<number>`(SELECT value FROM json_each(${$.ids}))`),
)

const termByText = row<{ field: string; text: string }>()((db, $) =>
  db.selectFrom('query_terms').select('id').where('field', '=', $.field).where('text', '=', $.text),
)

const addTerm = change<{ field: string; text: string; folded: string }>()((db, $) =>
  db.insertInto('query_terms').values({ field: $.field, text: $.text, folded: $.folded }),
)

const addWord = change<{ id: number; folded: string }>()((db, $) =>
  db.insertInto('query_words').values({ rowid: $.id, folded: $.folded }),
)

const setByDigest = row<{ field: string; digest: Uint8Array }>()((db, $) =>
  db.selectFrom('query_sets').select('id').where('field', '=', $.field).where('digest', '=', $.digest),
)

const addSet = change<{ field: string; digest: Uint8Array; members: string }>()((db, $) =>
  db.insertInto('query_sets').values({ field: $.field, digest: $.digest, members: $.members }),
)

const linkTerm = change<{ term: number; set: number }>()((db, $) =>
  db.insertInto('query_set_terms').values({ term_id: $.term, set_id: $.set }),
)

const dropSetTerms = change()(db => db.deleteFrom('query_set_terms'))
const dropSets = change()(db => db.deleteFrom('query_sets'))
const dropTerms = change()(db => db.deleteFrom('query_terms'))
// FTS5's own command to empty an index of a table kept elsewhere.
const dropWords = change()(db =>
  db
    .insertInto('query_words')
    .columns(['query_words'])
    .expression(sql`VALUES (${sql.lit('delete-all')})`),
)
