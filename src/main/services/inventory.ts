import type { InstanceRow } from '#shared/domain/instance.ts'
import type { InventoryPage, InventoryPageRow, InventoryRequest } from '#shared/domain/inventory.ts'
import type { InstanceId } from '#shared/ids.ts'
import type { Condition } from '#shared/query/condition.ts'
import { type Result, succeed } from '#shared/result.ts'
import { inventoryCsv } from '../exchange/inventory-csv.ts'
import { dataVersion } from '../store/inventory-rows.ts'
import { countIds, type SortBy } from '../store/query-open.ts'
import { consistently } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { instanceRows } from './instance-rows.ts'
import { openQuery } from './open-queries.ts'
import { queryContext } from './query-context.ts'
import { readQuery, readQueryAndWords } from './read-query.ts'

/** One page of what a query finds, with the number of rows in all and the version of the data. */
export function inventoryPage(reading: Reading, request: InventoryRequest): Result<InventoryPage> {
  const { query, text, sort, start, limit } = request
  const condition = readQueryAndWords(query, text)
  if (!condition.ok) return condition
  if (limit === 0) return succeed(countOnly(reading, condition.value))
  const { ids, version } = openQuery(reading, `${query}\n${text}`, condition.value, sort, request.version)
  const rows = rowsOf(reading, ids.subarray(start, start + limit))
  return succeed({ version, total: ids.length, rows })
}

/** Without opening a list that nobody will turn the pages of. */
function countOnly(reading: Reading, condition: Condition): InventoryPage {
  const { store, now } = reading
  return consistently(store, () => ({
    version: dataVersion(store),
    total: countIds(queryContext(reading, now()), condition),
    rows: [],
  }))
}

/** Every row a query finds, by site, address and port; or the riskiest first. */
export function inventoryList(
  reading: Reading,
  query: string,
  riskiestFirst: boolean,
): Result<InstanceRow[]> {
  const condition = readQuery(query)
  if (!condition.ok) return condition
  const sort: SortBy[] = riskiestFirst ? [{ column: 'risk', descending: false }] : []
  const { ids } = openQuery(reading, query, condition.value, sort)
  return succeed(rowsOf(reading, ids).map(({ severity: _, score: __, ...row }) => row))
}

/** What a query finds as a file's text. */
interface Exported {
  readonly query: string
  /** Only these, and without those. */
  readonly instances?: readonly InstanceId[] | undefined
  readonly except?: readonly InstanceId[] | undefined
}

export function exportInventory(
  reading: Reading,
  { query, instances, except = [] }: Exported,
): Result<string> {
  const rows = inventoryList(reading, query, false)
  if (!rows.ok) return rows
  const wanted = instances === undefined ? null : new Set(instances)
  const left = new Set(except)
  const isWanted = ({ id }: InstanceRow) => (wanted === null || wanted.has(id)) && !left.has(id)
  return succeed(inventoryCsv(rows.value.filter(isWanted)))
}

/** So many rows at once are put together from few questions. */
const perQuestion = 500

function rowsOf({ store, advisories }: Reading, ids: Float64Array): InventoryPageRow[] {
  const rows: InventoryPageRow[] = []
  for (let start = 0; start < ids.length; start += perQuestion) {
    rows.push(...instanceRows(store, advisories, [...ids.subarray(start, start + perQuestion)]))
  }
  return rows
}
