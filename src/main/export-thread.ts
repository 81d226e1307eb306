import { Worker } from 'node:worker_threads'
import type { Exported, ExportRequest } from '#shared/domain/export.ts'
import type { Result } from '#shared/result.ts'
import type { ReadOptions } from './open-reading.ts'
import type { Exporter } from './services/context.ts'

/** A thread that has nothing to write for so long ends. */
const idleMs = 20_000

/** Exports in a thread of its own, so that nobody waits for a large one but who asked for it. */
export function createExporter(options: ReadOptions): Exporter {
  let worker: Worker | null = null
  let last: Promise<unknown> = Promise.resolve()
  let idle: NodeJS.Timeout | undefined
  const end = async () => {
    clearTimeout(idle)
    const ended = worker
    worker = null
    await ended?.terminate()
  }
  const run = async (request: ExportRequest) => {
    clearTimeout(idle)
    worker ??= new Worker(options.program.exportWorker, { workerData: options, argv: [] })
    try {
      return await ask(worker, request)
    } catch (error) {
      worker = null
      throw error
    } finally {
      idle = setTimeout(() => void end(), idleMs).unref()
    }
  }
  return {
    write(request) {
      const done = last.then(() => run(request))
      last = done.catch(() => {})
      return done
    },
    close: end,
  }
}

function ask(worker: Worker, request: ExportRequest): Promise<Result<Exported>> {
  const listening = new AbortController()
  return new Promise<Result<Exported>>((resolve, reject) => {
    const hear = (name: string, listener: (value: unknown) => void) => {
      worker.on(name, listener)
      listening.signal.addEventListener('abort', () => worker.off(name, listener))
    }
    hear('message', value => resolve(value as Result<Exported>))
    hear('error', reject)
    hear('exit', () => reject(new Error('the export ended without a word')))
    worker.postMessage(request)
  }).finally(() => listening.abort())
}
