import type { HistoryPurged } from '#shared/domain/history.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import * as purge from '../store/purge.ts'
import { keepSetting, settingNamed } from '../store/settings.ts'
import { type ReadableStore, transaction, type WritableStore } from '../store/statement.ts'
import { readHistorySettings } from './history-settings.ts'
import { purgeSealed, type Sealing } from './scan-seal.ts'

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
 * decision and the counts persistence rests on stay. The audit chain is told what is left of what it had sealed.
 */
export function purgeHistory(sealing: Sealing): HistoryPurged {
  const { store, now } = sealing
  const { keepDays } = readHistorySettings(store)
  const before = keepDays === null ? null : now() - keepDays * dayMs
  if (before === null) return { spells: 0, snapshots: 0, before: null }
  let spells = 0
  for (;;) {
    const part = purge.purgeable(store, { before, limit: perTransaction })
    if (part.length === 0) break
    transaction(store, () => {
      keepSetting(store, { name: marker, value: String(Math.max(before, purgedBefore(store) ?? before)) })
      const scans = new Set(part.map(spell => spell.last_scan_id))
      purgeSealed(sealing, { scans, snapshots: nothing }, () => removeSpells(store, part))
    })
    spells += part.length
  }
  const snapshots = transaction(store, () => removeSnapshots(sealing))
  return { spells, snapshots, before: isoInstant(before) }
}

const nothing: ReadonlySet<number> = new Set()

function removeSpells(store: WritableStore, spells: readonly purge.PurgeableSpell[]): void {
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
}

/** All that nobody shows any more at once: what is sealed of snapshots are long stretches, each to be read anew. */
function removeSnapshots(sealing: Sealing): number {
  const { store } = sealing
  const snapshots = new Set(purge.unshownSnapshots(store, {}).map(({ id }) => id))
  if (snapshots.size === 0) return 0
  return purgeSealed(sealing, { scans: nothing, snapshots }, () => {
    let count = 0
    for (const id of snapshots) {
      purge.deleteListOf(store, { id })
      count += purge.deleteSnapshot(store, { id }).count
    }
    purge.deleteUnheldArtifacts(store, {})
    return count
  })
}
