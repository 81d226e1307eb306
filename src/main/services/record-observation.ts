import { formatPlace, type Observation } from '#shared/domain/observation.ts'
import { isGuardedPathOf } from '../governance/endpoints.ts'
import { stableFacts } from '../governance/reconcile.ts'
import type { PreparedObservation } from '../scanner/sweep-batch.ts'
import * as endpoints from '../store/endpoints.ts'
import { contentDigest } from '../store/keys.ts'
import { confirmLook, seeAgain } from '../store/last-looks.ts'
import { seenFrom } from '../store/presence.ts'
import { keepSnapshot } from '../store/snapshots.ts'
import { beginSpell } from '../store/spells.ts'
import { foundInstance, refreshInstance } from './instance-summary.ts'
import { noteModels } from './note-models.ts'
import { readObservation } from './prepare-observation.ts'
import { recordVacancies } from './record-absence.ts'
import { type Again, besideOf, evidenceOf, seeAlone, seeAmong } from './record-again.ts'
import { type Effort, efforts, knownAt, type Recording, type Visit, visitTo } from './recording.ts'

/** Writes what one visit saw of a target. */
export function recordSeen(recording: Recording, together: readonly PreparedObservation[]): Effort {
  const [first] = together
  if (first === undefined) return 0
  const visit = visitTo(recording, first.target)
  const alone = together.length === 1 ? seeAlone(recording, visit, first) : undefined
  if (alone !== undefined) return noteAgain(recording, visit, first, alone)
  const known = knownAt(recording, visit)
  let effort: Effort = 0
  for (const [at, observation] of together.entries()) {
    // What was written a moment ago is known by now.
    const there = at === 0 ? known : knownAt(recording, visit)
    effort += recordObservation(recording, visit, there, observation)
  }
  // Afterwards: an instance with another way in is not missing for a moment.
  return effort + recordVacancies(recording, visit, known, together)
}

/** Writes what was seen at one endpoint. */
function recordObservation(
  recording: Recording,
  visit: Visit,
  there: readonly endpoints.KnownEndpoint[],
  prepared: PreparedObservation,
): Effort {
  const known = there.find(
    ({ scheme, base_path }) => scheme === prepared.scheme && base_path === prepared.basePath,
  )
  const beside = besideOf(recording, visit, prepared)
  const again = known && seeAmong(recording, visit, known, prepared, beside)
  if (again !== undefined) return noteAgain(recording, visit, prepared, again)
  const seen = readObservation(prepared)
  const id = keepEndpoint(recording, visit, known, seen)
  const { snapshot, isChanged, digest } = recordFacts(recording, id, known, prepared, seen)
  const link = known?.instance_id == null ? linkNew(recording, id, visit, there, seen) : null
  const instance = link?.instance ?? known?.instance_id ?? 0
  confirmLook(recording.store, { endpoint: id, snapshot, digest, beside, instance })
  refreshInstance(recording.store, instance, recording.part.shared)
  count(recording, instance, link?.isNew === true, isChanged)
  noteHolder(recording, visit, id, prepared, () => seen, prepared.digest === null ? null : snapshot)
  return efforts.anew
}

function noteAgain(
  recording: Recording,
  visit: Visit,
  prepared: PreparedObservation,
  { endpoint, snapshot, instance }: Again,
): Effort {
  count(recording, instance, false, false)
  noteHolder(recording, visit, endpoint, prepared, () => readObservation(prepared), snapshot)
  return efforts.again
}

function count(
  { ledger, fresh, changed, seen, company }: Recording,
  instance: number,
  isNew: boolean,
  isChanged: boolean,
): void {
  if (isNew) {
    ledger.counts.new++
    fresh.add(instance)
  } else if (isChanged && !changed.has(instance)) {
    changed.add(instance)
    ledger.counts.changed++
  }
  if (seen.has(instance)) company.instances.add(instance)
  else ledger.counts.seen++
  seen.add(instance)
}

/** What is asked about later, and what may belong together. `snapshot`: what it says, if that is all it shows. */
function noteHolder(
  { holders, company, part }: Recording,
  { block }: Visit,
  endpoint: number,
  { product, target, scheme, basePath, inMemory }: PreparedObservation,
  seen: () => Observation,
  snapshot: number | null,
): void {
  if (product !== 'ollama') return
  const { siteId: site } = block
  company.note({ endpoint, site, address: target.address, inMemory })
  const { claims } = part.shared
  if (snapshot !== null && claims.isAllSaid(endpoint, site, snapshot, seen)) return
  const place = { target, scheme, basePath }
  const { version, models } = seen()
  holders.set(formatPlace(place), { endpoint, site, place, version, models: models ?? [] })
}

/** Writes the endpoint with the volatile part of what was seen. */
function keepEndpoint(
  { store, scan }: Recording,
  { block, addressKey }: Visit,
  known: endpoints.KnownEndpoint | undefined,
  seen: Observation,
): number {
  const volatile = {
    range: block.rangeId,
    vantage: scan.vantage,
    confidence: seen.identity.confidence,
    hostNames: JSON.stringify(seen.hostNames),
    hardwareAddress: seen.hardwareAddress,
  }
  const { target, scheme, basePath } = seen
  const place = { site: block.siteId, addressKey, address: target.address, port: target.port }
  const added = { ...place, scheme, basePath, ...volatile, at: seen.observedAt }
  const id = known?.id ?? endpoints.addEndpoint(store, added).id
  if (known !== undefined) endpoints.seeEndpoint(store, { id, ...volatile })
  if (known?.vantage_id !== scan.vantage) seenFrom(store, { endpoint: id, vantage: scan.vantage ?? 0 })
  return id
}

/** Extends the spell, or begins one where the facts are new. Says whether they differ from the last known ones. */
function recordFacts(
  { store, scan, part, seal }: Recording,
  endpoint: number,
  known: endpoints.KnownEndpoint | undefined,
  prepared: PreparedObservation,
  seen: Observation,
): { readonly snapshot: number; readonly isChanged: boolean; readonly digest: Uint8Array } {
  const last =
    known === undefined
      ? null
      : (known.snapshot_id ?? endpoints.lastSnapshotOf(store, { endpoint })?.snapshot_id ?? null)
  const before = last === null ? null : part.shared.snapshot(last)
  // Where no question failed nothing has to be filled in from before.
  const facts = stableFacts(seen, prepared.digest === null ? before : null)
  const digest = prepared.digest ?? contentDigest(facts)
  const snapshot = keepSnapshot(store, facts, digest)
  part.shared.keep(snapshot, facts)
  const look = { endpoint, scan: scan.id, at: seen.observedAt }
  const evidence = evidenceOf(store, prepared)
  if (known?.outcome === 'answered' && known.snapshot_id === snapshot) {
    seeAgain(store, { ...look, seal, ...evidence })
  } else {
    beginSpell(store, { ...look, outcome: 'answered', snapshot, seal }, evidence, known ?? null)
    noteModels(store, look, before?.models ?? null, facts.models)
  }
  return { snapshot, isChanged: last !== null && last !== snapshot, digest }
}

/** Links an endpoint that is seen for the first time: to the instance whose front it stands behind, or to one of its own. */
function linkNew(
  recording: Recording,
  endpoint: number,
  visit: Visit,
  there: readonly endpoints.KnownEndpoint[],
  seen: Observation,
): { readonly instance: number; readonly isNew: boolean } {
  const { store, scan, part } = recording
  const { block } = visit
  const facts = stableFacts(seen, null)
  const front = frontOf(there, seen)
  if (front?.instance_id != null && isGuardedPathOf(facts, part.shared.snapshot(front.snapshot_id ?? 0))) {
    const link = { instance: front.instance_id, endpoint, at: seen.observedAt, reason: 'behind-front-end' }
    endpoints.linkEndpoint(store, link)
    return { instance: front.instance_id, isNew: false }
  }
  const first = {
    ...seen.target,
    scheme: seen.scheme,
    basePath: seen.basePath,
    presence: 'present' as const,
    confidence: seen.identity.confidence,
    lastSeenAt: seen.observedAt,
    hostNames: seen.hostNames.map(host => host.name),
    facts,
  }
  const instance = foundInstance(store, seen.observedAt, block.siteId, scan.zoneOf(block.rangeId), first)
  endpoints.linkEndpoint(store, { instance, endpoint, at: seen.observedAt, reason: 'first-seen' })
  return { instance, isNew: true }
}

/** The endpoint at the root of the same target, if it answers now. */
function frontOf(there: readonly endpoints.KnownEndpoint[], seen: Observation) {
  if (seen.basePath === '') return undefined
  const front = there.find(({ scheme, base_path }) => scheme === seen.scheme && base_path === '')
  return front?.presence === 'present' && front.snapshot_id !== null ? front : undefined
}
