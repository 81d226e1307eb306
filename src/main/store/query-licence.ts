import { sql } from 'kysely'
import { fits, fold, type Pattern } from '#shared/query/pattern.ts'
import { licencesInUse, setsUnder } from './held-licences.ts'
import { isMarked, type Sql } from './query-sql.ts'
import type { ReadableStore } from './statement.ts'

/**
 * Licences belong to contents, and rows know the contents they hold: whatever is learnt of a licence is true of all rows at
 * once, without writing any of them.
 */
export function licenceCondition(store: ReadableStore, pattern: Pattern): Sql {
  const marks = setsUnder(store, ids => ids?.some(id => id !== null && fits(pattern, fold(id))) ?? false)
  return isMarked(sql`digest_set`, marks)
}

/** Nobody knows the licence of one of the models held, or not all of it. */
export function licenceUnknown(store: ReadableStore): Sql {
  const marks = setsUnder(store, ids => ids?.includes(null) ?? true)
  return sql`(digest_set IS NULL OR ${isMarked(sql`digest_set`, marks)})`
}

/** What is held is known, and none of it carries a licence. */
export function licenceNone(store: ReadableStore): Sql {
  const marks = setsUnder(store, ids => ids === undefined || ids.length > 0)
  return sql`(digest_set IS NOT NULL AND NOT ${isMarked(sql`digest_set`, marks)})`
}

/** Identifiers in use that hold a folded text. */
export function licenceNames(store: ReadableStore, part: string): string[] {
  return licencesInUse(store)
    .filter(id => fold(id).includes(part))
    .sort()
}
