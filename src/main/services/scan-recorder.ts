import { parseAddress } from '#shared/domain/address.ts'
import type { Presence } from '#shared/domain/exposure.ts'
import {
  type Claim,
  type EndpointPlace,
  formatPlace,
  type ListedModel,
  type Observation,
  type Target,
} from '#shared/domain/observation.ts'
import type { PlannedBlock } from '#shared/domain/plan.ts'
import { stableFacts } from '../governance/reconcile.ts'
import type { EnquiryBatch } from '../scanner/enquire.ts'
import type { Layout } from '../scanner/layout.ts'
import type { Absence, SweepBatch, VisitOutcome } from '../scanner/sweep-batch.ts'
import { instancesHolding, keepClaim } from '../store/claims.ts'
import * as endpoints from '../store/endpoints.ts'
import { addressKeyOf } from '../store/keys.ts'
import { keepSnapshot, readSnapshot } from '../store/snapshots.ts'
import { transaction, type WritableStore } from '../store/statement.ts'
import { foundInstance, refreshInstance } from './instance-summary.ts'
import type { ScanLedger } from './scan-ledger.ts'

/** Writes what a scan sees, batch by batch: after each, what was seen so far is safe whatever happens next. */
export interface ScanRecorder {
  takeSweep(batch: SweepBatch, at: number): void
  takeClaims(batch: EnquiryBatch, at: number): void
  /** Brings everything up to date that the claims say something about. */
  applyClaims(): void
  readonly ledger: ScanLedger
  /** Endpoints of this scan that are genuine Ollama, for asking details: by place. */
  readonly holders: ReadonlyMap<string, SeenHolder>
}

export interface SeenHolder {
  readonly endpoint: number
  readonly site: number
  readonly place: EndpointPlace
  readonly version: string | null
  readonly models: readonly ListedModel[]
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
  readonly ledger: ScanLedger
  readonly holders: Map<string, SeenHolder>
  /** Digests something new was said about, by site. */
  readonly claimed: Map<number, Set<string>>
}

export function createScanRecorder(
  store: WritableStore,
  scan: RecordedScan,
  ledger: ScanLedger,
): ScanRecorder {
  const recording: Recording = {
    store,
    scan,
    ledger,
    holders: holdersSeen(store, scan.id),
    claimed: new Map(),
  }
  return {
    ledger,
    holders: recording.holders,
    takeSweep(batch, at) {
      ledger.addRequests(batch.requests)
      writeParts(recording, batch, at)
    },
    takeClaims(batch, at) {
      ledger.addRequests(batch.requests)
      transaction(store, () => {
        recordClaims(recording, batch.claims)
        ledger.save(at)
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

/** Holders a scan saw before it was interrupted. */
function holdersSeen(store: WritableStore, scan: number): Map<string, SeenHolder> {
  const seen = endpoints.ollamaSeenBy(store, { scan }).map(record => {
    const { version, models } = readSnapshot(store, record.snapshot_id ?? 0)
    const { address, port, base_path: basePath } = record
    const scheme = record.scheme as EndpointPlace['scheme']
    const place = { target: { address, port }, scheme, basePath }
    const holder = { endpoint: record.id, site: record.site_id, place, version, models: models ?? [] }
    return [formatPlace(place), holder] as const
  })
  return new Map(seen)
}

/** Coverage goes with the last part: a scan never claims to have seen what is not written yet. */
function writeParts(recording: Recording, batch: SweepBatch, at: number): void {
  const parts = chunk(batch.observations, perTransaction)
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1
    transaction(recording.store, () => {
      for (const observation of part) recordObservation(recording, observation)
      for (const absence of isLast ? batch.absences : []) recordAbsence(recording, absence, at)
      if (isLast) recording.ledger.addCoverage(batch)
      recording.ledger.save(at)
    })
  }
}

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
  const { store, scan, ledger } = recording
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

  // Resumed, a scan sees some endpoints again: each counts once.
  if (known?.last_scan_id !== scan.id) ledger.counts.seen++
  if (known === undefined) ledger.counts.new++
  else if (changed) ledger.counts.changed++
  if (seen.identity.product === 'ollama') {
    const { target, scheme, basePath, version, models } = seen
    const place = { target, scheme, basePath }
    const holder = { endpoint: id, site: block.siteId, place, version, models: models ?? [] }
    recording.holders.set(formatPlace(place), holder)
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
  const { store, scan, ledger } = recording
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
    if (endpoint.presence === 'present') ledger.counts.missing++
    endpoints.setPresence(store, { id: endpoint.id, presence: meaning.presence })
    refreshInstance(store, endpoint.instance_id)
  }
}

function recordClaims({ store, scan, holders, claimed }: Recording, claims: readonly Claim[]): void {
  for (const claim of claims) {
    const holder = holders.get(formatPlace(claim.place))
    if (holder === undefined) throw new Error(`a claim from ${formatPlace(claim.place)}, which was not asked`)
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
