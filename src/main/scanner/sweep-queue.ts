import type { ScanPlan } from '#shared/domain/plan.ts'
import { isWindowOpen } from '#shared/domain/scan-window.ts'
import type { Layout, Network } from './layout.ts'
import { createNetworkVisit, type NetworkVisit, type NumberedTarget } from './network-visit.ts'
import { permutation } from './order.ts'

/**
 * Networks visited side by side, so that no single one carries the load: more where their own ceilings would otherwise hold
 * the sweep up. Not all at once, so that second looks at the first ones fill the wait for the last.
 */
const usuallyOpen = 16
const mostOpen = 256
/**
 * Networks that wait for another look before it is begun although first looks are left: long enough for a moment of trouble
 * to pass, and few enough that little is visited again where a scan is broken off.
 */
const mostWaiting = 64
const restMs = 200

/** Which target is next: spreads visits over networks, keeps to their ceilings and windows, and comes back for second looks. */
export interface SweepQueue {
  /** The next visit, or how many milliseconds to wait for one. */
  next(now: number): Due | number
  /** It could not be tried: it comes again. */
  putBack(visit: NetworkVisit, target: NumberedTarget): void
  /** It comes again, later, for another look at its silent ones. */
  again(visit: NetworkVisit): void
  finish(visit: NetworkVisit): void
  /** Whether everything is finished. */
  isEmpty(): boolean
  /** Whether all that is left waits for a window to open. */
  isAsleep(): boolean
  /** A window has closed: what lies behind it is laid aside at once. */
  lookAtWindows(): void
  /** Every network that is begun and not finished. */
  readonly undone: ReadonlySet<NetworkVisit>
}

export interface Due {
  readonly visit: NetworkVisit
  readonly target: NumberedTarget
}

export interface QueueSource {
  readonly plan: ScanPlan
  readonly layout: Layout
  readonly share: { readonly index: number; readonly count: number }
  readonly isDone: (network: number) => boolean
  readonly now: () => number
}

interface Queue {
  readonly source: QueueSource
  readonly undone: Set<NetworkVisit>
  networks: Iterator<number>
  open: NetworkVisit[]
  waiting: NetworkVisit[]
  /** Behind closed windows: by index while they are not begun, because there may be very many. */
  asleep: { begun: NetworkVisit[]; indexes: number[] }
  wakeAt: number
  turn: number
}

export function createSweepQueue(source: QueueSource): SweepQueue {
  const queue: Queue = {
    source,
    undone: new Set(),
    networks: networksOf(source),
    open: [],
    waiting: [],
    asleep: { begun: [], indexes: [] },
    wakeAt: Number.NEGATIVE_INFINITY,
    turn: 0,
  }
  refill(queue)
  return {
    next: now => nextDue(queue, now),
    putBack(visit, target) {
      visit.putBack(target)
      const hasPlace = [queue.open, queue.waiting, queue.asleep.begun].some(list => list.includes(visit))
      if (!hasPlace) queue.open.push(visit)
    },
    again(visit) {
      close(queue, visit)
      queue.waiting.push(visit)
    },
    finish(visit) {
      close(queue, visit)
      queue.undone.delete(visit)
    },
    isEmpty() {
      // All that was open may have ended while there are networks left to begin.
      if (queue.undone.size === 0) refill(queue)
      return queue.undone.size === 0 && queue.asleep.indexes.length === 0
    },
    isAsleep: () => isAsleep(queue),
    lookAtWindows() {
      queue.wakeAt = Number.NEGATIVE_INFINITY
    },
    undone: queue.undone,
  }
}

function* networksOf({ plan, layout, share, isDone }: QueueSource): Generator<number> {
  const order = permutation(layout.networkCount, plan.seed)
  for (let k = share.index; k < layout.networkCount; k += share.count) {
    const index = order(k)
    if (!isDone(index)) yield index
  }
}

function nextDue(queue: Queue, now: number): Due | number {
  wakeSleepers(queue, now)
  refill(queue)
  let soonest = restMs
  for (let tried = queue.open.length; tried > 0; tried--) {
    if (queue.turn >= queue.open.length) queue.turn = 0
    const visit = queue.open[queue.turn]
    if (visit === undefined) return restMs
    const waitMs = visit.pace.waitMs(now)
    const target = waitMs > 0 ? undefined : visit.next()
    if (target !== undefined) {
      queue.turn++
      visit.pace.take(now)
      return { visit, target }
    }
    if (waitMs > 0) {
      queue.turn++
      soonest = Math.min(soonest, waitMs)
    } else {
      // Every target of this look is handed out.
      close(queue, visit)
    }
  }
  // Each of them waits for its own ceiling: there is room for one more.
  const before = queue.open.length
  refill(queue, Math.min(mostOpen, before + 1))
  return queue.open.length > before ? 0 : soonest
}

/** Its place is free for another network. */
function close(queue: Queue, visit: NetworkVisit): void {
  const place = queue.open.indexOf(visit)
  if (place === -1) return
  queue.open.splice(place, 1)
  if (place < queue.turn) queue.turn--
}

/** New networks first; those that wait for another look when there are no new ones, or too many wait. */
function refill(queue: Queue, wanted = usuallyOpen): void {
  while (queue.open.length < wanted) {
    const again = queue.waiting.length >= mostWaiting ? queue.waiting.shift() : undefined
    const next = again ?? nextNetwork(queue) ?? queue.waiting.shift()
    if (next === undefined) return
    queue.undone.add(next)
    queue.open.push(next)
  }
}

/** The next network whose windows are open; those that are closed wait. */
function nextNetwork(queue: Queue): NetworkVisit | undefined {
  const { layout, plan } = queue.source
  for (let next = queue.networks.next(); !next.done; next = queue.networks.next()) {
    const network = layout.network(next.value)
    if (isOpenNow(queue, network)) return createNetworkVisit(network, plan)
    queue.asleep.indexes.push(next.value)
  }
  return undefined
}

function isOpenNow({ source }: Queue, network: Network): boolean {
  return network.blocks.every(block => isWindowOpen(block.windows, source.now()))
}

function isAsleep({ asleep, open, waiting, undone }: Queue): boolean {
  const sleeping = asleep.begun.length + asleep.indexes.length
  return sleeping > 0 && open.length + waiting.length === 0 && undone.size === asleep.begun.length
}

/** Looks once a second which windows have opened, and which have closed over networks under way. */
function wakeSleepers(queue: Queue, now: number): void {
  if (now < queue.wakeAt) return
  queue.wakeAt = now + 1000
  const isOpenVisit = (visit: NetworkVisit) => isOpenNow(queue, visit.network)
  const { asleep } = queue
  const begun = new Set([...queue.open, ...queue.waiting, ...asleep.begun])
  queue.waiting = [...begun].filter(visit => !queue.open.includes(visit) && isOpenVisit(visit))
  asleep.begun = [...begun].filter(visit => !isOpenVisit(visit))
  queue.open = queue.open.filter(isOpenVisit)
  // Sleepers share few windows: the first ones tell whether going through all of them is worth it.
  const isOpenIndex = (index: number) => isOpenNow(queue, queue.source.layout.network(index))
  if (!asleep.indexes.slice(0, usuallyOpen).some(isOpenIndex)) return
  const opened = asleep.indexes.filter(isOpenIndex)
  const awake = new Set(opened)
  asleep.indexes = asleep.indexes.filter(index => !awake.has(index))
  queue.networks = chain(opened, queue.networks)
}

function* chain(first: readonly number[], rest: Iterator<number>): Generator<number> {
  yield* first
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value
}
