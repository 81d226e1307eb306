import { formatAddressPort } from '#shared/domain/address.ts'
import type { RunningModel } from '#shared/domain/model.ts'
import { type EndpointPlace, formatPlace } from '#shared/domain/observation.ts'
import type { EnquiryBatch } from '../scanner/enquire.ts'
import type { PreparedObservation, SweepBatch } from '../scanner/sweep-batch.ts'
import { derivingTransaction } from '../store/checkpoints.ts'
import * as endpoints from '../store/endpoints.ts'
import { raiseVersion } from '../store/inventory-rows.ts'
import { newestSeal } from '../store/seals.ts'
import { readSnapshot } from '../store/snapshots.ts'
import type { WritableStore } from '../store/statement.ts'
import { claimsKnownToWriter } from './known-claims.ts'
import { linkEndpoints } from './link-endpoints.ts'
import { recordAbsence } from './record-absence.ts'
import { applyClaims, recordClaims } from './record-claims.ts'
import { recordSeen } from './record-observation.ts'
import type { Effort, RecordedScan, Recording, SeenHolder } from './recording.ts'
import { type Company, createCompany, inMemory } from './scan-company.ts'
import type { ScanLedger } from './scan-ledger.ts'
import { shareReads } from './shared-reads.ts'

/** Writes what a scan sees, batch by batch: after each, what was seen so far is safe whatever happens next. */
export interface ScanRecorder {
  takeSweep(batch: SweepBatch, at: number): void
  /** Call it once the sweep is done: what belongs together can be told only then. */
  linkEndpoints(at: number): void
  takeClaims(batch: EnquiryBatch, at: number): void
  /** Brings everything up to date that the claims say something about. */
  applyClaims(): void
  readonly ledger: ScanLedger
  /** Endpoints of this scan that are genuine Ollama, for asking details: by place. */
  readonly holders: ReadonlyMap<string, SeenHolder>
}

/**
 * So much effort is one transaction, and mostly a batch is: what is new lies all over the indices, and every transaction
 * writes those pages anew (measured at the study's size: 1.8 pages for each observation by 800, 1.3 by 5000).
 */
const perTransaction = 5000

export function createScanRecorder(
  store: WritableStore,
  scan: RecordedScan,
  ledger: ScanLedger,
): ScanRecorder {
  const company = createCompany()
  const recording: Recording = {
    store,
    scan,
    ledger,
    holders: scan.isBegun ? holdersSeen(store, scan.id, company) : new Map(),
    company,
    affected: new Set(),
    seen: scan.isBegun ? instancesSeen(store, scan.id, company) : new Set(),
    changed: new Set(),
    fresh: new Set(),
    seal: newestSeal(store, {})?.id ?? 0,
    part: { shared: shareReads(store), isSeenAgain: false },
  }
  return {
    ledger,
    holders: recording.holders,
    takeSweep(batch, at) {
      ledger.addRequests(batch.requests)
      writeParts(recording, batch, at)
    },
    linkEndpoints(at) {
      linkEndpoints(recording, at)
      derivingTransaction(store, () => ledger.save(at))
    },
    takeClaims(batch, at) {
      ledger.addRequests(batch.requests)
      derivingTransaction(store, () => {
        recordClaims(recording, batch.claims)
        ledger.save(at)
      })
    },
    applyClaims: () => applyClaims(store, recording.affected),
  }
}

/** Holders a scan saw before it was interrupted. */
function holdersSeen(store: WritableStore, scan: number, company: Company): Map<string, SeenHolder> {
  const seen = endpoints.ollamaSeenBy(store, { scan }).map(record => {
    const running: RunningModel[] | null = record.running === null ? null : JSON.parse(record.running)
    const { id: endpoint, site_id: site, address: seenAt } = record
    company.note({ endpoint, site, address: seenAt, inMemory: inMemory(running) })
    const { version, models } = readSnapshot(store, record.snapshot_id ?? 0)
    const { address, port, base_path: basePath } = record
    const scheme = record.scheme as EndpointPlace['scheme']
    const place = { target: { address, port }, scheme, basePath }
    const holder = { endpoint: record.id, site: record.site_id, place, version, models: models ?? [] }
    return [formatPlace(place), holder] as const
  })
  return new Map(seen)
}

function instancesSeen(store: WritableStore, scan: number, company: Company): Set<number> {
  const seen = new Set<number>()
  for (const { instance_id: instance } of endpoints.instancesSeenBy(store, { scan })) {
    if (seen.has(instance)) company.instances.add(instance)
    seen.add(instance)
  }
  return seen
}

/**
 * Coverage goes with the last part: a scan never claims to have seen what is not written yet. A power failure may take the
 * last of it back, all together: the scan is then found where it was before, and goes on from there.
 */
function writeParts(recording: Recording, batch: SweepBatch, at: number): void {
  const work = workOf(recording, batch, at)
  for (let isDone = false; !isDone; ) {
    derivingTransaction(recording.store, () => {
      recording.part.shared = shareReads(recording.store, claimsKnownToWriter(recording.store))
      recording.part.isSeenAgain = false
      isDone = workFor(perTransaction, work)
      if (isDone) recording.ledger.addCoverage(batch)
      recording.ledger.save(at)
      if (recording.part.isSeenAgain && !recording.part.shared.isTold) raiseVersion(recording.store, {})
    })
  }
}

/** Works until the effort is spent. Returns whether nothing is left. */
function workFor(most: Effort, work: Iterator<Effort, void>): boolean {
  for (let effort = 0; effort < most; ) {
    const next = work.next()
    if (next.done) return true
    effort += next.value
  }
  return false
}

function* workOf(recording: Recording, batch: SweepBatch, at: number): Generator<Effort, void, void> {
  for (const together of byTarget(batch.observations)) yield recordSeen(recording, together)
  for (const absence of batch.absences) yield recordAbsence(recording, absence, at)
}

/** What one visit saw at a target comes in one batch. */
function byTarget(observations: readonly PreparedObservation[]): Iterable<PreparedObservation[]> {
  return Map.groupBy(observations, ({ target }) => formatAddressPort(target.address, target.port)).values()
}
