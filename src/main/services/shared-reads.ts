import type { StableFacts } from '#shared/domain/snapshot.ts'
import { listRanges } from '../store/ranges.ts'
import { readSnapshots } from '../store/read-snapshots.ts'
import { readSnapshot } from '../store/snapshots.ts'
import type { ReadableStore } from '../store/statement.ts'
import { type KnownClaims, rememberClaims } from './known-claims.ts'
import { type OwnershipBasis, ownershipBasis } from './ownership.ts'

/** What many instances have in common, read once for them. Good for one transaction: later, others may have written. */
export interface SharedReads {
  readonly claims: KnownClaims
  readonly ownership: OwnershipBasis
  /** Of a range in the register; null: it is not in it any more. */
  zoneOf(range: number): string | null
  snapshot(id: number): StableFacts
  /** Reads several at once, of which each will be asked for. */
  readAhead(ids: readonly number[]): void
  /** A snapshot that was just written need not be read. */
  keep(id: number, facts: StableFacts): void
  /** Whether readers are told that rows changed: once is enough. */
  isTold: boolean
}

export function shareReads(store: ReadableStore, claims = rememberClaims(store)): SharedReads {
  const snapshots = new Map<number, StableFacts>()
  let ownership: OwnershipBasis | null = null
  let zones: Map<number, string> | null = null
  return {
    claims,
    isTold: false,
    keep: (id, facts) => void snapshots.set(id, facts),
    get ownership() {
      ownership ??= ownershipBasis(store, false)
      return ownership
    },
    zoneOf(range) {
      zones ??= new Map(listRanges(store, {}).map(({ id, zone }) => [id, zone]))
      return zones.get(range) ?? null
    },
    readAhead(ids) {
      const unread = ids.filter(id => !snapshots.has(id))
      if (unread.length === 0) return
      for (const [id, facts] of readSnapshots(store, unread)) snapshots.set(id, facts)
    },
    snapshot(id) {
      const facts = snapshots.get(id) ?? readSnapshot(store, id)
      snapshots.set(id, facts)
      return facts
    },
  }
}
