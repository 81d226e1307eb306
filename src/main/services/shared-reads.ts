import type { StableFacts } from '#shared/domain/snapshot.ts'
import { readSnapshot } from '../store/snapshots.ts'
import type { ReadableStore } from '../store/statement.ts'
import { type OwnershipBasis, ownershipBasis } from './ownership.ts'
import { type ClaimsOf, rememberClaims } from './remember-claims.ts'

/** What many instances have in common, read once for them. Good for one transaction: later, others may have written. */
export interface SharedReads {
  readonly claimsOf: ClaimsOf
  readonly ownership: OwnershipBasis
  snapshot(id: number): StableFacts
}

export function shareReads(store: ReadableStore): SharedReads {
  const snapshots = new Map<number, StableFacts>()
  let ownership: OwnershipBasis | null = null
  return {
    claimsOf: rememberClaims(store),
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
