import { type RawBuilder, sql } from 'kysely'
import type { FieldName } from '#shared/query/fields.ts'
import type { Pattern } from '#shared/query/pattern.ts'
import { highestNumbers } from './highest-numbers.ts'
import { charactersOf, numbered, PackedNumbers } from './packed-numbers.ts'
import { builder, type ReadableStore } from './statement.ts'

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

/**
 * Whether a column's list holds one of the names. The lists are marked in a string of bytes, one a list: of a common name
 * there are a hundred thousand, which SQLite would put into a tree for each query (measured: 129 ms, so 45 ms).
 */
export function holdsOneOf(
  store: ReadableStore,
  column: RawBuilder<unknown>,
  terms: RawBuilder<unknown>,
): Sql {
  return isMarked(column, markSets(store, terms))
}

export function markSets(store: ReadableStore, terms: RawBuilder<unknown>): Uint8Array {
  const highest = highestNumbers(store, {})?.list ?? 0
  const column = { value: sql`set_id`, largest: highest }
  const sets = new PackedNumbers(store, [column], values =>
    builder.selectFrom('query_set_terms').select(numbered(values)).where(sql<boolean>`term_id IN ${terms}`),
  )
  const marks = Buffer.alloc(sets.count === 0 ? 0 : highest + 1)
  const characters = charactersOf(column)
  for (let row = 0; row < sets.count; row++) marks[sets.nextOf(characters)] = 1
  return marks
}

/** Whether a column is one of some numbers: marked in the same way, a row is told in 20 ns, where a tree takes 80. */
export function isOneOf(column: RawBuilder<unknown>, numbers: readonly number[]): Sql {
  const marks = Buffer.alloc(numbers.reduce((most, number) => Math.max(most, number + 1), 0))
  for (const number of numbers) marks[number] = 1
  return isMarked(column, marks)
}

/** Behind the end of the string nothing is marked. */
export function isMarked(column: RawBuilder<unknown>, marks: Uint8Array): Sql {
  return marks.length === 0 ? sql`0` : sql`ifnull(substr(${marks}, ${column} + 1, 1) = x'01', 0)`
}

/** Numbers of the lists of a field that hold nothing. */
export function emptySets(field: FieldName) {
  return sql`(SELECT id FROM query_sets WHERE field = ${field} AND members = '[]')`
}

export function listed(ids: readonly number[]) {
  return sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`
}
