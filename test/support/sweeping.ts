import { layOut } from '#main/scanner/layout.ts'
import { type SweepContext, type SweepJob, sweep } from '#main/scanner/sweep.ts'
import {
  noOutcomes,
  type Outcomes,
  type PreparedObservation,
  type SweepBatch,
} from '#main/scanner/sweep-batch.ts'
import { prepareObservation, readObservation } from '#main/services/prepare-observation.ts'
import type { Observation } from '#shared/domain/observation.ts'
import type { ScanPlan } from '#shared/domain/plan.ts'
import type { ProbeKind } from '#shared/domain/probe.ts'
import { type RawServer, type RecordedAnswer, serveAnswers } from './raw-server.ts'
import { dialFor } from './scanning.ts'

export const sweepContext: SweepContext = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  hardwareOf: () => null,
  randomPath: () => 'a1b2c3d4e5',
  prepare: seen => Object.assign(prepareObservation(seen), { seen }),
}

/** One worker's job: the whole plan, unless told otherwise. */
export function jobFor(plan: ScanPlan, job: Partial<SweepJob> = {}): SweepJob {
  return {
    plan,
    layout: layOut(plan),
    share: { index: 0, count: 1 },
    watched: new Set(),
    isDone: () => false,
    paused: () => false,
    ...job,
  }
}

/** Everything a sweep told, added up. */
export interface Swept {
  readonly outcomes: Outcomes
  /** By the index of the planned block. */
  readonly byBlock: ReadonlyMap<number, Outcomes>
  readonly observations: readonly Observation[]
  readonly networksDone: readonly number[]
  readonly absences: SweepBatch['absences']
  readonly tarpits: readonly number[]
  readonly requests: number
  readonly requestsByKind: Readonly<Partial<Record<ProbeKind, number>>>
  readonly visited: number
  readonly wasAsleep: boolean
}

export async function total(batches: AsyncIterable<SweepBatch>): Promise<Swept> {
  const all: SweepBatch[] = []
  for await (const batch of batches) all.push(batch)
  const lastOfShare = new Map(all.map(batch => [batch.share, batch]))
  const counted = [
    ...all.flatMap(batch => batch.done.flatMap(network => network.outcomes)),
    ...[...lastOfShare.values()].flatMap(batch => batch.open),
  ]
  const byBlock = new Map<number, Outcomes>()
  for (const [block, counts] of counted)
    byBlock.set(block, addOutcomes(byBlock.get(block) ?? noOutcomes(), counts))
  const requestsByKind: Partial<Record<ProbeKind, number>> = {}
  for (const [kind, count] of all.flatMap(batch => Object.entries(batch.requests))) {
    requestsByKind[kind as ProbeKind] = (requestsByKind[kind as ProbeKind] ?? 0) + count
  }
  return {
    outcomes: [...byBlock.values()].reduce(addOutcomes, noOutcomes()),
    byBlock,
    observations: all.flatMap(batch => batch.observations.map(seenIn)),
    networksDone: all.flatMap(batch => batch.done.map(each => each.network)),
    absences: all.flatMap(batch => batch.absences),
    tarpits: all.flatMap(batch => batch.tarpits),
    requests: Object.values(requestsByKind).reduce((sum, count) => sum + count, 0),
    requestsByKind,
    visited: all.reduce((sum, batch) => sum + batch.visited, 0),
    wasAsleep: all.some(batch => batch.asleep),
  }
}

/** With its probes where it comes from this thread. */
function seenIn(prepared: PreparedObservation & { readonly seen?: Observation }): Observation {
  return prepared.seen ?? readObservation(prepared)
}

function addOutcomes(a: Outcomes, b: Outcomes): Outcomes {
  const sum = { ...a }
  for (const key of Object.keys(sum) as (keyof Outcomes)[]) sum[key] += b[key]
  return sum
}

/** The whole plan by one worker, to its end. */
export function sweepAll(
  plan: ScanPlan,
  job: Partial<SweepJob> = {},
  context: Partial<SweepContext> = {},
): Promise<Swept> {
  const all = { ...sweepContext, ...context }
  const { signal } = new AbortController()
  return total(sweep(jobFor(plan, job), dialFor(plan, all), all, signal))
}

export function jsonAnswer(body: string): RecordedAnswer {
  const type = ['Content-Type', 'application/json; charset=utf-8'] as const
  return { status: 200, statusText: 'OK', headers: [type, ['Content-Length', '']], body }
}

export const notFound: RecordedAnswer = {
  status: 404,
  statusText: 'Not Found',
  headers: [
    ['Content-Type', 'text/plain'],
    ['Content-Length', ''],
  ],
  body: '404 page not found',
}

/** What an Ollama 0.12.6 without models answers. */
export const ollamaAnswers: Readonly<Record<string, RecordedAnswer>> = {
  '/': {
    status: 200,
    statusText: 'OK',
    headers: [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Content-Length', ''],
    ],
    body: 'Ollama is running',
  },
  '/api/version': jsonAnswer('{"version":"0.12.6"}'),
  '/api/tags': jsonAnswer('{"models":[]}'),
  '/api/ps': jsonAnswer('{"models":[]}'),
  '/v1/models': jsonAnswer('{"object":"list","data":null}\n'),
}

export function serveOllama(address: string, port: number): Promise<RawServer> {
  return serveAnswers((_, path) => ollamaAnswers[path] ?? notFound, address, port)
}
