import { Worker } from 'node:worker_threads'
import type { FromBackend } from '#shared/ipc/message.ts'
import type { Result } from '#shared/result.ts'
import type { Router } from './router.ts'

export interface ReaderPool {
  readonly run: Router
  close(): Promise<void>
}

interface Reader {
  readonly worker: Worker
  readonly open: Map<number, { resolve: (result: Result<unknown>) => void; reject: (error: Error) => void }>
}

/**
 * Runs queries in threads of their own, each on a connection that cannot write, so that a long one holds up neither the
 * writer nor the next. Threads start when first needed; one that dies fails its queries and is replaced.
 */
export function createReaderPool(workerPath: string | URL, workerData: unknown, size: number): ReaderPool {
  const readers: (Reader | undefined)[] = Array.from({ length: size }, () => undefined)
  let nextId = 0
  const start = (slot: number): Reader => {
    const reader: Reader = { worker: new Worker(workerPath, { workerData }), open: new Map() }
    const lose = (error: Error) => {
      if (readers[slot] === reader) readers[slot] = undefined
      for (const waiting of reader.open.values()) waiting.reject(error)
      reader.open.clear()
    }
    reader.worker.on('message', (message: FromBackend) => settle(reader, message))
    reader.worker.on('error', error => lose(error instanceof Error ? error : new Error(String(error))))
    reader.worker.on('exit', () => lose(new Error('a reader thread ended')))
    readers[slot] = reader
    return reader
  }
  const leastLoaded = (): Reader => {
    const idle = readers.findIndex(reader => reader === undefined || reader.open.size === 0)
    if (idle !== -1) return readers[idle] ?? start(idle)
    return readers.flatMap(reader => reader ?? []).reduce((a, b) => (a.open.size <= b.open.size ? a : b))
  }
  return {
    run: (channel, input) =>
      new Promise((resolve, reject) => {
        const reader = leastLoaded()
        const id = nextId++
        reader.open.set(id, { resolve, reject })
        reader.worker.postMessage({ type: 'call', id, channel, input })
      }),
    async close() {
      await Promise.all(readers.map(reader => reader?.worker.terminate()))
    },
  }
}

function settle(reader: Reader, message: FromBackend): void {
  if (message.type !== 'reply') return
  const waiting = reader.open.get(message.id)
  reader.open.delete(message.id)
  if (message.result.ok === 'error') waiting?.reject(new Error(message.result.message))
  else waiting?.resolve(message.result as Result<unknown>)
}
