import type { QueryContext } from '../store/query-where.ts'
import type { Reading } from './context.ts'
import { affectedBy } from './instance-advisories.ts'

/** What a query is answered with: the store, the time, and the advisories in force. */
export function queryContext(reading: Pick<Reading, 'store' | 'advisories'>, now: number): QueryContext {
  const { store, advisories } = reading
  return { store, now, affectedBy: affectedBy(store, advisories) }
}
