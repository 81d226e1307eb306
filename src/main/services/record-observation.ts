import { formatPlace, type Observation } from '#shared/domain/observation.ts'
import type { PlannedBlock } from '#shared/domain/plan.ts'
import { isGuardedPathOf } from '../governance/endpoints.ts'
import { stableFacts } from '../governance/reconcile.ts'
import * as endpoints from '../store/endpoints.ts'
import { addressKeyOf } from '../store/keys.ts'
import { seenFrom } from '../store/presence.ts'
import { keepSnapshot, readSnapshot } from '../store/snapshots.ts'
import { foundInstance, refreshInstance } from './instance-summary.ts'
import { noteModels } from './note-models.ts'
import { beginSpell, blockFor, type Recording } from './recording.ts'

/** Writes what was seen at one endpoint. */
export function recordObservation(recording: Recording, seen: Observation): void {
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
    hardwareAddress: seen.hardwareAddress,
  }
  const known = endpoints.endpointByPlace(store, place)
  const id =
    known?.id ?? endpoints.addEndpoint(store, { ...place, address: seen.target.address, ...volatile }).id
  if (known !== undefined) endpoints.seeEndpoint(store, { id, ...volatile })
  if (known?.vantage_id !== scan.vantage) seenFrom(store, { endpoint: id, vantage: scan.vantage ?? 0 })

  const changed = recordFacts(recording, id, known, seen)
  const link = known?.instance_id == null ? linkNew(recording, id, block, seen) : null
  const instance = link?.instance ?? known?.instance_id ?? 0
  refreshInstance(store, instance)
  if (link?.isNew) {
    ledger.counts.new++
    recording.fresh.add(instance)
  } else if (changed && !recording.changed.has(instance)) {
    recording.changed.add(instance)
    ledger.counts.changed++
  }
  if (!recording.seen.has(instance)) ledger.counts.seen++
  recording.seen.add(instance)
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
  const facts = stableFacts(seen, before)
  const snapshot = keepSnapshot(store, facts)
  const isSame = known?.outcome === 'answered' && known.snapshot_id === snapshot
  if (isSame && known.spell_id !== null) {
    endpoints.extendSpell(store, { id: known.spell_id, scan: scan.id, at: seen.observedAt })
  } else {
    beginSpell(store, { endpoint, outcome: 'answered', snapshot, scan: scan.id, at: seen.observedAt })
    noteModels(store, { endpoint, scan: scan.id, at: seen.observedAt }, before?.models ?? null, facts.models)
  }
  return last != null && last !== snapshot
}

/** Links an endpoint that is seen for the first time: to the instance whose front it stands behind, or to one of its own. */
function linkNew(
  { store, scan }: Recording,
  endpoint: number,
  block: PlannedBlock,
  seen: Observation,
): { readonly instance: number; readonly isNew: boolean } {
  const facts = stableFacts(seen, null)
  const front = frontOf(store, block, seen)
  if (front?.instance_id != null && isGuardedPathOf(facts, readSnapshot(store, front.snapshot_id ?? 0))) {
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
function frontOf(store: Recording['store'], block: PlannedBlock, seen: Observation) {
  if (seen.basePath === '') return undefined
  const front = endpoints.endpointByPlace(store, {
    site: block.siteId,
    addressKey: addressKeyOf(seen.target.address),
    port: seen.target.port,
    scheme: seen.scheme,
    basePath: '',
  })
  return front?.presence === 'present' && front.snapshot_id !== null ? front : undefined
}
