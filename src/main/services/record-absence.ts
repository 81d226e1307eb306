import type { Presence } from '#shared/domain/exposure.ts'
import type { Absence, PreparedObservation, VisitOutcome } from '../scanner/sweep-batch.ts'
import * as endpoints from '../store/endpoints.ts'
import { markStale } from '../store/findings.ts'
import { instanceById } from '../store/instances.ts'
import { lookAgain } from '../store/last-looks.ts'
import { couldNotLook, wasSeenFrom } from '../store/presence.ts'
import { beginSpell } from '../store/spells.ts'
import { refreshInstance } from './instance-summary.ts'
import { shiftPresence } from './record-presence.ts'
import { type Effort, efforts, knownAt, type Recording, type Visit, visitTo } from './recording.ts'

/** What it means for an instance that used to be at a target that now … */
const absent = {
  // Something else answers there, or the port is closed: the host lives, the instance does not listen.
  answered: { presence: 'not-listening', outcome: 'refused' },
  refused: { presence: 'not-listening', outcome: 'refused' },
  silent: { presence: 'gone', outcome: 'silent' },
  unreachable: { presence: 'unreachable', outcome: 'unreachable' },
} as const satisfies Partial<Record<VisitOutcome, { presence: Presence; outcome: string }>>

/** Nothing that belongs in the inventory was seen at the target: what was there before is absent. */
export function recordAbsence(recording: Recording, { target, outcome }: Absence, at: number): Effort {
  let effort: Effort = efforts.again
  const visit = visitTo(recording, target)
  for (const endpoint of expected(recording, knownAt(recording, visit))) {
    // Could not look: nothing is said about what is there.
    if (outcome === 'failed')
      couldNotLook(recording.store, { endpoint: endpoint.id, scan: recording.scan.id })
    else effort += recordGone(recording, visit, endpoint, absent[outcome], at)
  }
  return effort
}

/**
 * Something was seen at a target, but not at every way in that was known there: those of the other scheme are gone, and those
 * below a path where something else answered. The visit holds everything it saw at the target.
 */
export function recordVacancies(
  recording: Recording,
  visit: Visit,
  known: readonly endpoints.KnownEndpoint[],
  together: readonly PreparedObservation[],
): Effort {
  const [first] = together
  if (first === undefined) return 0
  const { scheme, observedAt } = first
  const isSeen = (endpoint: endpoints.KnownEndpoint) =>
    together.some(
      observation => observation.scheme === endpoint.scheme && observation.basePath === endpoint.base_path,
    )
  const unseen = known.filter(endpoint => !isSeen(endpoint))
  if (unseen.length === 0) return 0
  const vacant = new Set(together.flatMap(observation => observation.vacantPaths))
  let effort: Effort = 0
  for (const endpoint of expected(recording, unseen)) {
    if (endpoint.scheme !== scheme || vacant.has(endpoint.base_path))
      effort += recordGone(recording, visit, endpoint, absent.answered, observedAt)
  }
  return effort
}

type Expected = endpoints.KnownEndpoint & { readonly instance_id: number }

/** Absence counts only from where the endpoint was seen before. */
function expected({ store, scan }: Recording, known: readonly endpoints.KnownEndpoint[]): Expected[] {
  const vantage = scan.vantage ?? 0
  return known.filter(
    (each): each is Expected =>
      each.instance_id !== null && wasSeenFrom(store, { endpoint: each.id, vantage }) !== undefined,
  )
}

function recordGone(
  recording: Recording,
  visit: Visit,
  endpoint: Expected,
  meaning: (typeof absent)[keyof typeof absent],
  at: number,
): Effort {
  const { store, scan, ledger, part, seal } = recording
  const { id, instance_id: instance } = endpoint
  if (endpoint.outcome === meaning.outcome) {
    lookAgain(store, { endpoint: id, scan: scan.id, at, seal })
    // How long it has been absent may be judged, though nothing else has changed.
    markStale(store, { instance })
    // As absent as before: nothing that is derived from it changes.
    if (endpoint.presence === meaning.presence) return efforts.again
  } else {
    const begun = { endpoint: id, outcome: meaning.outcome, snapshot: null, scan: scan.id, at, seal }
    beginSpell(store, begun, null, endpoint)
  }
  if (shiftPresence(recording, visit, endpoint, meaning.presence, 0)) {
    if (endpoint.presence === 'present') ledger.counts.missing++
    return efforts.anew
  }
  const before = instanceById(store, { id: instance })?.presence
  endpoints.setPresence(store, { id, presence: meaning.presence })
  const after = refreshInstance(store, instance, part.shared)?.presence
  if (before === 'present' && after !== 'present') ledger.counts.missing++
  return efforts.anew
}
