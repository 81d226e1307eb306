import { formatAddressPort } from '#shared/domain/address.ts'
import type { Target } from '#shared/domain/observation.ts'
import type { ScanPlan } from '#shared/domain/plan.ts'
import type { Dial } from './dial.ts'
import { type Identified, type IdentifyContext, identify } from './identify.ts'
import type { Layout, Network } from './layout.ts'
import { mix, permutation } from './order.ts'
import { createPace, type Pace } from './pace.ts'
import { type Batch, createBatch, type SweepBatch } from './sweep-batch.ts'
import { createWaiting, type Waiting } from './waiting.ts'

export interface SweepJob {
  readonly plan: ScanPlan
  readonly layout: Layout
  /** Which networks are this worker's: every count-th one, from index on. */
  readonly share: { readonly index: number; readonly count: number }
  /** `address:port` of endpoints known from earlier scans. */
  readonly watched: ReadonlySet<string>
  readonly paused: () => boolean
}

export interface SweepContext extends IdentifyContext {
  readonly monotonic: () => number
}

/** Networks visited side by side, so that no single one carries the load. */
const openNetworks = 64
/** Conversations at a time: each may hold an answer of several megabytes. */
const conversations = 64
const batchMs = 200

/**
 * Visits every target of the job's share once, in an order that spreads load over networks, and tells what it saw in
 * batches. Ends early, within a second, when the signal aborts; what was begun then is counted, the rest is not reached.
 */
export async function* sweep(
  job: SweepJob,
  dial: Dial,
  context: SweepContext,
  signal: AbortSignal,
): AsyncGenerator<SweepBatch, void, void> {
  const batch = createBatch(dial)
  const waiting = createWaiting(signal)
  let pumped = false
  const pumping = pump(createRun(job, dial, context, batch, waiting, signal)).finally(() => {
    pumped = true
  })
  while (!pumped) {
    await Promise.race([waiting.ticked(batchMs), pumping])
    if (!pumped && !batch.isEmpty()) yield batch.take()
  }
  await pumping
  yield batch.take()
}

interface OpenNetwork {
  readonly network: Network
  readonly order: (k: number) => number
  readonly pace: Pace
  /** Targets handed out, and targets done with. */
  begun: number
  done: number
}

interface Run {
  readonly job: SweepJob
  readonly dial: Dial
  readonly context: SweepContext
  readonly batch: Batch
  readonly waiting: Waiting
  readonly signal: AbortSignal
  readonly pace: Pace
  readonly networks: Iterator<OpenNetwork>
  open: OpenNetwork[]
  connecting: number
  talking: number
  turn: number
}

function createRun(
  job: SweepJob,
  dial: Dial,
  context: SweepContext,
  batch: Batch,
  waiting: Waiting,
  signal: AbortSignal,
): Run {
  const pace = createPace(job.plan.rate / job.share.count)
  const networks = networksOf(job)
  return {
    job,
    dial,
    context,
    batch,
    waiting,
    signal,
    pace,
    networks,
    open: [],
    connecting: 0,
    talking: 0,
    turn: 0,
  }
}

function* networksOf({ plan, layout, share }: SweepJob): Generator<OpenNetwork> {
  const order = permutation(layout.networkCount, plan.seed)
  for (let k = share.index; k < layout.networkCount; k += share.count) {
    const network = layout.network(order(k))
    const within = permutation(network.targetCount, mix(plan.seed ^ network.index))
    yield { network, order: within, pace: createPace(plan.networkRate), begun: 0, done: 0 }
  }
}

/** Begins visits as fast as every ceiling allows, until all are begun; then waits for the last to end. */
async function pump(run: Run): Promise<void> {
  const { job, waiting, signal } = run
  while (!signal.aborted) {
    refill(run)
    if (run.open.length === 0) break
    const full = run.connecting >= job.plan.concurrency || run.talking >= conversations || run.batch.isFull()
    const waitMs = job.paused() ? batchMs : full ? batchMs : beginNext(run)
    if (waitMs > 0) await waiting.slept(waitMs)
  }
  while (run.connecting + run.talking > 0) await waiting.slept(batchMs)
}

function refill(run: Run): void {
  while (run.open.length < openNetworks) {
    const next = run.networks.next()
    if (next.done) return
    run.open.push(next.value)
  }
}

/** Begins one visit and returns 0, or the milliseconds until one may begin. */
function beginNext(run: Run): number {
  const now = run.context.monotonic()
  const waitMs = run.pace.waitMs(now)
  if (waitMs > 0) return waitMs
  let soonest = Number.POSITIVE_INFINITY
  for (let tried = 0; tried < run.open.length; tried++) {
    const index = (run.turn + tried) % run.open.length
    const candidate = run.open[index]
    if (candidate === undefined) continue
    const networkWaitMs = candidate.pace.waitMs(now)
    if (networkWaitMs > 0) {
      soonest = Math.min(soonest, networkWaitMs)
      continue
    }
    run.pace.take(now)
    candidate.pace.take(now)
    const target = candidate.network.target(candidate.order(candidate.begun++))
    if (candidate.begun === candidate.network.targetCount) run.open.splice(index, 1)
    run.turn = index + 1
    void visit(run, candidate, target)
    return 0
  }
  return soonest
}

async function visit(run: Run, open: OpenNetwork, target: Target): Promise<void> {
  run.connecting++
  const opened = await run.dial.open(target)
  run.connecting--
  let seen: Identified = 'unrecognised'
  if (opened.outcome === 'answered') {
    run.talking++
    seen = await identify(opened.line, run.context)
    opened.line.close()
    run.talking--
  }
  run.waiting.wake()
  // Broken off by a stop: neither silent nor failed, but not reached.
  if (run.signal.aborted) return
  const watched = run.job.watched.has(formatAddressPort(target.address, target.port))
  // A connection was taken and nothing came of it: that is no answer, and no proof of absence either.
  const outcome = seen === 'mute' ? 'failed' : opened.outcome
  run.batch.add(target, outcome, seen, watched)
  open.done++
  if (open.done === open.network.targetCount) run.batch.networkDone(open.network.index)
}
