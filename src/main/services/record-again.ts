import type { RunningModel } from '#shared/domain/model.ts'
import type { Observation } from '#shared/domain/observation.ts'
import type { DigestedObservation } from '../scanner/sweep-batch.ts'
import { keepProbes, keepSignals } from '../store/evidence.ts'
import { seeRowAgain, seeRowHere } from '../store/inventory-rows.ts'
import {
  type Evidence,
  keepEvidence,
  type LookTuple,
  looksAt,
  type Place,
  seeAgain,
  seeTheSame,
} from '../store/last-looks.ts'
import { beginSpell } from '../store/spells.ts'
import type { WritableStore } from '../store/statement.ts'
import { shiftPresence } from './record-presence.ts'
import type { Recording, Visit } from './recording.ts'

/** What was last seen at one way in. */
export interface LastLook {
  readonly endpoint: number
  readonly scheme: string
  readonly basePath: string
  readonly scan: number
  readonly seenAt: number
  readonly isPresent: boolean
  readonly snapshot: number | null
  readonly digest: Buffer | null
  readonly beside: string | null
  readonly instance: number | null
}

/** The last look at every way in that is known at a target. */
export function lastLooks({ store }: Recording, { block, addressKey, target }: Visit): LastLook[] {
  return looksAt(store, { site: block.siteId, addressKey, port: target.port }).map(lookOf)
}

function lookOf(tuple: LookTuple): LastLook {
  const [endpoint, scheme, basePath, scan, seenAt, isPresent, snapshot, digest, beside, instance] = tuple
  const shown = { snapshot, digest, beside, instance }
  return { endpoint, scheme, basePath, scan, seenAt, isPresent: isPresent === 1, ...shown }
}

/**
 * Everything beside its stable facts that anything is derived from, as text. A list shows the names of what is in memory; for
 * how long it stays there is new each time.
 */
export function besideOf({ scan }: Recording, { block }: Visit, seen: Observation): string {
  const hosts = seen.hostNames.length === 0 ? '' : JSON.stringify(seen.hostNames)
  return `${scan.vantage} ${block.rangeId} ${seen.identity.confidence} ${seen.hardwareAddress} ${namesOf(seen.running)} ${hosts}`
}

function namesOf(running: readonly RunningModel[] | null): string {
  if (running === null) return '?'
  return running.length === 0 ? '' : JSON.stringify(running.map(model => model.name))
}

/** An endpoint that shows what it showed: all that is derived from it stays as it is, but for when it was seen. */
export interface Again extends LastLook {
  readonly snapshot: number
  readonly instance: number
}

/** It is what nearly every observation of a daily scan says. `digest`: of its stable facts. */
export function showsTheSame(
  look: LastLook | undefined,
  seen: Observation,
  digest: Uint8Array,
  beside: string,
): look is Again {
  return (
    look?.digest?.equals(digest) === true &&
    look.beside === beside &&
    look.instance !== null &&
    look.snapshot !== null &&
    // A clock that was set back: what was seen last is looked at anew.
    look.seenAt <= seen.observedAt
  )
}

/** Writes that it was seen once more. */
export function seeOnceMore(
  recording: Recording,
  visit: Visit,
  { endpoint, instance }: Again,
  seen: Observation,
): void {
  const { store, scan, seal } = recording
  const look = { endpoint, scan: scan.id, at: seen.observedAt, seal }
  seeAgain(store, { ...look, ...placeOf(visit, seen), ...evidenceOf(store, seen) })
  seeRow(recording, visit, instance, seen.observedAt)
}

/** Where it is the only way in at its target and shows what it showed, that is written: whose it is; undefined: there is more to it. */
export function seeAlone(recording: Recording, visit: Visit, seen: DigestedObservation): Seen | undefined {
  const { digest, observedAt: at } = seen
  if (digest === null) return undefined
  const { store, scan, seal } = recording
  const found = seeTheSame(store, {
    ...{ scan: scan.id, at, seal, digest, beside: besideOf(recording, visit, seen) },
    ...placeOf(visit, seen),
    ...evidenceOf(store, seen),
  })
  if (found === undefined) return undefined
  const { endpoint_id: endpoint, snapshot_id: snapshot, instance_id: instance } = found
  if (snapshot === null || instance === null) throw new Error(`endpoint ${endpoint} shows nothing of anybody`)
  seeRow(recording, visit, instance, at)
  return { endpoint, snapshot, instance }
}
type Seen = Pick<Again, 'endpoint' | 'snapshot' | 'instance'>

function seeRow({ store, part }: Recording, visit: Visit, instance: number, at: number): void {
  const { block, addressKey, target } = visit
  const row = { id: instance, site: block.siteId, addressKey, port: target.port, at }
  // Named after another of its ways in.
  if (seeRowHere(store, row).count === 0) seeRowAgain(store, row)
  part.isSeenAgain = true
}

/** Where it was absent, and nothing else comes of its being back, that is written; false: there is more to it. */
export function seeReturned(recording: Recording, visit: Visit, look: Again, seen: Observation): boolean {
  const { endpoint, instance, snapshot } = look
  const known = visit.known().find(({ id }) => id === endpoint)
  if (known === undefined || known.snapshot_id !== null) return false
  const at = seen.observedAt
  if (!shiftPresence(recording, { id: endpoint, instance_id: instance }, 'present', at)) return false
  const { store, scan, seal } = recording
  beginSpell(store, { endpoint, outcome: 'answered', snapshot, scan: scan.id, at, seal })
  keepEvidence(store, { endpoint, at, ...evidenceOf(store, seen) })
  return true
}

export function placeOf({ block, addressKey, target }: Visit, { scheme, basePath }: Observation): Place {
  return { site: block.siteId, addressKey, port: target.port, scheme, basePath }
}

export function evidenceOf(store: WritableStore, { identity, probes, running }: Observation): Evidence {
  return {
    signals: keepSignals(store, identity.signals),
    probes: keepProbes(store, probes),
    running: running === null ? null : running.length === 0 ? '[]' : JSON.stringify(running),
  }
}
