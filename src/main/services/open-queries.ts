import type { Condition } from '#shared/query/condition.ts'
import { dataVersion } from '../store/inventory-rows.ts'
import { openIds, type SortBy } from '../store/query-open.ts'
import { consistently } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { queryContext } from './query-context.ts'

/** The ids a query found, in order, and the state of the data it found them in. */
export interface OpenQuery {
  readonly version: number
  readonly openedAt: number
  readonly ids: Float64Array
}

/** A list of 175,108 ids is 1.4 MB. */
const mostKept = 12
/** A list may serve anew while the data has not changed; ages move on. */
const freshMs = 30_000

const kept = new WeakMap<object, Map<string, OpenQuery>>()

/**
 * Opens a query, or finds it open. Asked for the version of an earlier answer it is the same list, whatever scans have
 * written since; only when that is no longer kept it is opened anew and says so by its version.
 */
export function openQuery(
  reading: Reading,
  name: string,
  condition: Condition,
  sort: readonly SortBy[],
  version?: number,
): OpenQuery {
  const { store, now, advisories } = reading
  const lists = kept.get(store.connection) ?? new Map<string, OpenQuery>()
  kept.set(store.connection, lists)
  // Another edition of the advisories is another answer.
  const key = JSON.stringify([name, sort, advisories.inForce(store).edition.about.digest])
  const known = findKept(lists, key, version)
  if (known !== undefined) return known
  const openedAt = now()
  return consistently(store, () => {
    const current = dataVersion(store)
    const same = lists.get(`${current} ${key}`)
    if (same !== undefined && openedAt - same.openedAt < freshMs) return same
    const opened = {
      version: current,
      openedAt,
      ids: openIds(queryContext(reading, openedAt), condition, sort),
    }
    lists.set(`${current} ${key}`, opened)
    const oldest = lists.keys().next().value
    if (lists.size > mostKept && oldest !== undefined) lists.delete(oldest)
    return opened
  })
}

function findKept(lists: Map<string, OpenQuery>, key: string, version?: number): OpenQuery | undefined {
  const known = version === undefined ? undefined : lists.get(`${version} ${key}`)
  if (known === undefined) return undefined
  // Used last, dropped last.
  lists.delete(`${version} ${key}`)
  lists.set(`${version} ${key}`, known)
  return known
}
