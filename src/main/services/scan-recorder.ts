import { formatAddressPort, parseAddress } from '#shared/domain/address.ts'
import type { Presence } from '#shared/domain/exposure.ts'
import type { Claim, Observation, Target } from '#shared/domain/observation.ts'
import type { PlannedBlock } from '#shared/domain/plan.ts'
import type { InstanceCounts, RequestCounts } from '#shared/domain/scan.ts'
import { stableFacts } from '../governance/reconcile.ts'
import type { EnquiryBatch } from '../scanner/enquire.ts'
import type { Layout } from '../scanner/layout.ts'
import type { Absence, SweepBatch, VisitOutcome } from '../scanner/sweep-batch.ts'
import { instancesHolding, keepClaim } from '../store/claims.ts'
import * as endpoints from '../store/endpoints.ts'
import { addressKeyOf } from '../store/keys.ts'
import { advanceScan } from '../store/scans.ts'
import { keepSnapshot, readSnapshot } from '../store/snapshots.ts'
import { transaction, type WritableStore } from '../store/statement.ts'
import { foundInstance, refreshInstance } from './instance-summary.ts'

/** Writes what a scan sees, batch by batch: after each, what was seen so far is safe whatever happens next. */
export interface ScanRecorder {
  takeSweep(batch: SweepBatch, at: number): void
  takeClaims(batch: EnquiryBatch, at: number): void
  /** Brings everything up to date that the claims say something about. */
  applyClaims(): void
  readonly counts: Readonly<InstanceCounts>
  readonly requests: Readonly<RequestCounts>
  /** Endpoints of this scan that are genuine Ollama, for asking details: by `address:port`. */
  readonly holders: ReadonlyMap<string, SeenHolder>
}

export interface SeenHolder {
  readonly endpoint: number
  readonly site: number
  readonly observation: Observation
}

export interface RecordedScan {
  readonly id: number
  readonly vantage: number | null
  readonly layout: Layout
  /** The zone of each range in the plan. */
  readonly zoneOf: (range: number) => string
}

/** So many observations are one transaction: the writer never holds readers up for more than some 20 ms. */
const perTransaction = 50

interface Recording {
  readonly store: WritableStore
  readonly scan: RecordedScan
  readonly counts: { seen: number; new: number; changed: number; missing: number }
  readonly holders: Map<string, SeenHolder>
  /** Digests something new was said about, by site. */
  readonly claimed: Map<number, Set<string>>
}

export function createScanRecorder(store: WritableStore, scan: RecordedScan): ScanRecorder {
  const networksDone = Buffer.alloc(Math.ceil(scan.layout.networkCount / 8))
  const requests = { total: 0, byKind: {} as Record<string, number> }
  const counts = { seen: 0, new: 0, changed: 0, missing: 0 }
  const recording: Recording = { store, scan, counts, holders: new Map(), claimed: new Map() }

  const advance: Advance = (at, before, outcomes) => {
    advanceScan(store, {
      id: scan.id,
      at,
      ...outcomes,
      seen: counts.seen - before.seen,
      new: counts.new - before.new,
      changed: counts.changed - before.changed,
      missing: counts.missing - before.missing,
      requests: JSON.stringify(requests.byKind),
      networksDone,
    })
  }
  const addRequests = (more: SweepBatch['requests']) => {
    for (const [kind, count] of Object.entries(more)) {
      requests.byKind[kind] = (requests.byKind[kind] ?? 0) + count
      requests.total += count
    }
  }
  return {
    counts,
    requests,
    holders: recording.holders,
    takeSweep(batch, at) {
      addRequests(batch.requests)
      for (const index of batch.networksDone)
        networksDone[index >> 3] = (networksDone[index >> 3] ?? 0) | (1 << (index & 7))
      writeParts(recording, batch, at, advance)
    },
    takeClaims(batch, at) {
      addRequests(batch.requests)
      transaction(store, () => {
        recordClaims(recording, batch.claims)
        advance(at, counts, noOutcomes)
      })
    },
    applyClaims() {
      for (const [site, digests] of recording.claimed) {
        const affected = instancesHolding(store, { site, digests: JSON.stringify([...digests]) })
        for (const part of chunk(affected, perTransaction)) {
          transaction(store, () => {
            for (const { instance_id } of part) refreshInstance(store, instance_id)
          })
        }
      }
      recording.claimed.clear()
    },
  }
}

type Advance = (at: number, before: InstanceCounts, outcomes: SweepBatch['outcomes']) => void

/** The totals go with the last part: a scan never claims to have seen what is not written yet. */
function writeParts(recording: Recording, batch: SweepBatch, at: number, advance: Advance): void {
  const parts = chunk(batch.observations, perTransaction)
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1
    transaction(recording.store, () => {
      const before = { ...recording.counts }
      for (const observation of part) recordObservation(recording, observation)
      for (const absence of isLast ? batch.absences : []) recordAbsence(recording, absence, at)
      advance(at, before, isLast ? batch.outcomes : noOutcomes)
    })
  }
}

const noOutcomes = { answered: 0, refused: 0, silent: 0, unreachable: 0, failed: 0 } as const

/** At least one part, so that a batch without observations still counts. */
function chunk<T>(all: readonly T[], size: number): T[][] {
  const parts = [all.slice(0, size)]
  for (let start = size; start < all.length; start += size) parts.push(all.slice(start, start + size))
  return parts
}

function blockFor({ scan }: Recording, { address, port }: Target): PlannedBlock {
  const parsed = parseAddress(address)
  const permit = parsed === null ? 'outside' : scan.layout.permit(parsed, port)
  if (typeof permit === 'string') throw new Error(`observed ${address}:${port}, which is ${permit}`)
  return permit
}

function recordObservation(recording: Recording, seen: Observation): void {
  const { store, scan, counts } = recording
  const block = blockFor(recording, seen.target)
  const place = {
    site: block.siteId,
    addressKey: addressKeyOf(seen.target.address),
    port: seen.target.port,
    scheme: seen.scheme,
    basePath: seen.basePath,
  }
  const volatile = {
    range: block.rangeId,
    at: seen.observedAt,
    vantage: scan.vantage,
    confidence: seen.identity.confidence,
    signals: JSON.stringify(seen.identity.signals),
    probes: JSON.stringify(seen.probes),
    running: seen.running === null ? null : JSON.stringify(seen.running),
    hostNames: JSON.stringify(seen.hostNames),
  }
  const known = endpoints.endpointByPlace(store, place)
  const id =
    known?.id ?? endpoints.addEndpoint(store, { ...place, address: seen.target.address, ...volatile }).id
  if (known !== undefined) endpoints.seeEndpoint(store, { id, ...volatile })

  const changed = recordFacts(recording, id, known, seen)
  const instance = known?.instance_id ?? linkNew(recording, id, block, seen)
  refreshInstance(store, instance)

  counts.seen++
  if (known === undefined) counts.new++
  else if (changed) counts.changed++
  if (seen.identity.product === 'ollama') {
    const { address, port } = seen.target
    recording.holders.set(formatAddressPort(address, port), {
      endpoint: id,
      site: block.siteId,
      observation: seen,
    })
  }
}

/** Extends the spell, or begins one where the facts are new. Returns whether they differ from the last known ones. */
function recordFacts(
  { store, scan }: Recording,
  endpoint: number,
  known: endpoints.KnownEndpoint | undefined,
  seen: Observation,
): boolean {
  const last = known === undefined ? undefined : endpoints.lastSnapshotOf(store, { endpoint })?.snapshot_id
  const before = last == null ? null : readSnapshot(store, last)
  const snapshot = keepSnapshot(store, stableFacts(seen, before))
  const isSame = known?.outcome === 'answered' && known.snapshot_id === snapshot
  if (isSame && known.spell_id !== null) {
    endpoints.extendSpell(store, { id: known.spell_id, scan: scan.id, at: seen.observedAt })
  } else {
    beginSpell(store, { endpoint, outcome: 'answered', snapshot, scan: scan.id, at: seen.observedAt })
  }
  return last != null && last !== snapshot
}

function beginSpell(store: WritableStore, spell: Parameters<typeof endpoints.addSpell>[1]): void {
  const { id } = endpoints.addSpell(store, spell)
  endpoints.setSpell(store, { id: spell.endpoint, spell: id })
}

function linkNew(
  { store, scan }: Recording,
  endpoint: number,
  block: PlannedBlock,
  seen: Observation,
): number {
  const first = {
    ...seen.target,
    presence: 'present' as const,
    confidence: seen.identity.confidence,
    lastSeenAt: seen.observedAt,
    facts: stableFacts(seen, null),
  }
  const instance = foundInstance(store, seen.observedAt, block.siteId, scan.zoneOf(block.rangeId), first)
  endpoints.linkEndpoint(store, { instance, endpoint, at: seen.observedAt, reason: 'first seen here' })
  return instance
}

/** What it means for an instance that used to be at a target that now … */
const absent = {
  // Something else answers there, or the port is closed: the host lives, the instance does not listen.
  answered: { presence: 'not-listening', outcome: 'refused' },
  refused: { presence: 'not-listening', outcome: 'refused' },
  silent: { presence: 'gone', outcome: 'silent' },
  unreachable: { presence: 'unreachable', outcome: 'unreachable' },
} as const satisfies Partial<Record<VisitOutcome, { presence: Presence; outcome: string }>>

function recordAbsence(recording: Recording, { target, outcome }: Absence, at: number): void {
  const { store, scan, counts } = recording
  // Could not look: nothing is said about what is there.
  if (outcome === 'failed') return
  const meaning = absent[outcome]
  const site = blockFor(recording, target).siteId
  const gone = endpoints.endpointsAt(store, {
    site,
    addressKey: addressKeyOf(target.address),
    port: target.port,
  })
  for (const endpoint of gone) {
    // Absence counts only from where the endpoint was seen before.
    if (endpoint.vantage_id !== scan.vantage) continue
    if (endpoint.outcome === meaning.outcome && endpoint.spell_id !== null) {
      endpoints.extendSpell(store, { id: endpoint.spell_id, scan: scan.id, at })
    } else {
      beginSpell(store, {
        endpoint: endpoint.id,
        outcome: meaning.outcome,
        snapshot: null,
        scan: scan.id,
        at,
      })
    }
    if (endpoint.presence === 'present') counts.missing++
    endpoints.setPresence(store, { id: endpoint.id, presence: meaning.presence })
    refreshInstance(store, endpoint.instance_id)
  }
}

function recordClaims({ store, scan, holders, claimed }: Recording, claims: readonly Claim[]): void {
  for (const claim of claims) {
    const { address, port } = claim.target
    const holder = holders.get(formatAddressPort(address, port))
    if (holder === undefined) throw new Error(`a claim from ${address}, which was not asked`)
    keepClaim(store, {
      site: holder.site,
      digest: claim.digest,
      generation: claim.generation,
      endpoint: holder.endpoint,
      capabilities: JSON.stringify(claim.capabilities),
      method: claim.method,
      at: claim.askedAt,
      scan: scan.id,
    })
    claimed.set(holder.site, (claimed.get(holder.site) ?? new Set()).add(claim.digest))
  }
}
