import { claimsFor } from '../store/claims.ts'
import type { ReadableStore, WritableStore } from '../store/statement.ts'

export interface KnownAnswer {
  readonly holder: number
  readonly capabilities: string[]
}

/** What is known of a model on servers of one generation at a site. */
interface Known {
  readonly answers: readonly KnownAnswer[]
  /** Two holders said the same: nobody needs to be asked any more. */
  readonly isSettled: boolean
}

/** What holders said about models: each is read once. */
export interface KnownClaims {
  of(site: number, digest: string, generation: string): readonly KnownAnswer[]
  isSettled(site: number, digest: string, generation: string): boolean
  forget(site: number, digest: string, generation: string): void
}

/** Good for one question, or one transaction. */
export function rememberClaims(store: ReadableStore): KnownClaims {
  const known = new Map<string, Map<string, Known>>()
  let count = 0
  const lookUp = (site: number, digest: string, generation: string) => {
    const key = `${site} ${generation}`
    const there = known.get(key) ?? new Map<string, Known>()
    const found = there.get(digest)
    if (found !== undefined) return found
    if (count++ > mostRemembered) {
      known.clear()
      count = 0
    }
    known.set(key, there)
    const read = readKnown(store, site, digest, generation)
    there.set(digest, read)
    return read
  }
  return {
    of: (site, digest, generation) => lookUp(site, digest, generation).answers,
    isSettled: (site, digest, generation) => lookUp(site, digest, generation).isSettled,
    forget: (site, digest, generation) => void known.get(`${site} ${generation}`)?.delete(digest),
  }
}
const mostRemembered = 200_000

function readKnown(store: ReadableStore, site: number, digest: string, generation: string): Known {
  const claims = claimsFor(store, { site, digest, generation })
  return {
    answers: claims.map(claim => ({
      holder: claim.endpoint_id,
      capabilities: JSON.parse(claim.capabilities) as string[],
    })),
    isSettled: claims.length > 1 && new Set(claims.map(({ capabilities }) => capabilities)).size === 1,
  }
}

const kept = new WeakMap<object, KnownClaims>()

/** Remembered from one scan to the next: nobody but the writer writes answers, and it says so by `forget`. */
export function claimsKnownToWriter(store: WritableStore): KnownClaims {
  const claims = kept.get(store.connection) ?? rememberClaims(store)
  kept.set(store.connection, claims)
  return claims
}
