import { claimsFor } from '../store/claims.ts'
import type { ReadableStore } from '../store/statement.ts'

export type ClaimsOf = (
  site: number,
  digest: string,
  generation: string,
) => { holder: number; capabilities: string[] }[]

/** Asks once about each digest, for many instances of which many hold the same. */
export function rememberClaims(store: ReadableStore): ClaimsOf {
  const known = new Map<string, ReturnType<ClaimsOf>>()
  return (site, digest, generation) => {
    const key = `${site} ${digest} ${generation}`
    const remembered = known.get(key)
    if (remembered !== undefined) return remembered
    const claims = claimsFor(store, { site, digest, generation }).map(claim => ({
      holder: claim.endpoint_id,
      capabilities: JSON.parse(claim.capabilities) as string[],
    }))
    known.set(key, claims)
    return claims
  }
}
