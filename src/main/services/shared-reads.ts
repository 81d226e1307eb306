import type { StableFacts } from '#shared/domain/snapshot.ts'
import { readSnapshot } from '../store/snapshots.ts'
import type { ReadableStore } from '../store/statement.ts'
import { type KnownClaims, rememberClaims } from './known-claims.ts'
import { type OwnershipBasis, ownershipBasis } from './ownership.ts'

/** What many instances have in common, read once for them. Good for one transaction: later, others may have written. */
export interface SharedReads {
  readonly claims: KnownClaims
  readonly ownership: OwnershipBasis
  snapshot(id: number): StableFacts
  /** A snapshot that was just written need not be read. */
  keep(id: number, facts: StableFacts): void
  /** Whether readers are told that rows changed: once is enough. */
  isTold: boolean
}

export function shareReads(store: ReadableStore, claims = rememberClaims(store)): SharedReads {
  const snapshots = new Map<number, StableFacts>()
  let ownership: OwnershipBasis | null = null
  return {
    claims,
    isTold: false,
    keep: (id, facts) => void snapshots.set(id, facts),
    get ownership() {
      ownership ??= ownershipBasis(store, false)
      return ownership
    },
    snapshot(id) {
      const facts = snapshots.get(id) ?? readSnapshot(store, id)
      snapshots.set(id, facts)
      return facts
    },
  }
}
