import type { PreparedObservation } from '../scanner/sweep-batch.ts'
import type { KnownEndpoint } from '../store/endpoints.ts'
import { keepProbes, keepSignals } from '../store/evidence.ts'
import { seeRowAgain, seeRowHere } from '../store/inventory-rows.ts'
import { type Evidence, seeAgain, seeTheSame } from '../store/last-looks.ts'
import { beginSpell } from '../store/spells.ts'
import type { WritableStore } from '../store/statement.ts'
import { shiftPresence } from './record-presence.ts'
import type { Recording, Visit } from './recording.ts'

/** A way in that shows what it showed: all that is derived from it stays as it is, but for when it was seen. */
export interface Again {
  readonly endpoint: number
  readonly snapshot: number
  readonly instance: number
}

/** Everything beside its stable facts that anything is derived from, as text. */
export function besideOf({ scan }: Recording, { block }: Visit, seen: PreparedObservation): string {
  return `${scan.vantage} ${block.rangeId} ${seen.beside}`
}

/** Where it shows what it showed, and nothing else comes of that, that is written; undefined: there is more to it. */
export function seeAmong(
  recording: Recording,
  visit: Visit,
  known: KnownEndpoint,
  seen: PreparedObservation,
  beside: string,
): Again | undefined {
  const { id: endpoint, shown_snapshot_id: snapshot, instance_id: instance } = known
  if (snapshot === null || instance === null || !isSame(known, seen, beside)) return undefined
  const again = { endpoint, snapshot, instance }
  if (known.presence === 'present') seeOnceMore(recording, visit, again, seen)
  else if (known.snapshot_id !== null || !seeReturned(recording, visit, known, again, seen)) return undefined
  return again
}

function isSame(known: KnownEndpoint, { digest, observedAt }: PreparedObservation, beside: string): boolean {
  return (
    digest !== null &&
    known.digest !== null &&
    known.beside === beside &&
    Buffer.compare(known.digest, digest) === 0 &&
    // A clock that was set back: what was seen last is looked at anew.
    known.seen_at <= observedAt
  )
}

/** Writes that it was seen once more. */
function seeOnceMore(
  recording: Recording,
  visit: Visit,
  { endpoint, instance }: Again,
  seen: PreparedObservation,
): void {
  const { store, scan, seal } = recording
  const at = seen.observedAt
  seeAgain(store, { endpoint, scan: scan.id, at, seal, ...evidenceOf(store, seen) })
  seeRow(recording, visit, instance, at)
}

/** The same where it is the only way in that is known at its target. */
export function seeAlone(recording: Recording, visit: Visit, seen: PreparedObservation): Again | undefined {
  const { digest, observedAt: at, scheme, basePath } = seen
  if (digest === null) return undefined
  const { store, scan, seal } = recording
  const { block, addressKey, target } = visit
  const found = seeTheSame(store, {
    ...{ site: block.siteId, addressKey, port: target.port, scheme, basePath },
    ...{ scan: scan.id, at, seal, digest, beside: besideOf(recording, visit, seen) },
    ...evidenceOf(store, seen),
  })
  if (found === undefined) return undefined
  const { endpoint_id: endpoint, snapshot_id: snapshot, instance_id: instance } = found
  if (snapshot === null || instance === null) throw new Error(`endpoint ${endpoint} shows nothing of anybody`)
  seeRow(recording, visit, instance, at)
  return { endpoint, snapshot, instance }
}

function seeRow({ store, part }: Recording, visit: Visit, instance: number, at: number): void {
  const { block, addressKey, target } = visit
  const row = { id: instance, site: block.siteId, addressKey, port: target.port, at }
  // Named after another of its ways in.
  if (seeRowHere(store, row).count === 0) seeRowAgain(store, row)
  part.isSeenAgain = true
}

/** Where it was absent, and nothing else comes of its being back, that is written; false: there is more to it. */
function seeReturned(
  recording: Recording,
  visit: Visit,
  known: KnownEndpoint,
  { endpoint, snapshot, instance }: Again,
  seen: PreparedObservation,
): boolean {
  const at = seen.observedAt
  if (!shiftPresence(recording, visit, { id: endpoint, instance_id: instance }, 'present', at)) return false
  const { store, scan, seal } = recording
  const begun = { endpoint, outcome: 'answered', snapshot, scan: scan.id, at, seal }
  beginSpell(store, begun, evidenceOf(store, seen), known)
  return true
}

export function evidenceOf(store: WritableStore, { evidence }: PreparedObservation): Evidence {
  const { signals, probes, running } = evidence
  return { signals: keepSignals(store, signals), probes: keepProbes(store, probes), running }
}
