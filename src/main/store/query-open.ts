import { type RawBuilder, sql } from 'kysely'
import type { SortColumn } from '#shared/domain/inventory.ts'
import type { Condition } from '#shared/query/condition.ts'
import { goOnNowAndThen, whileWanted } from './giving-up.ts'
import { highestNumbers } from './highest-numbers.ts'
import { versionKey } from './keys.ts'
import { charactersOf, numbered, PackedNumbers } from './packed-numbers.ts'
import { termsOfField } from './query-terms.ts'
import { type QueryContext, whereOf } from './query-where.ts'
import { placeOf, ranksOf } from './row-facts.ts'
import { siteNames } from './sites.ts'
import { stableOrder } from './stable-order.ts'
import { builder, composeColumn, composeTuples } from './statement.ts'

export interface SortBy {
  readonly column: SortColumn
  readonly descending: boolean
}

/**
 * Ids of all instances a query finds, in order; what is equal by the given columns stays in the order of site, address
 * and port. Rows come in that order by themselves, and are put into piles by each column from the last to the first: at this
 * size a third of what SQLite needs to sort by several columns.
 */
export function openIds(context: QueryContext, condition: Condition, sort: readonly SortBy[]): Float64Array {
  const where = whereOf(context, condition)
  const [first] = sort
  if (first === undefined) return keysOfNumbers(context, where, []).ids
  if (first.column === 'address') return byAddress(context, where, first.descending)
  const lists = keyLists(context, where, sort)
  let order = Uint32Array.from(lists.ids.keys())
  for (const [index, { descending }] of [...sort.entries()].reverse()) {
    const keys = lists.keys[index]
    if (keys !== undefined) order = stableOrder(order, keys, descending)
  }
  return filled(order.length, index => lists.ids[order[index] ?? 0] ?? 0)
}

interface KeyLists {
  readonly ids: Float64Array
  /** For each column of the sort, one a row; NaN: unknown. */
  readonly keys: readonly Float64Array[]
}

function keyLists(context: QueryContext, where: RawBuilder<boolean>, sort: readonly SortBy[]): KeyLists {
  const wide = sort.some(({ column }) => column === 'address')
  return wide ? keysOfAny(context, where, sort) : keysOfNumbers(context, where, sort)
}

/** Addresses are no numbers: sorted by one of them among others, rows are read as they are. */
function keysOfAny(context: QueryContext, where: RawBuilder<boolean>, sort: readonly SortBy[]): KeyLists {
  const columns = sort.map(({ column }) => keyColumn(column))
  const rows = composeTuples<[number, ...Key[]]>(
    context.store,
    inPlace(where, [sql`instance_id`, ...columns]),
  )
  return {
    ids: filled(rows.length, index => rows[index]?.[0] ?? 0),
    keys: sort.map(({ column }, position) => {
      const rank = rankOf(context, column, () => rows.map(row => row[position + 1] ?? null))
      return filled(rows.length, index => rank(rows[index]?.[position + 1] ?? null))
    }),
  }
}

function keysOfNumbers(context: QueryContext, where: RawBuilder<boolean>, sort: readonly SortBy[]): KeyLists {
  const highest = highestNumbers(context.store, {})
  const ids = { value: sql`instance_id`, largest: highest?.instance ?? 0 }
  // Where something else decides next, the level alone is compared.
  const isByRisk = sort.length === 1 && sort[0]?.column === 'risk'
  // 0: unknown.
  const columns = sort.map(({ column }) => ({
    value: sql`${isByRisk ? riskKey : keyColumn(column)} + 1`,
    largest: largestKey(column, highest),
  }))
  const rows = new PackedNumbers(context.store, [ids, ...columns], values => inPlace(where, values))
  const lists = { ids: new Float64Array(rows.count), keys: sort.map(() => new Float64Array(rows.count)) }
  const ranks = sort.map(({ column }) => (isByRisk ? riskRank() : rankOf(context, column, () => [])))
  const [idCharacters, ...characters] = [ids, ...columns].map(charactersOf)
  for (let row = 0; row < rows.count; row++) {
    goOnNowAndThen(context.store, row)
    lists.ids[row] = rows.nextOf(idCharacters as number)
    for (let column = 0; column < columns.length; column++) {
      const key = rows.nextOf(characters[column] as number)
      const rank = ranks[column] as (key: Key) => number
      const keys = lists.keys[column] as Float64Array
      keys[row] = key === 0 ? Number.NaN : rank(key - 1)
    }
  }
  return lists
}

function largestKey(column: SortColumn, highest: ReturnType<typeof highestNumbers>): number {
  switch (column) {
    case 'site':
      return (highest?.site ?? 0) + 1
    case 'version':
      return (highest?.term ?? 0) + 1
    case 'models':
      return 2 ** 32
    case 'firstSeenAt':
    case 'lastSeenAt':
      // Milliseconds since 1970, for the next thirty thousand years.
      return 2 ** 50
    default:
      // Closed lists have some tens of words, of which eight come with a score; confidence and score are at most 100.
      return 2000
  }
}

/** Loops, not iterators: at this size they take several times as long. */
function filled(length: number, at: (index: number) => number): Float64Array<ArrayBuffer> {
  const numbers = new Float64Array(length)
  for (let index = 0; index < length; index++) numbers[index] = at(index)
  return numbers
}

const scores = 128

/** The level, and within it the higher score before the lower; who has none yet comes last in it. */
const riskKey = sql`(${keyColumn('risk')} * ${scores} + 100 - ifnull(score, -1))`

function riskRank(): (key: Key) => number {
  const ranks = ranksOf('risk')
  return key => (ranks[Math.floor(Number(key) / scores)] ?? Number.NaN) * scores + (Number(key) % scores)
}

export function countIds(context: QueryContext, condition: Condition): number {
  const counted = builder.selectFrom('inventory_rows').select(eb => eb.fn.countAll<number>().as('count'))
  return composeColumn<number>(context.store, counted.where(whereOf(context, condition)))[0] ?? 0
}

/** The table is kept in this order, site by site: nothing needs to be sorted. */
function inPlace(where: RawBuilder<boolean>, columns: readonly RawBuilder<unknown>[]) {
  return builder
    .selectFrom('sites')
    .crossJoin('inventory_rows')
    .select(numbered(columns))
    .whereRef('site_id', '=', 'sites.id')
    .where(whileWanted)
    .where(where)
    .orderBy('sites.name')
    .orderBy('address_key')
    .orderBy('port')
    .orderBy('instance_id')
}

/** The one order that has an index of its own. */
function byAddress({ store }: QueryContext, where: RawBuilder<boolean>, descending: boolean): Float64Array {
  const query = builder
    .selectFrom('inventory_rows')
    .innerJoin('sites', 'sites.id', 'site_id')
    .select('instance_id')
    .where(whileWanted)
    .where(where)
    .orderBy('address_key', descending ? 'desc' : 'asc')
    .orderBy('sites.name')
    .orderBy('port')
    .orderBy('instance_id')
  return new Float64Array(composeColumn<number>(store, query))
}

type Key = number | string | null

function keyColumn(column: SortColumn): RawBuilder<unknown> {
  switch (column) {
    case 'site':
      return sql`site_id`
    case 'address':
      return sql`hex(address_key)`
    case 'version':
      return sql`version_id`
    case 'models':
      return sql`model_count`
    case 'score':
      return sql`score`
    case 'confidence':
      return sql`confidence`
    case 'firstSeenAt':
      return sql`first_seen_at`
    case 'lastSeenAt':
      return sql`last_seen_at`
    default: {
      const { shift, mask } = placeOf(column)
      return sql`((facts >> ${shift}) & ${mask})`
    }
  }
}

/** What a key stands for in the order; NaN: unknown. */
function rankOf({ store }: QueryContext, column: SortColumn, all: () => Key[]): (key: Key) => number {
  switch (column) {
    case 'site':
      return among(siteNames(store, {}).map(site => site.id))
    case 'address':
      return among([...new Set(all())].sort())
    case 'version': {
      const known = termsOfField(store, { field: 'version' }).map(({ id, text }) => ({
        id,
        key: versionKey(text),
      }))
      const order = among([...new Set(known.map(({ key }) => key))].filter(key => key !== null).sort())
      const ranks = new Map<Key, number>(known.map(({ id, key }) => [id, order(key)]))
      return key => ranks.get(key) ?? Number.NaN
    }
    case 'risk':
    case 'zone':
    case 'product':
    case 'access':
    case 'cors':
    case 'presence': {
      const ranks = ranksOf(column)
      return key => ranks[Number(key)] ?? Number.NaN
    }
    default:
      return key => (key === null ? Number.NaN : Number(key))
  }
}

/** Where something stands in a list. */
function among(order: readonly Key[]): (key: Key) => number {
  const ranks = new Map(order.map((key, index) => [key, index]))
  return key => ranks.get(key) ?? Number.NaN
}
