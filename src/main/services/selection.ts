import { createHash } from 'node:crypto'
import type { Chosen, Selection } from '#shared/domain/selection.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { dataVersion } from '../store/inventory-rows.ts'
import { openIds } from '../store/query-open.ts'
import { consistently } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { findInstance } from './find-instance.ts'
import { queryContext } from './query-context.ts'
import { readQuery } from './read-query.ts'

type Asking = Pick<Reading, 'store' | 'advisories'>

/** Every row a query finds now, in a form that shows later whether it still finds the same. */
export function selectRows(reading: Reading, query: string): Result<Selection> {
  return consistently(reading.store, () => {
    const found = idsFound(reading, query, reading.now())
    if (!found.ok) return found
    const ids = found.value
    const version = dataVersion(reading.store)
    return succeed({ query, version, count: ids.length, digest: digestOf(ids), except: [] })
  })
}

/** The instances a command is about. Where a query finds others than it did, nothing is done. */
export function chosenInstances(
  reading: Asking,
  now: number,
  { instances, selection }: Chosen,
): Result<number[]> {
  const named = namedInstances(reading, instances)
  if (!named.ok) return named
  const found = selection === undefined ? succeed([]) : selectedInstances(reading, now, selection)
  if (!found.ok) return found
  const ids = [...new Set([...named.value, ...found.value])]
  return ids.length === 0 ? fail('selection-empty') : succeed(ids)
}

function selectedInstances(reading: Asking, now: number, selection: Selection): Result<number[]> {
  const { query, digest, count: before, except } = selection
  const found = idsFound(reading, query, now)
  if (!found.ok) return found
  const ids = found.value
  if (digestOf(ids) !== digest) return fail('selection-changed', { query, before, count: ids.length })
  const left = new Set<number>(except)
  return succeed([...ids].filter(id => !left.has(id)))
}

function namedInstances({ store }: Asking, names: readonly string[]): Result<number[]> {
  const ids: number[] = []
  for (const name of names) {
    const found = findInstance(store, name)
    if (!found.ok) return found
    ids.push(found.value.id)
  }
  return succeed(ids)
}

function idsFound(reading: Asking, query: string, now: number): Result<Float64Array> {
  const condition = readQuery(query)
  if (!condition.ok) return condition
  return succeed(openIds(queryContext(reading, now), condition.value, []).sort())
}

function digestOf(ids: Float64Array): string {
  return createHash('sha256')
    .update(new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength))
    .digest('hex')
}
