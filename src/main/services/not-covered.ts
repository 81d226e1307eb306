import { setPresence } from '../store/endpoints.ts'
import { notLookedAtSince } from '../store/presence.ts'
import { transaction, type WritableStore } from '../store/statement.ts'
import { readHistorySettings } from './history-settings.ts'
import { refreshInstance } from './instance-summary.ts'

const dayMs = 86_400_000
/** So many are one transaction: readers of the newest state never wait long. */
const perTransaction = 200

/**
 * What was there when last looked at, but nobody has looked for a while (or nobody may any more), is said to be not covered.
 * Gone stays gone: that it was silent is known. Call it when the clock has moved: at the start, and after each scan.
 */
export function markNotCovered(store: WritableStore, now: number): number {
  const since = now - readHistorySettings(store).notCoveredAfterDays * dayMs
  const stale = notLookedAtSince(store, { since })
  for (let start = 0; start < stale.length; start += perTransaction) {
    transaction(store, () => {
      for (const { id, instance_id } of stale.slice(start, start + perTransaction)) {
        setPresence(store, { id, presence: 'not-covered' })
        refreshInstance(store, instance_id)
      }
    })
  }
  return stale.length
}
