import { sql } from 'kysely'
import { fits, fold, type Pattern } from '#shared/query/pattern.ts'
import { licenceNameLists } from './model-licences.ts'
import { isMarked, markSets, type Sql } from './query-sql.ts'
import type { ReadableStore } from './statement.ts'

/**
 * Licences belong to contents, and rows know the contents they hold: whatever is learnt of a licence is true of all rows at
 * once, without writing any of them.
 */
export function licenceCondition(store: ReadableStore, pattern: Pattern): Sql {
  return holdsListed(store, names => names.some(name => name !== '' && fits(pattern, fold(name))))
}

/** Nobody knows the licence of one of the models held, or not all of it. */
export function licenceUnknown(store: ReadableStore): Sql {
  const known = listsWhere(store, names => !names.includes(''))
  const terms = sql`(SELECT id FROM query_terms WHERE field = 'digest' AND text NOT IN
    (SELECT digest FROM model_licences WHERE names IN ${known}))`
  return sql`(digest_set IS NULL OR ${holds(store, terms)})`
}

/** What is held is known, and none of it carries a licence. */
export function licenceNone(store: ReadableStore): Sql {
  const none = listsWhere(store, names => names.length === 0)
  const others = sql`(SELECT id FROM query_terms WHERE field = 'digest' AND text NOT IN
    (SELECT digest FROM model_licences WHERE names IN ${none}))`
  return sql`(digest_set IS NOT NULL AND NOT ${holds(store, others)})`
}

/** Identifiers in use that hold a folded text. */
export function licenceNames(store: ReadableStore, part: string): string[] {
  const names = new Set(licenceNameLists(store, {}).flatMap(list => JSON.parse(list.names) as string[]))
  return [...names].filter(name => name !== '' && fold(name).includes(part)).sort()
}

function holdsListed(store: ReadableStore, isWanted: (names: readonly string[]) => boolean): Sql {
  const terms = sql`(SELECT id FROM query_terms WHERE field = 'digest' AND text IN
    (SELECT digest FROM model_licences WHERE names IN ${listsWhere(store, isWanted)}))`
  return holds(store, terms)
}

function holds(store: ReadableStore, terms: ReturnType<typeof sql>): Sql {
  return isMarked(sql`digest_set`, markSets(store, terms))
}

/** Lists of identifiers of which JavaScript decides: there are some tens. */
function listsWhere(store: ReadableStore, isWanted: (names: readonly string[]) => boolean) {
  const lists = licenceNameLists(store, {}).map(({ names }) => names)
  const wanted = lists.filter(names => isWanted(JSON.parse(names) as string[]))
  return sql`(SELECT value FROM json_each(${JSON.stringify(wanted)}))`
}
