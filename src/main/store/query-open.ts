import { type RawBuilder, sql } from 'kysely'
import type { SortColumn } from '#shared/domain/inventory.ts'
import { parseVersion } from '#shared/domain/version.ts'
import type { Condition } from '#shared/query/condition.ts'
import { versionKey } from './keys.ts'
import { termsOfField } from './query-terms.ts'
import { type QueryContext, whereOf } from './query-where.ts'
import { placeOf, ranksOf } from './row-facts.ts'
import { listSites } from './sites.ts'
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
  if (first === undefined) return Float64Array.from(composeColumn<number>(context.store, inPlace(where, [])))
  if (first.column === 'address') return byAddress(context, where, first.descending)
  const columns = sort.map(({ column }) => keyColumn(column))
  const rows = composeTuples<[number, ...Key[]]>(context.store, inPlace(where, columns))
  let order = Float64Array.from(rows.keys())
  for (const [index, { column, descending }] of [...sort.entries()].reverse()) {
    const rank = rankOf(context, column)
    const keys = rows.map(row => (rank === null ? (row[index + 1] ?? null) : rank(row[index + 1] ?? null)))
    order = stableOrder(order, keys, descending)
  }
  return order.map(position => rows[position]?.[0] ?? 0)
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
    .select('instance_id')
    .select(columns.map((column, index) => sql`${column}`.as(`key_${index}`)))
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
  return Float64Array.from(composeColumn<number>(store, query))
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
    case 'confidence':
      return sql`confidence`
    case 'firstSeenAt':
      return sql`first_seen_at`
    case 'lastSeenAt':
      return sql`last_seen_at`
    default: {
      const { shift, mask } = placeOf(column)
      return sql`(facts >> ${shift}) & ${mask}`
    }
  }
}

/** What a key stands for in the order; null: the key itself. */
function rankOf({ store }: QueryContext, column: SortColumn): ((key: Key) => Key) | null {
  switch (column) {
    case 'site': {
      const ranks = new Map(listSites(store, {}).map((site, index) => [site.id as Key, index]))
      return key => ranks.get(key) ?? null
    }
    case 'version': {
      const known = termsOfField(store, { field: 'version' }).filter(term => parseVersion(term.text) !== null)
      const ranks = new Map(known.map(term => [term.id as Key, versionKey(term.text)]))
      return key => ranks.get(key) ?? null
    }
    case 'risk':
    case 'zone':
    case 'product':
    case 'access':
    case 'cors':
    case 'presence': {
      const ranks = ranksOf(column)
      return key => ranks[Number(key)] ?? null
    }
    default:
      return null
  }
}

/** Positions put into piles of equal keys, the piles in order. Unknown is neither small nor large: it comes last either way. */
function stableOrder(
  positions: Float64Array,
  keys: readonly Key[],
  descending: boolean,
): Float64Array<ArrayBuffer> {
  const counts = new Map<Key, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  const distinct = [...counts.keys()].filter(key => key !== null).sort(compareKeys)
  if (descending) distinct.reverse()
  const starts = new Map<Key, number>()
  let start = 0
  for (const key of [...distinct, null]) {
    starts.set(key, start)
    start += counts.get(key) ?? 0
  }
  const ordered = new Float64Array(positions.length)
  for (const position of positions) {
    const key = keys[position] ?? null
    const at = starts.get(key) ?? 0
    ordered[at] = position
    starts.set(key, at + 1)
  }
  return ordered
}

function compareKeys(a: NonNullable<Key>, b: NonNullable<Key>): number {
  return a < b ? -1 : a > b ? 1 : 0
}
