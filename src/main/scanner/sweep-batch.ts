import type { Observation, Target } from '#shared/domain/observation.ts'
import type { ProbeKind, TargetOutcome } from '#shared/domain/probe.ts'
import type { Dial } from './dial.ts'
import type { Identified } from './identify.ts'

/** What a visit to one target came to. */
export type VisitOutcome = Exclude<TargetOutcome, 'notReached'>

/** What happened since the batch before. */
export interface SweepBatch {
  readonly outcomes: Readonly<Record<VisitOutcome, number>>
  readonly requests: Readonly<Partial<Record<ProbeKind, number>>>
  readonly observations: readonly Observation[]
  /** Networks every target of which has been visited. */
  readonly networksDone: readonly number[]
  /** Outcomes at watched targets where no instance was seen: there used to be one. */
  readonly absences: readonly Absence[]
}

export interface Absence {
  readonly target: Target
  /** `answered`: something else answers there now. */
  readonly outcome: VisitOutcome
}

/** Gathers what happens between two batches. */
export interface Batch {
  add(target: Target, outcome: VisitOutcome, seen: Identified, watched: boolean): void
  networkDone(index: number): void
  isEmpty(): boolean
  /** Nobody takes batches away: no more visits until somebody does. */
  isFull(): boolean
  take(): SweepBatch
}

export function createBatch(dial: Dial): Batch {
  const counted = new Map<ProbeKind, number>()
  let outcomes = noOutcomes()
  let observations: Observation[] = []
  let networksDone: number[] = []
  let absences: Absence[] = []
  let visits = 0
  return {
    add(target, outcome, seen, watched) {
      visits++
      outcomes[outcome]++
      if (typeof seen === 'object') observations.push(seen)
      else if (watched) absences.push({ target, outcome })
    },
    networkDone: index => networksDone.push(index),
    isFull: () => observations.length >= 1000,
    isEmpty: () => visits === 0 && networksDone.length === 0,
    take() {
      const requests = requestsSince(dial, counted)
      const taken = { outcomes, requests, observations, networksDone, absences }
      outcomes = noOutcomes()
      observations = []
      networksDone = []
      absences = []
      visits = 0
      return taken
    },
  }
}

function noOutcomes(): Record<VisitOutcome, number> {
  return { answered: 0, refused: 0, silent: 0, unreachable: 0, failed: 0 }
}

/** Requests counted since the last call. */
export function requestsSince(
  dial: Dial,
  counted: Map<ProbeKind, number>,
): Partial<Record<ProbeKind, number>> {
  const since: Partial<Record<ProbeKind, number>> = {}
  for (const [kind, total] of dial.requests) {
    const more = total - (counted.get(kind) ?? 0)
    if (more > 0) since[kind] = more
    counted.set(kind, total)
  }
  return since
}
