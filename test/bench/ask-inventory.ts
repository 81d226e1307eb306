import type { Reading } from '#main/services/context.ts'
import { inventoryFacets } from '#main/services/facets.ts'
import { inventoryPage } from '#main/services/inventory.ts'
import { InventoryRequest, type SortColumn, sortColumns } from '#shared/domain/inventory.ts'
import type { Result } from '#shared/result.ts'
import { percentileOf, type TimeTaken, timed } from './taken.ts'

/** So many further pages for each opening: enough that the 95th percentile is not one page. */
const pagesPerRun = 4

/** What a list was asked, and how long each answer took. */
interface Asked {
  readonly found: number
  readonly open: readonly TimeTaken[]
  readonly pages: readonly TimeTaken[]
  readonly facets: readonly TimeTaken[]
}

/**
 * Asks what a person asks of an inventory, over the services the console and the command line ask.
 *
 * open      filter and sort, all ids in order, with the first page of 100 rows; its clock goes on a minute each time, so
 *           that no kept list answers
 * page      another page of that list, somewhere else each time
 * facets    all facets of the query
 */
export function askInventory(reading: Reading, queries: readonly string[], runs: number) {
  const firstAsked = {
    open: timed(() => pageOf(reading, '', 'risk', 0)),
    facets: timed(() => must(inventoryFacets(reading, { query: '', most: 12 }))),
  }
  const asked = queries.map(query => ({ query, ...askQuery(reading, query, runs) }))
  const sorts = sortColumns.map(column => ({
    column,
    open: repeat(runs, () => pageOf(reading, '', column, 0)),
  }))
  const all = (of: (each: Asked) => readonly TimeTaken[]) => asked.flatMap(of)
  const openings = [...all(each => each.open), ...sorts.flatMap(each => each.open)]
  return {
    /** The very first of the process: nothing compiled, nothing in memory. No part of the percentiles. */
    firstAsked: { open: rounded(firstAsked.open), facets: rounded(firstAsked.facets) },
    openP95: percentileOf(openings, 95),
    pageP95: percentileOf(
      all(each => each.pages),
      95,
    ),
    facetsP95: percentileOf(
      all(each => each.facets),
      95,
    ),
    queries: asked.map(({ query, found, open, pages, facets }) => ({
      query,
      found,
      open: spread(open),
      page: spread(pages),
      facets: spread(facets),
    })),
    sorts: sorts.map(({ column, open }) => ({ column, open: spread(open) })),
  }
}

function askQuery(reading: Reading, query: string, runs: number): Asked {
  const open = repeat(runs, () => pageOf(reading, query, 'risk', 0))
  const { total, version } = pageOf(reading, query, 'risk', 0)
  const count = runs * pagesPerRun
  const starts = Array.from({ length: count }, (_, index) =>
    Math.max(0, Math.floor(((index + 0.5) / count) * total) - 100),
  )
  return {
    found: total,
    open,
    pages: starts.map(start => timed(() => pageOf(reading, query, 'risk', start, version))),
    facets: repeat(runs, () => must(inventoryFacets(reading, { query, most: 12 }))),
  }
}

function pageOf(reading: Reading, query: string, column: SortColumn, start: number, version?: number) {
  const sort = [{ column, descending: column !== 'risk' }]
  return must(inventoryPage(reading, InventoryRequest.parse({ query, start, sort, version })))
}

export function repeat(runs: number, work: () => unknown): TimeTaken[] {
  return Array.from({ length: runs }, () => timed(work))
}

export function spread(all: readonly TimeTaken[]) {
  return { median: percentileOf(all, 50), p95: percentileOf(all, 95), worst: percentileOf(all, 100) }
}

export function rounded(taken: TimeTaken): TimeTaken {
  return percentileOf([taken], 50)
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}
