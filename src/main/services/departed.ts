import { snapshotAt, spellAt } from '../store/history.ts'
import { lastLeft } from '../store/identity.ts'
import { readSnapshot } from '../store/snapshots.ts'
import type { ReadableStore } from '../store/statement.ts'

/**
 * Where an instance was last, whose place is another's now: gone, with what it showed there. What its endpoint shows today
 * says nothing about it.
 */
export function departedFacts(store: ReadableStore, instance: number) {
  const found = lastLeft(store, { instance })
  if (found === undefined) return []
  const { left_at, ...record } = found
  const at = left_at - 1
  const snapshot = snapshotAt(store, { endpoint: record.id, at })?.snapshot_id
  const seenAt = spellAt(store, { endpoint: record.id, at })?.last_at ?? left_at
  if (snapshot == null) return []
  const then = {
    signals: '[]',
    probes: '[]',
    running: null,
    host_names: '[]',
    hardware_address: null,
    shown_snapshot_id: snapshot,
    presence: 'gone',
    seen_at: seenAt,
  }
  return [
    {
      record: { ...record, ...then },
      snapshot,
      address: record.address,
      port: record.port,
      scheme: record.scheme,
      basePath: record.base_path,
      presence: 'gone' as const,
      confidence: record.confidence,
      lastSeenAt: seenAt,
      hostNames: [],
      facts: readSnapshot(store, snapshot),
    },
  ]
}
