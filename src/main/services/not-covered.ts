import { derivingTransaction } from '../store/checkpoints.ts'
import { setPresence } from '../store/endpoints.ts'
import { notLookedAtSince, oldestLook, removedRanges } from '../store/presence.ts'
import type { WritableStore } from '../store/statement.ts'
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
  const removed = JSON.stringify(removedRanges(store, {}))
  const before = looked.get(store.connection)
  // Everything that has been seen since then was seen later than that.
  if (before?.removed === removed && now >= before.now && since <= before.oldest) return 0
  const stale = notLookedAtSince(store, { since })
  for (let start = 0; start < stale.length; start += perTransaction) {
    derivingTransaction(store, () => {
      for (const { id, instance_id } of stale.slice(start, start + perTransaction)) {
        setPresence(store, { id, presence: 'not-covered' })
        refreshInstance(store, instance_id)
      }
    })
  }
  looked.set(store.connection, { now, removed, oldest: oldestLook(store, {})?.at ?? now })
  return stale.length
}

/** When everything known was looked through, and until when nothing will be found that way. */
const looked = new WeakMap<
  object,
  { readonly now: number; readonly removed: string; readonly oldest: number }
>()
