import type { Presence } from '#shared/domain/exposure.ts'
import { formatPlace, type Observation, type Target } from '#shared/domain/observation.ts'
import type { Absence, VisitOutcome } from '../scanner/sweep-batch.ts'
import * as endpoints from '../store/endpoints.ts'
import { instanceById } from '../store/instances.ts'
import { addressKeyOf } from '../store/keys.ts'
import { couldNotLook, wasSeenFrom } from '../store/presence.ts'
import { refreshInstance } from './instance-summary.ts'
import { beginSpell, blockFor, type Recording } from './recording.ts'

/** What it means for an instance that used to be at a target that now … */
const absent = {
  // Something else answers there, or the port is closed: the host lives, the instance does not listen.
  answered: { presence: 'not-listening', outcome: 'refused' },
  refused: { presence: 'not-listening', outcome: 'refused' },
  silent: { presence: 'gone', outcome: 'silent' },
  unreachable: { presence: 'unreachable', outcome: 'unreachable' },
} as const satisfies Partial<Record<VisitOutcome, { presence: Presence; outcome: string }>>

/** Nothing that belongs in the inventory was seen at the target: what was there before is absent. */
export function recordAbsence(recording: Recording, { target, outcome }: Absence, at: number): void {
  for (const endpoint of known(recording, target)) {
    // Could not look: nothing is said about what is there.
    if (outcome === 'failed')
      couldNotLook(recording.store, { endpoint: endpoint.id, scan: recording.scan.id })
    else recordGone(recording, endpoint, absent[outcome], at)
  }
}

/**
 * Something was seen at a target, but not at every way in that was known there: those of the other scheme are gone, and those
 * below a path where something else answered. `together` is everything one visit saw at the target.
 */
export function recordVacancies(recording: Recording, together: readonly Observation[]): void {
  const [first] = together
  if (first === undefined) return
  const { target, scheme, observedAt } = first
  const seen = new Set(together.map(formatPlace))
  const vacant = new Set(together.flatMap(observation => observation.vacantPaths))
  for (const endpoint of known(recording, target)) {
    const place = { target, scheme: endpoint.scheme as Observation['scheme'], basePath: endpoint.base_path }
    const isVacant = endpoint.scheme !== scheme || vacant.has(endpoint.base_path)
    if (isVacant && !seen.has(formatPlace(place)))
      recordGone(recording, endpoint, absent.answered, observedAt)
  }
}

type Known = ReturnType<typeof endpoints.endpointsAt>[number]

function known(recording: Recording, target: Target): readonly Known[] {
  const { store, scan } = recording
  const place = {
    site: blockFor(recording, target).siteId,
    addressKey: addressKeyOf(target.address),
    port: target.port,
  }
  // Absence counts only from where the endpoint was seen before.
  const vantage = scan.vantage ?? 0
  return endpoints.endpointsAt(store, place).filter(({ id }) => wasSeenFrom(store, { endpoint: id, vantage }))
}

function recordGone(
  { store, scan, ledger }: Recording,
  endpoint: Known,
  meaning: (typeof absent)[keyof typeof absent],
  at: number,
): void {
  const { id, spell_id: spell, instance_id: instance } = endpoint
  if (endpoint.outcome === meaning.outcome && spell !== null) {
    endpoints.extendSpell(store, { id: spell, scan: scan.id, at })
  } else {
    beginSpell(store, { endpoint: id, outcome: meaning.outcome, snapshot: null, scan: scan.id, at })
  }
  const before = instanceById(store, { id: instance })?.presence
  endpoints.setPresence(store, { id, presence: meaning.presence })
  refreshInstance(store, instance)
  const isLost = before === 'present' && instanceById(store, { id: instance })?.presence !== 'present'
  if (isLost) ledger.counts.missing++
}
