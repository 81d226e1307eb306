import { type RawBuilder, sql } from 'kysely'
import type { SortColumn } from '#shared/domain/inventory.ts'
import type { Condition } from '#shared/query/condition.ts'
import { versionKey } from './keys.ts'
import { termsOfField } from './query-terms.ts'
import { type QueryContext, whereOf } from './query-where.ts'
import { placeOf, ranksOf } from './row-facts.ts'
import { siteNames } from './sites.ts'
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
  if (first === undefined)
    return new Float64Array(composeColumn<number>(context.store, inPlace(where, [sql`instance_id`])))
  if (first.column === 'address') return byAddress(context, where, first.descending)
  const lists = keyLists(context, where, sort)
  let order = filled(lists.ids.length, index => index)
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
  const [only] = sort
  if (only !== undefined && sort.length === 1 && smallKeys.has(only.column)) {
    return packedKeys(context, where, only.column)
  }
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

/** Loops, not iterators: at this size they take several times as long. */
function filled(length: number, at: (index: number) => number): Float64Array<ArrayBuffer> {
  const numbers = new Float64Array(length)
  for (let index = 0; index < length; index++) numbers[index] = at(index)
  return numbers
}

/** Columns whose keys have some twenty bits: they come with the id in one number, in half the time. */
const smallKeys: ReadonlySet<SortColumn> = new Set([
  ...([
    'risk',
    'zone',
    'product',
    'access',
    'cors',
    'presence',
    'confidence',
    'site',
    'models',
    'score',
  ] as const),
])
const idLimit = 2 ** 32
const keyLimit = 2 ** 20

function packedKeys(context: QueryContext, where: RawBuilder<boolean>, column: SortColumn): KeyLists {
  // 0: unknown. More models than a million are not told apart.
  const key = sql`min(ifnull(${column === 'risk' ? riskKey : keyColumn(column)} + 1, 0), ${keyLimit})`
  const packed = composeColumn<number>(
    context.store,
    inPlace(where, [sql`instance_id + ${key} * ${idLimit}`]),
  )
  const rank = column === 'risk' ? riskRank() : rankOf(context, column, () => [])
  return {
    ids: filled(packed.length, index => (packed[index] ?? 0) % idLimit),
    keys: [
      filled(packed.length, index => {
        const code = Math.floor((packed[index] ?? 0) / idLimit)
        return code === 0 ? Number.NaN : rank(code - 1)
      }),
    ],
  }
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
    .select(columns.map((column, index) => sql`${column}`.as(`column_${index}`)))
    .whereRef('site_id', '=', 'sites.id')
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

/** Positions put into piles of equal keys, the piles in order. Unknown is neither small nor large: it comes last either way. */
function stableOrder(
  positions: Float64Array,
  keys: Float64Array,
  descending: boolean,
): Float64Array<ArrayBuffer> {
  const { count, pileOf } = pilesOf(keys)
  const piles = new Uint32Array(keys.length)
  const starts = new Uint32Array(count + 2)
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? Number.NaN
    const pile = Number.isNaN(key) ? count : descending ? count - 1 - pileOf(key) : pileOf(key)
    piles[index] = pile
    starts[pile + 1] = (starts[pile + 1] ?? 0) + 1
  }
  for (let pile = 0; pile < count; pile++) starts[pile + 1] = (starts[pile + 1] ?? 0) + (starts[pile] ?? 0)
  const ordered = new Float64Array(positions.length)
  for (let index = 0; index < positions.length; index++) {
    const position = positions[index] ?? 0
    const pile = piles[position] ?? 0
    const at = starts[pile] ?? 0
    ordered[at] = position
    starts[pile] = at + 1
  }
  return ordered
}

/** Small whole numbers are their own pile; of others it is found by halving. */
function pilesOf(keys: Float64Array): { count: number; pileOf: (key: number) => number } {
  let largest = 0
  let areSmall = true
  for (let index = 0; index < keys.length && areSmall; index++) {
    const key = keys[index] ?? 0
    if (key > largest) largest = key
    areSmall = Number.isNaN(key) || (key >= 0 && key < 65_536 && Number.isInteger(key))
  }
  if (areSmall) return { count: largest + 1, pileOf: key => key }
  const distinct = distinctOf(keys)
  return { count: distinct.length, pileOf: key => indexIn(distinct, key) }
}

/** Each once, in order, without the unknown. Numbers are sorted natively, a tenth of what a comparing function takes. */
function distinctOf(keys: Float64Array): Float64Array {
  const sorted = keys.toSorted()
  let count = 0
  for (const key of sorted) {
    if (Number.isNaN(key)) break
    if (count === 0 || key !== sorted[count - 1]) sorted[count++] = key
  }
  return sorted.subarray(0, count)
}

function indexIn(sorted: Float64Array, wanted: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return low
}
