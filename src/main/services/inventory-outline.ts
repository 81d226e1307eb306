import { severities } from '#shared/domain/exposure.ts'
import type { InventoryOutline, OutlineRequest } from '#shared/domain/inventory-outline.ts'
import { type Result, succeed } from '#shared/result.ts'
import { outlineRowsOf } from '../store/outline-rows.ts'
import { ranksOf } from '../store/row-facts.ts'
import type { Reading } from './context.ts'
import { openQuery } from './open-queries.ts'
import { readQueryAndWords } from './read-query.ts'

/** The least there is to say of many rows of the list that pages are turned of. */
export function inventoryOutline(reading: Reading, request: OutlineRequest): Result<InventoryOutline> {
  const { query, text, sort, start, limit } = request
  const condition = readQueryAndWords(query, text)
  if (!condition.ok) return condition
  const { ids, version } = openQuery(reading, `${query}\n${text}`, condition.value, sort, request.version)
  const wanted = JSON.stringify([...ids.subarray(start, start + limit)])
  const rows = outlineRowsOf(reading.store, { ids: wanted })
  return succeed({
    version,
    total: ids.length,
    places: rows.map(({ place }) => `${place ?? ''}\n`).join(''),
    levels: rows.map(({ level }) => ranks[level ?? -1] ?? severities.length - 1).join(''),
  })
}

/** Of the code in a row, its place among the severities. */
const ranks = ranksOf('risk')
