import { sql } from 'kysely'
import { parseVersion } from '#shared/domain/version.ts'
import type { Condition } from '#shared/query/condition.ts'
import { type ChoiceField, type FieldName, fields } from '#shared/query/fields.ts'
import { fold } from '#shared/query/pattern.ts'
import { parameterCount } from '#shared/query/query-row.ts'
import { countedLists, setMembers, textsOfTerms } from './query-terms.ts'
import { type QueryContext, whereOf } from './query-where.ts'
import { advised, closedFields, wordIn } from './row-facts.ts'
import { siteNames } from './sites.ts'
import { builder, composeTuples, type ReadableStore } from './statement.ts'

/** How many of the rows a query finds have each value of a field. */
export interface Counts {
  /** By the value as it is compared, with the value as it is written. */
  readonly values: ReadonlyMap<string, { readonly text: string; readonly count: number }>
  readonly unknown: number
  readonly none: number
}

const columns = [
  'facts',
  'site_id',
  'version_id',
  'owner_id',
  'family_set',
  'quantization_set',
  'parameters_set',
  'capability_set',
  'remote_set',
  'tag_set',
] as const

/** Counts all fields in one pass over the rows. */
export function countFacets(context: QueryContext, condition: Condition): Map<FieldName, Counts> {
  const query = builder
    .selectFrom('inventory_rows')
    .select(columns)
    .select(sql<number | null>`CASE WHEN facts & ${sql.lit(advised)} THEN version_id END`.as('advised'))
    .where(whereOf(context, condition))
  const rows = composeTuples<(number | null)[]>(context.store, query)
  const tallies = [...columns, 'advised'].map((_, column) => tally(rows, column))
  const tallyOf = (column: (typeof columns)[number]) => tallies[columns.indexOf(column)] ?? new Map()
  const counts = new Map<FieldName, Counts>()
  for (const field of closedFields) counts.set(field, countWords(tallyOf('facts'), field))
  counts.set('site', countSites(context.store, tallyOf('site_id')))
  counts.set('version', countNames(context.store, tallyOf('version_id'), 'unknown'))
  counts.set('advisories', countAdvisories(context, tallies[columns.length] ?? new Map()))
  counts.set('owner', countNames(context.store, tallyOf('owner_id'), 'none'))
  for (const field of countedLists) {
    counts.set(field, countMembers(context.store, tallyOf(`${field}_set`), isUnknownName(field)))
  }
  return counts
}

type Tally = ReadonlyMap<number | null, number>

/**
 * How often each number occurs. Those of a dictionary are counted in an array: a map takes three times as long. Here, as in
 * query-open.ts, loops count: what iterates over 175,108 numbers takes several times as long.
 */
function tally(rows: readonly (number | null)[][], column: number): Tally {
  let absent = 0
  const small = new Uint32Array(smallNumbers)
  const counts = new Map<number | null, number>()
  for (let index = 0; index < rows.length; index++) {
    const value = rows[index]?.[column] ?? null
    if (value === null) absent++
    else if (value < smallNumbers) small[value] = (small[value] ?? 0) + 1
    else counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  for (let value = 0; value < smallNumbers; value++) {
    const count = small[value] ?? 0
    if (count > 0) counts.set(value, count)
  }
  if (absent > 0) counts.set(null, absent)
  return counts
}

const smallNumbers = 2 ** 19

class Counting implements Counts {
  readonly values = new Map<string, { text: string; count: number }>()
  unknown = 0
  none = 0

  add(text: string, count: number): void {
    const key = fold(text)
    const known = this.values.get(key)
    if (known === undefined) this.values.set(key, { text, count })
    else known.count += count
  }
}

function countWords(tally: Tally, field: ChoiceField): Counts {
  const counting = new Counting()
  const knowsNone = (fields[field].states as readonly string[]).includes('none')
  for (const [facts, count] of tally) {
    const word = wordIn(facts ?? 0, field)
    if (word === 'unknown') counting.unknown += count
    else if (knowsNone && word === 'none') counting.none += count
    else counting.add(word, count)
  }
  return counting
}

function countSites(store: ReadableStore, tally: Tally): Counts {
  const counting = new Counting()
  for (const site of siteNames(store, {})) {
    const count = tally.get(site.id)
    if (count !== undefined) counting.add(site.name, count)
  }
  return counting
}

function countNames(store: ReadableStore, tally: Tally, absent: 'unknown' | 'none'): Counts {
  const counting = new Counting()
  counting[absent] = tally.get(null) ?? 0
  const ids = [...tally.keys()].filter(id => id !== null)
  for (const { id, text } of textsOfTerms(store, { ids: JSON.stringify(ids) })) {
    const count = tally.get(id) ?? 0
    counting.add(text, count)
    // A version nobody can compare is as good as none, and still has its text.
    if (absent === 'unknown' && parseVersion(text) === null) counting.unknown += count
  }
  return counting
}

/** By the edition in force: how many advisories name each version. */
function countAdvisories({ store, affectedBy }: QueryContext, tally: Tally): Counts {
  const counting = new Counting()
  counting.unknown = tally.get(null) ?? 0
  const ids = [...tally.keys()].filter(id => id !== null)
  for (const { id, text } of textsOfTerms(store, { ids: JSON.stringify(ids) })) {
    counting.add(String(affectedBy(text)), tally.get(id) ?? 0)
  }
  return counting
}

function isUnknownName(field: FieldName): (name: string) => boolean {
  return field === 'parameters' ? name => parameterCount(name) === null : name => name === ''
}

/** A row counts once for every member of its list, and once for all that are unknown. */
function countMembers(store: ReadableStore, tally: Tally, isUnknown: (name: string) => boolean): Counts {
  const counting = new Counting()
  counting.unknown = tally.get(null) ?? 0
  const ids = [...tally.keys()].filter(id => id !== null)
  for (const { id, members } of setMembers(store, { ids: JSON.stringify(ids) })) {
    const count = tally.get(id) ?? 0
    const names = JSON.parse(members) as string[]
    if (names.length === 0) counting.none += count
    // Two spellings in one list are one name.
    const distinct = new Map(names.map(name => [fold(name), name]))
    if (names.some(isUnknown)) counting.unknown += count
    for (const name of distinct.values()) if (name !== '') counting.add(name, count)
  }
  return counting
}
