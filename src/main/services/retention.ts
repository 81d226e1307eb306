import type { HistoryPurged } from '#shared/domain/history.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import * as purge from '../store/purge.ts'
import { keepSetting, settingNamed } from '../store/settings.ts'
import { type ReadableStore, transaction, type WritableStore } from '../store/statement.ts'
import { readHistorySettings } from './history-settings.ts'

const dayMs = 86_400_000
const perTransaction = 500
const marker = 'history-purged-before'

/** Nothing that ended before is kept; null: history is whole. */
export function purgedBefore(store: ReadableStore): number | null {
  const value = settingNamed(store, { name: marker })?.value
  return value === undefined ? null : Number(value)
}

/**
 * Purges history that is older than the setting allows. What is present, what every endpoint showed last, every scan, every
 * decision and the counts persistence rests on stay.
 */
export function purgeHistory(store: WritableStore, now: number): HistoryPurged {
  const { keepDays } = readHistorySettings(store)
  const before = keepDays === null ? null : now - keepDays * dayMs
  if (before === null) return { spells: 0, snapshots: 0, before: null }
  let [spells, snapshots] = [0, 0]
  for (;;) {
    const part = purge.purgeable(store, { before, limit: perTransaction })
    if (part.length === 0) break
    snapshots += transaction(store, () => {
      keepSetting(store, { name: marker, value: String(Math.max(before, purgedBefore(store) ?? before)) })
      return removeAll(store, part)
    })
    spells += part.length
  }
  if (snapshots > 0) transaction(store, () => purge.deleteUnheldArtifacts(store, {}))
  return { spells, snapshots, before: isoInstant(before) }
}

function removeAll(store: WritableStore, spells: readonly purge.PurgeableSpell[]): number {
  for (const spell of spells) {
    purge.keepCounts(store, {
      endpoint: spell.endpoint_id,
      firstAt: spell.first_at,
      lastAt: spell.last_at,
      answered: spell.outcome === 'answered' ? spell.scan_count : 0,
      unreachable: spell.outcome === 'unreachable' ? spell.scan_count : 0,
    })
    purge.deleteSpell(store, { id: spell.id })
  }
  const shown = new Set(spells.flatMap(spell => spell.snapshot_id ?? []))
  return [...shown].reduce((sum, id) => {
    purge.deleteListOf(store, { id })
    return sum + purge.deleteSnapshot(store, { id }).count
  }, 0)
}
