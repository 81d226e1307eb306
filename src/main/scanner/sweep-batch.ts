import type { Instant } from '#shared/domain/instant.ts'
import type { EndpointPlace, Target } from '#shared/domain/observation.ts'
import type { SentKind, TargetOutcome } from '#shared/domain/probe.ts'
import type { Product } from '#shared/domain/product.ts'
import type { Dial } from './dial.ts'

/** What a visit to one target came to. */
export type VisitOutcome = Exclude<TargetOutcome, 'notReached'>
export type Outcomes = Record<VisitOutcome, number>
/** Outcomes by the index of the planned block. */
export type BlockOutcomes = readonly (readonly [number, Readonly<Outcomes>])[]

/** What happened since the batch before. */
export interface SweepBatch {
  /** Whose: the index of the worker's share. */
  readonly share: number
  /** Targets looked at for the first time, and how many of them answered. */
  readonly visited: number
  readonly answered: number
  /** Everything that is left waits for a window to open. */
  readonly asleep: boolean
  readonly requests: Readonly<Partial<Record<SentKind, number>>>
  readonly observations: readonly PreparedObservation[]
  /** Networks every target of which has its outcome. */
  readonly done: readonly { readonly network: number; readonly outcomes: BlockOutcomes }[]
  /** What is known so far of the networks that are not done: all of it, not only what is new. */
  readonly open: BlockOutcomes
  /** Outcomes at watched targets where no instance was seen: there used to be one. */
  readonly absences: readonly Absence[]
  /** Networks in which everything answers, and the same: nobody lives there. */
  readonly tarpits: readonly number[]
}

/**
 * An observation as the thread that swept hands it on: what is needed of one that says what was said before, made ready; and
 * the whole of it as text, which is read only where it says something new. Taken along as it was, it would cost whoever
 * records as much again to receive it (measured: 26 µs instead of 5).
 */
export interface PreparedObservation extends EndpointPlace {
  readonly observedAt: Instant
  readonly product: Product
  /**
   * Of the facts it stands for by itself, as their snapshot has it: equal digests are equal facts. null: a question failed,
   * and what it would have told has to be filled in from before.
   */
  readonly digest: Uint8Array | null
  /** Everything in it that anything is derived from, beside its stable facts, as text. */
  readonly beside: string
  /** What was in memory, and until when, as text; null: nothing, or unknown. */
  readonly inMemory: string | null
  readonly evidence: PackedEvidence
  readonly vacantPaths: readonly string[]
  /** The observation as JSON, without its probes where none of them failed: these are in the evidence. */
  readonly text: string
}

/** What an observation says of itself, as it is kept. */
export interface PackedEvidence {
  readonly signals: string
  /** `form`: what was asked and how it ended; `figures`: sizes, durations and what was drawn at random. */
  readonly probes: { readonly form: string; readonly figures: Uint8Array }
  readonly running: string | null
}

export interface Absence {
  readonly target: Target
  /** `answered`: something else answers there now. */
  readonly outcome: VisitOutcome
}

export function noOutcomes(): Outcomes {
  return { answered: 0, refused: 0, silent: 0, unreachable: 0, failed: 0 }
}

/** Sums outcomes by block over several visits. */
export function sumOutcomes(all: Iterable<ReadonlyMap<number, Outcomes>>): BlockOutcomes {
  const sum = new Map<number, Outcomes>()
  for (const outcomes of all) {
    for (const [block, counts] of outcomes) {
      const total = sum.get(block) ?? noOutcomes()
      for (const key of Object.keys(total) as VisitOutcome[]) total[key] += counts[key]
      sum.set(block, total)
    }
  }
  return [...sum]
}

/** Requests counted since the last call. */
export function requestsSince(dial: Dial, counted: Map<SentKind, number>): Partial<Record<SentKind, number>> {
  const since: Partial<Record<SentKind, number>> = {}
  for (const [kind, total] of dial.requests) {
    const more = total - (counted.get(kind) ?? 0)
    if (more > 0) since[kind] = more
    counted.set(kind, total)
  }
  return since
}
