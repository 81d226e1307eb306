import { type Claim, formatPlace } from '#shared/domain/observation.ts'
import { derivingTransaction } from '../store/checkpoints.ts'
import { claimsFor, instancesHolding, instancesUnasked, keepClaim } from '../store/claims.ts'
import { markStale } from '../store/findings.ts'
import type { WritableStore } from '../store/statement.ts'
import { refreshInstances } from './instance-summary.ts'
import { claimsKnownToWriter } from './known-claims.ts'
import { keepLicenceText, learnLicences, type SaidOfLicence } from './model-licences.ts'
import type { Recording } from './recording.ts'
import { shareReads } from './shared-reads.ts'

/** So many instances are one transaction. */
const perTransaction = 1000

/** Writes what was said about models, and notes whom it says something new about; call it in a transaction. */
export function recordClaims(recording: Recording, claims: readonly Claim[]): void {
  const { store, holders } = recording
  const first = new Map<number, Set<string>>()
  const licences: SaidOfLicence[] = []
  for (const claim of claims) {
    const holder = holders.get(formatPlace(claim.place))
    if (holder === undefined) throw new Error(`a claim from ${formatPlace(claim.place)}, which was not asked`)
    const { digest } = claim
    const licence = keepLicenceText(store, claim.licence)
    licences.push({ digest, licence })
    const news = writeClaim(recording, holder, claim, licence)
    if (news === 'first') first.set(holder.site, (first.get(holder.site) ?? new Set()).add(digest))
    // Whoever holds it, whether it was asked or not: what they agreed on is in doubt.
    if (news === 'different') noteAffected(recording, instancesHolding(store, { site: holder.site, digest }))
  }
  learnLicences(store, licences)
  for (const [site, digests] of first)
    noteAffected(recording, instancesUnasked(store, { site, digests: JSON.stringify([...digests]) }))
}

type News = 'first' | 'different' | 'none'

function writeClaim(
  { store, scan }: Recording,
  { endpoint, site }: { readonly endpoint: number; readonly site: number },
  claim: Claim,
  licence: number,
): News {
  const { digest, generation, method } = claim
  const capabilities = JSON.stringify(claim.capabilities)
  const system = claim.system === null ? null : JSON.stringify(claim.system)
  const before = claimsFor(store, { site, digest, generation })
  const about = { site, digest, generation, endpoint, capabilities, method, system, licence }
  keepClaim(store, { ...about, at: claim.askedAt, scan: scan.id })
  claimsKnownToWriter(store).forget(site, digest, generation)
  if (before.length === 0) return 'first'
  const isSame = before.every(each => each.capabilities === capabilities && each.system_prompt === system)
  return isSame ? 'none' : 'different'
}

function noteAffected(
  { store, affected }: Recording,
  instances: readonly { readonly instance_id: number }[],
): void {
  for (const { instance_id: instance } of instances) {
    affected.add(instance)
    markStale(store, { instance })
  }
}

/** Brings everything up to date that claims said something new about. */
export function applyClaims(store: WritableStore, affected: Set<number>): void {
  const all = [...affected]
  for (let start = 0; start < all.length; start += perTransaction) {
    derivingTransaction(store, () => {
      const shared = shareReads(store, claimsKnownToWriter(store))
      refreshInstances(store, all.slice(start, start + perTransaction), shared)
    })
  }
  affected.clear()
}
