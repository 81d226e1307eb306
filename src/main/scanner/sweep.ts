import { formatAddressPort } from '#shared/domain/address.ts'
import type { Observation } from '#shared/domain/observation.ts'
import type { ScanPlan } from '#shared/domain/plan.ts'
import type { SentKind } from '#shared/domain/probe.ts'
import { type Concurrency, createConcurrency } from './concurrency.ts'
import type { Dial, Line, Opened } from './dial.ts'
import { askFirstPage } from './first-page.ts'
import { type Identified, type IdentifyContext, identify } from './identify.ts'
import type { Layout } from './layout.ts'
import { nameHost } from './name-host.ts'
import type { NetworkVisit, NumberedTarget } from './network-visit.ts'
import { createOverlooking, type Overlooking } from './overlooking.ts'
import { createPace, type Pace } from './pace.ts'
import { chooseTimeout, createRoundTrips, type RoundTrips } from './round-trips.ts'
import {
  type Absence,
  type PreparedObservation,
  requestsSince,
  type SweepBatch,
  sumOutcomes,
} from './sweep-batch.ts'
import { createSweepQueue, type SweepQueue } from './sweep-queue.ts'
import { createTarpitWatch, type Place, type TarpitWatch } from './tarpit.ts'
import { createTurns, type Turns } from './turns.ts'
import { createWaiting, type Waiting } from './waiting.ts'

export interface SweepJob {
  readonly plan: ScanPlan
  readonly layout: Layout
  /** Which networks are this worker's: every count-th one, from index on. */
  readonly share: { readonly index: number; readonly count: number }
  /** `address:port` of endpoints known from earlier scans. */
  readonly watched: ReadonlySet<string>
  /** Networks done before this scan was interrupted. */
  readonly isDone: (network: number) => boolean
  readonly paused: () => boolean
}

export interface SweepContext extends IdentifyContext {
  /** From this machine's neighbour table; null: it has none for the address. */
  readonly hardwareOf: (address: string) => string | null
  readonly monotonic: () => number
  /** Of the facts an observation stands for by itself; null: it does not. Done here, whoever writes it down need not. */
  readonly prepare: (seen: Observation) => PreparedObservation
}

/** Conversations at a time: each may hold an answer of several megabytes. */
const conversations = 64
/** Observations nobody has taken away yet: no more visits until somebody does. */
const mostKept = 1000
const batchMs = 200
/** Visits begun in one go; then what has come in gets its turn, or memory fills with connections that are long over. */
const burst = 64

/**
 * Visits every target of the job's share, in an order that spreads load over networks, and tells what it saw in batches.
 * Ends early, within a second, when the signal aborts; what was begun then is not reached.
 */
export async function* sweep(
  job: SweepJob,
  dial: Dial,
  context: SweepContext,
  signal: AbortSignal,
): AsyncGenerator<SweepBatch, void, void> {
  const run = createRun(job, dial, context, signal)
  let pumped = false
  const pumping = pump(run).finally(() => {
    pumped = true
  })
  while (!pumped) {
    await Promise.race([run.waiting.ticked(batchMs), pumping])
    if (!pumped && (run.changed || run.asleep !== run.queue.isAsleep())) yield take(run)
  }
  await pumping
  yield take(run)
}

interface Run {
  readonly job: SweepJob
  readonly dial: Dial
  readonly context: SweepContext
  readonly waiting: Waiting
  readonly signal: AbortSignal
  readonly pace: Pace
  readonly roundTrips: RoundTrips
  readonly concurrency: Concurrency
  readonly overlooking: Overlooking
  readonly tarpits: TarpitWatch
  readonly talks: Turns
  readonly queue: SweepQueue
  connecting: number
  talking: number
  /** Since the last batch. */
  changed: boolean
  /** As told last. */
  asleep: boolean
  visited: number
  answered: number
  observations: Observation[]
  readonly keep: (seen: readonly Observation[]) => void
  done: SweepBatch['done'][number][]
  absences: Absence[]
  readonly counted: Map<SentKind, number>
}

function createRun(job: SweepJob, dial: Dial, context: SweepContext, signal: AbortSignal): Run {
  const { plan, share } = job
  const run: Run = {
    keep: seen => run.observations.push(...seen),
    ...{ job, dial, context, signal },
    waiting: createWaiting(signal),
    pace: createPace(plan.rate / share.count),
    roundTrips: createRoundTrips(32),
    concurrency: createConcurrency(Math.max(1, Math.floor(plan.concurrency / share.count))),
    overlooking: createOverlooking(),
    tarpits: createTarpitWatch(),
    talks: createTurns(conversations),
    queue: createSweepQueue({ ...job, now: context.now }),
    ...{ connecting: 0, talking: 0 },
    ...{
      changed: false,
      asleep: false,
      visited: 0,
      answered: 0,
      observations: [],
      done: [],
      absences: [],
      counted: new Map(),
    },
  }
  return run
}

/** Begins visits as fast as every ceiling allows, until all are begun; then waits for the last to end. */
async function pump(run: Run): Promise<void> {
  const { job, waiting, signal, queue } = run
  for (let begun = 1; !signal.aborted && !queue.isEmpty(); begun++) {
    if (queue.isAsleep() && !job.plan.waits) break
    const isHeld = job.paused() || isFull(run)
    const waitMs = isHeld ? batchMs : beginNext(run)
    if (waitMs > 0) await waiting.slept(waitMs)
    else if (begun % burst === 0) await waiting.turned()
  }
  while (run.connecting + run.talking > 0) await waiting.slept(batchMs)
  for (const visit of queue.undone) closeVisit(run, visit)
}

function isFull({ connecting, talking, concurrency, observations }: Run): boolean {
  return connecting + talking >= concurrency.limit || observations.length >= mostKept
}

/** Begins one visit and returns 0, or the milliseconds until one may begin. */
function beginNext(run: Run): number {
  const now = run.context.monotonic()
  const waitMs = run.pace.waitMs(now)
  if (waitMs > 0) return waitMs
  const due = run.queue.next(now)
  if (typeof due === 'number') return due
  run.pace.take(now)
  void visitTarget(run, due.visit, due.target)
  return 0
}

async function visitTarget(run: Run, visit: NetworkVisit, target: NumberedTarget): Promise<void> {
  const { dial, context, concurrency, job } = run
  const started = context.monotonic()
  run.connecting++
  const opened = await dial.open(placeOf(target), () =>
    chooseTimeout(visit.roundTrips, run.roundTrips, job.plan),
  )
  run.connecting--
  if (isForLater(run, opened)) {
    run.queue.putBack(visit, target)
    return run.waiting.wake()
  }
  // Exhausted with nothing else under way: it is not our own doing, and waiting would not help.
  const outcome = opened.outcome === 'exhausted' ? 'failed' : opened.outcome
  concurrency.succeeded()
  if (opened.outcome === 'answered' || opened.outcome === 'refused') {
    visit.roundTrips.note(context.monotonic() - started)
    run.roundTrips.note(context.monotonic() - started)
  }
  const seen = opened.outcome === 'answered' ? await converse(run, visit, opened.line) : 'unrecognised'
  // Broken off by a stop: neither silent nor failed, but not reached.
  if (!run.signal.aborted) settle(run, visit, target, outcome, seen)
  run.waiting.wake()
}

/** Whether nothing was sent, and the target must come again. */
function isForLater(run: Run, opened: Opened): boolean {
  const underWay = run.connecting + run.talking
  if (opened.outcome === 'exhausted' && underWay > 0) {
    run.concurrency.exhausted(underWay)
    return true
  }
  // The clock went on, or jumped, between choosing the target and dialling it.
  const hasClosed = opened.outcome === 'failed' && opened.reason === 'window-closed'
  if (hasClosed) run.queue.lookAtWindows()
  return hasClosed
}

/** Many may be waited for at a time until they say their first word; few talked to, because answers can be large. */
async function converse(run: Run, visit: NetworkVisit, line: Line): Promise<Identified> {
  run.talking++
  const root = await askFirstPage(line, run.tarpits.patienceMs(portOf(visit, line.target)))
  const known = await run.talks.take('', () => identify(line, run.context, root))
  const seen = await nameHost(known, line.target, run.dial, run.context.hardwareOf)
  line.close()
  run.talking--
  return seen
}

type Final = Exclude<Awaited<ReturnType<Dial['open']>>['outcome'], 'exhausted'>

function settle(
  run: Run,
  visit: NetworkVisit,
  target: NumberedTarget,
  outcome: Final,
  seen: Identified,
): void {
  // A connection was taken and nothing came of it: that is no answer, and no proof of absence either.
  const final = seen === 'mute' ? 'failed' : outcome
  run.changed = true
  const isFirst = visit.settle(target, final)
  if (isFirst) {
    run.visited++
    if (final === 'answered') run.answered++
  } else if (final === 'answered' || final === 'refused') run.concurrency.lost(run.context.monotonic())
  if (final === 'answered' || final === 'refused') run.overlooking.note(isFirst)
  run.tarpits.note(portOf(visit, target), final, seen, run.keep)
  const isWatched =
    typeof seen !== 'object' && run.job.watched.has(formatAddressPort(target.address, target.port))
  if (isWatched && final !== 'silent') run.absences.push({ target: placeOf(target), outcome: final })
  if (visit.isLookOver()) endLook(run, visit)
}

function endLook(run: Run, visit: NetworkVisit): void {
  if (visit.lookAgain(run.overlooking)) {
    run.queue.again(visit)
    return
  }
  for (const target of visit.silentTargets()) {
    const isWatched = run.job.watched.has(formatAddressPort(target.address, target.port))
    if (isWatched) run.absences.push({ target, outcome: 'silent' })
  }
  closeVisit(run, visit)
  run.queue.finish(visit)
  run.done.push({ network: visit.network.index, outcomes: [...visit.outcomes] })
}

/** There will be no further look: what is known by now is what there is. */
function closeVisit(run: Run, visit: NetworkVisit): void {
  const silentPorts = visit.silentTargets().map(target => target.port)
  visit.giveUp()
  run.tarpits.end(visit.network.index, silentPorts, run.keep)
}

function portOf(visit: NetworkVisit, { port }: Absence['target']): Place {
  return { network: visit.network.index, port }
}

function placeOf({ address, port }: NumberedTarget): Absence['target'] {
  return { address, port }
}

function take(run: Run): SweepBatch {
  const { visited, answered, observations, done, absences } = run
  run.changed = false
  run.asleep = run.queue.isAsleep()
  run.visited = 0
  run.answered = 0
  run.observations = []
  run.done = []
  run.absences = []
  const open = sumOutcomes([...run.queue.undone].map(visit => visit.outcomes))
  const requests = requestsSince(run.dial, run.counted)
  const share = run.job.share.index
  return {
    share,
    visited,
    answered,
    asleep: run.asleep,
    requests,
    observations: observations.map(run.context.prepare),
    done,
    open,
    absences,
    tarpits: run.tarpits.found(),
  }
}
