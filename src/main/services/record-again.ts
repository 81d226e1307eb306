import type { RunningModel } from '#shared/domain/model.ts'
import type { HostName, Observation } from '#shared/domain/observation.ts'
import * as endpoints from '../store/endpoints.ts'
import { keepProbes, keepSignals } from '../store/evidence.ts'
import { seeInstance } from '../store/instances.ts'
import { seeRowAgain, seeRowHere } from '../store/inventory-rows.ts'
import { shiftPresence } from './record-presence.ts'
import { beginSpell, type Recording, type Visit } from './recording.ts'

/**
 * Whether an endpoint shows what it showed when it was last seen: all that is derived from it stays as it is, but for when
 * that was. It is what nearly every observation of a daily scan says. `digest`: of its stable facts.
 */
export function isSeenAgain(
  recording: Recording,
  visit: Visit,
  known: endpoints.KnownEndpoint,
  seen: Observation,
  digest: Buffer,
): boolean {
  return (
    known.outcome === 'answered' &&
    known.presence === 'present' &&
    known.digest !== null &&
    digest.equals(known.digest) &&
    isSameBeside(recording, visit, known, seen)
  )
}

/** Whether everything beside the stable facts is as it was, as far as anything is derived from it. */
function isSameBeside(
  { scan }: Recording,
  { block }: Visit,
  known: endpoints.KnownEndpoint,
  seen: Observation,
): boolean {
  return (
    known.instance_id !== null &&
    known.vantage_id === scan.vantage &&
    known.range_id === block.rangeId &&
    known.confidence === seen.identity.confidence &&
    known.hardware_address === seen.hardwareAddress &&
    // A clock that was set back: what was seen last is looked at anew.
    known.last_seen_at <= seen.observedAt &&
    isSameHosts(known.host_names, seen.hostNames) &&
    isSameRunning(known.running, seen.running)
  )
}

/** Where it was absent, shows again what it showed before, and nothing else comes of it, that is written: the snapshot it shows. */
export function seeReturned(
  recording: Recording,
  visit: Visit,
  known: endpoints.KnownEndpoint,
  seen: Observation,
  digest: Buffer,
): number | null {
  const { id, instance_id } = known
  if (known.snapshot_id !== null || instance_id === null) return null
  if (!isSameBeside(recording, visit, known, seen)) return null
  const { store, scan } = recording
  const at = seen.observedAt
  const last = endpoints.lastSnapshotOf(store, { endpoint: id })
  if (last?.snapshot_id == null || !digest.equals(last.digest)) return null
  if (!shiftPresence(recording, { id, instance_id }, 'present', at)) return null
  writeVolatile(recording, id, seen)
  beginSpell(store, { endpoint: id, outcome: 'answered', snapshot: last.snapshot_id, scan: scan.id, at })
  return last.snapshot_id
}

function isSameHosts(known: string, seen: readonly HostName[]): boolean {
  return seen.length === 0 ? known === '[]' : known === JSON.stringify(seen)
}

/** A list shows the names of what is in memory; for how long it stays there is new each time. */
function isSameRunning(known: string | null, seen: readonly RunningModel[] | null): boolean {
  if (known === null || seen === null) return known === seen
  if (known === '[]' || seen.length === 0) return known === '[]' && seen.length === 0
  const before = JSON.parse(known) as readonly RunningModel[]
  return before.length === seen.length && before.every((model, at) => model.name === seen[at]?.name)
}

/** Writes that it was seen once more. */
export function seeAgain(
  recording: Recording,
  { block, addressKey }: Visit,
  known: endpoints.KnownEndpoint,
  seen: Observation,
): void {
  const { store, scan, part } = recording
  const { id, spell_id: spell, instance_id: instance } = known
  const at = seen.observedAt
  writeVolatile(recording, id, seen)
  endpoints.extendSpell(store, { id: spell ?? 0, scan: scan.id, at })
  seeInstance(store, { id: instance ?? 0, at })
  const row = { id: instance ?? 0, site: block.siteId, addressKey, port: seen.target.port, at }
  // Named after another of its ways in.
  if (seeRowHere(store, row).count === 0) seeRowAgain(store, row)
  part.isSeenAgain = true
}

function writeVolatile({ store }: Recording, id: number, seen: Observation): void {
  const { running } = seen
  endpoints.seeAgain(store, {
    id,
    at: seen.observedAt,
    signals: keepSignals(store, seen.identity.signals),
    probes: keepProbes(store, seen.probes),
    running: running === null ? null : running.length === 0 ? '[]' : JSON.stringify(running),
  })
}
