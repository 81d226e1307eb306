import { Worker } from 'node:worker_threads'
import type { Enquiry, EnquiryBatch } from './enquire.ts'
import { mix } from './order.ts'
import type { SweepBatch } from './sweep-batch.ts'
import type {
  FromSweepWorker,
  Sweeper,
  SweepOrder,
  SweepRun,
  SweepWorkerData,
  ToSweepWorker,
} from './sweeper.ts'

/**
 * Connections are short-lived by the ten thousand. With the default (three times 16 MB and more) each thread holds some
 * 50 MB longer, and is no faster (measured).
 */
const maxYoungGenerationSizeMb = 24

/**
 * Sweeps in worker threads, so that sockets and parsing never hold up the one thread that writes the store. Each thread
 * has networks of its own; the rate is divided among them.
 */
export function createThreadSweeper(workerPath: string | URL, threadCount: number): Sweeper {
  return order => createRun(workerPath, threadCount, order)
}

function createRun(workerPath: string | URL, count: number, order: SweepOrder): SweepRun {
  const workers = Array.from({ length: count }, (_, index) => {
    const workerData: SweepWorkerData = { ...order, share: { index, count } }
    return new Worker(workerPath, { workerData, resourceLimits: { maxYoungGenerationSizeMb } })
  })
  const tell = (message: ToSweepWorker) => {
    for (const worker of workers) worker.postMessage(message)
  }
  let atWork = count
  const onDone = () => void atWork--
  return {
    sharesAtWork: () => atWork,
    async *sweep() {
      const messages = collect(workers, onDone)
      tell({ type: 'sweep' })
      for await (const message of messages) if (message.type === 'swept') yield message.batch
    },
    async *enquire(enquiries) {
      const messages = collect(workers)
      const shares = divide(enquiries, count)
      workers.forEach((worker, index) => {
        const message: ToSweepWorker = { type: 'enquire', enquiries: shares[index] ?? [] }
        worker.postMessage(message)
      })
      for await (const message of messages) if (message.type === 'enquired') yield message.batch
    },
    pause: paused => tell({ type: 'pause', paused }),
    stop: () => tell({ type: 'stop' }),
    async close() {
      await Promise.all(workers.map(worker => worker.terminate()))
    },
  }
}

/** One host is always asked by the same thread, or "two at a time per host" would be two per thread. */
function divide(enquiries: readonly Enquiry[], count: number): Enquiry[][] {
  const shares: Enquiry[][] = Array.from({ length: count }, () => [])
  for (const enquiry of enquiries) {
    const hash = [...enquiry.place.target.address].reduce(
      (sum, letter) => mix(sum ^ (letter.codePointAt(0) ?? 0)),
      0,
    )
    shares[hash % count]?.push(enquiry)
  }
  return shares
}

type Batch = Extract<FromSweepWorker, { batch: SweepBatch | EnquiryBatch }>

/** The messages of all workers as they come, until every one says that it is done. */
async function* collect(workers: readonly Worker[], onDone = () => {}): AsyncGenerator<Batch, void, void> {
  const queue: { worker: Worker; message: FromSweepWorker }[] = []
  let failure: Error | null = null
  let wake = () => {}
  const onMessage = workers.map(worker => (message: FromSweepWorker) => {
    queue.push({ worker, message })
    wake()
  })
  const onError = (error: unknown) => {
    failure = error instanceof Error ? error : new Error(String(error))
    wake()
  }
  const onExit = () => onError('a sweep thread ended before its work was done')
  workers.forEach((worker, index) => {
    worker.on('message', onMessage[index] ?? onError)
    worker.on('error', onError)
    worker.on('exit', onExit)
  })
  try {
    for (let done = 0; done < workers.length; ) {
      if (failure !== null) throw failure
      const next = queue.shift()
      if (next === undefined) {
        await new Promise<void>(resolve => {
          wake = resolve
        })
      } else if (next.message.type === 'done') {
        done++
        onDone()
      } else {
        yield next.message
        const taken: ToSweepWorker = { type: 'taken' }
        next.worker.postMessage(taken)
      }
    }
  } finally {
    workers.forEach((worker, index) => {
      worker.off('message', onMessage[index] ?? onError)
      worker.off('error', onError)
      worker.off('exit', onExit)
    })
  }
}
