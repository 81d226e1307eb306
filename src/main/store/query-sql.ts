import { type RawBuilder, sql } from 'kysely'
import type { FieldName } from '#shared/query/fields.ts'
import type { Pattern } from '#shared/query/pattern.ts'

/** True or false, never NULL: `not` is the complement, the unknown included. */
export type Sql = RawBuilder<boolean>

/** Numbers of the names of a field that fit, found by index: there may be a hundred thousand. */
export function termsLike(field: FieldName, pattern: Pattern) {
  return sql`(SELECT id FROM query_terms WHERE field = ${field} AND folded <> '' AND ${patternCondition(pattern)})`
}

function patternCondition(pattern: Pattern) {
  switch (pattern.kind) {
    case 'is':
      return sql`folded = ${pattern.text}`
    case 'like':
      return sql`folded GLOB ${pattern.parts.map(part => part.replace(/[?[*]/g, '[$&]')).join('*')}`
    case 'has':
      return hasText(pattern.text)
  }
}

/** The index of words knows parts of three characters and more. */
export function hasText(part: string) {
  return [...part].length < 3
    ? sql`instr(folded, ${part}) > 0`
    : sql`id IN (SELECT rowid FROM query_words WHERE folded MATCH ${`"${part.replaceAll('"', '""')}"`})`
}

/** Numbers of the lists that hold one of the names. */
export function setsWith(terms: RawBuilder<unknown>) {
  return sql`(SELECT set_id FROM query_set_terms WHERE term_id IN ${terms})`
}

/** Numbers of the lists of a field that hold nothing. */
export function emptySets(field: FieldName) {
  return sql`(SELECT id FROM query_sets WHERE field = ${field} AND members = '[]')`
}

export function listed(ids: readonly number[]) {
  return sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`
}
