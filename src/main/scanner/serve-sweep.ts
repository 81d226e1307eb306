import type { MessagePort } from 'node:worker_threads'
import { createDial } from './dial.ts'
import { enquire } from './enquire.ts'
import { layOut } from './layout.ts'
import { type SweepContext, sweep } from './sweep.ts'
import type { FromSweepWorker, SweepWorkerData, ToSweepWorker } from './sweeper.ts'
import { createNeighbours, createPlace } from './vantage.ts'

/**
 * The worker's side: does one share of a scan as told over the port. Runs in a thread of its own; what it needs of the
 * world comes in as arguments.
 */
export function serveSweep(
  port: MessagePort,
  data: SweepWorkerData,
  world: Omit<SweepContext, 'hardwareOf'>,
): void {
  const context = { ...world, hardwareOf: createNeighbours(world.monotonic) }
  const stopping = new AbortController()
  const layout = layOut(data.plan)
  let paused = false
  let taken: (() => void) | null = null
  const place = createPlace(context.monotonic)
  const dial = createDial({ ...context, plan: data.plan, layout, place, signal: stopping.signal })
  const watched = new Set(data.watched)
  const isDone = (network: number) => ((data.doneBefore[network >> 3] ?? 0) & (1 << (network & 7))) !== 0
  const job = { plan: data.plan, layout, share: data.share, watched, isDone, paused: () => paused }

  const send = (message: FromSweepWorker) => port.postMessage(message)
  const hand = async (message: FromSweepWorker) => {
    const acknowledged = new Promise<void>(resolve => {
      taken = resolve
    })
    send(message)
    await acknowledged
  }
  const runSweep = async () => {
    for await (const batch of sweep(job, dial, context, stopping.signal)) await hand({ type: 'swept', batch })
    send({ type: 'done' })
  }
  const runEnquiries = async (enquiries: Parameters<typeof enquire>[0]) => {
    for await (const batch of enquire(enquiries, dial, context.now, stopping.signal)) {
      await hand({ type: 'enquired', batch })
    }
    send({ type: 'done' })
  }

  port.on('message', (message: ToSweepWorker) => {
    if (message.type === 'sweep') void runSweep()
    else if (message.type === 'enquire') void runEnquiries(message.enquiries)
    else if (message.type === 'taken') taken?.()
    else if (message.type === 'pause') paused = message.paused
    else stopping.abort()
  })
}
