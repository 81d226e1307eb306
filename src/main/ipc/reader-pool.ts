import { Worker } from 'node:worker_threads'
import type { EventName } from '#shared/ipc/contract.ts'
import type { FromBackend } from '#shared/ipc/message.ts'
import type { Result } from '#shared/result.ts'
import type { Emit } from '../services/context.ts'
import { readerFor } from './reader-affinity.ts'
import type { Router } from './router.ts'

export interface ReaderPool {
  readonly run: Router
  close(): Promise<void>
}

interface Question {
  readonly id: number
  readonly channel: string
  readonly input: unknown
  readonly signal: AbortSignal | undefined
  readonly resolve: (result: Result<unknown>) => void
  readonly reject: (error: Error) => void
}

/** A thread, what it is busy with and what waits for it. */
interface Reader {
  readonly worker: Worker
  /** 1: what it is asked is not wanted any more. It looks now and then. */
  readonly givenUp: Int32Array
  asked: Question | null
  readonly waiting: Question[]
}

/**
 * Runs queries in threads of their own, each on a connection that cannot write, so that a long one holds up neither the
 * writer nor the next. Threads start at once; one that dies fails its queries and is replaced when it is needed. A thread is given
 * one question at a time: one that is cancelled while it waits is never asked, and one that runs over the inventory breaks
 * off where it is.
 */
export function createReaderPool(
  workerPath: string | URL,
  workerData: object,
  size: number,
  emit: Emit = () => {},
): ReaderPool {
  const readers: (Reader | undefined)[] = Array.from({ length: size }, () => undefined)
  let nextId = 0
  const start = (slot: number): Reader => {
    const givenUp = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
    const worker = new Worker(workerPath, { workerData: { ...workerData, givenUp } })
    const reader: Reader = { worker, givenUp, asked: null, waiting: [] }
    const lose = (error: Error) => {
      if (readers[slot] === reader) readers[slot] = undefined
      for (const question of [reader.asked ?? [], reader.waiting.splice(0)].flat()) question.reject(error)
      reader.asked = null
    }
    reader.worker.on('message', (message: FromBackend) =>
      // How far a long question is; the contract has checked what it is on the way in.
      message.type === 'event'
        ? emit(message.name as EventName, message.value as never)
        : settle(reader, message),
    )
    reader.worker.on('error', error => lose(error instanceof Error ? error : new Error(String(error))))
    reader.worker.on('exit', () => lose(new Error('a reader thread ended')))
    readers[slot] = reader
    return reader
  }
  for (let slot = 0; slot < size; slot++) start(slot)
  const load = (reader: Reader | undefined) =>
    reader === undefined ? 0 : reader.waiting.length + (reader.asked === null ? 0 : 1)
  const leastLoaded = () => {
    const loads = readers.map(load)
    return loads.indexOf(Math.min(...loads))
  }
  return {
    run: (channel, input, asking) =>
      new Promise((resolve, reject) => {
        const slot = readerFor(channel, input, size) ?? leastLoaded()
        const reader = readers[slot] ?? start(slot)
        const question = { id: nextId++, channel, input, signal: asking?.signal, resolve, reject }
        reader.waiting.push(question)
        question.signal?.addEventListener('abort', () => giveUp(reader, question), { once: true })
        askNext(reader)
      }),
    async close() {
      await Promise.all(readers.map(reader => reader?.worker.terminate()))
    },
  }
}

function askNext(reader: Reader): void {
  while (reader.asked === null) {
    const question = reader.waiting.shift()
    if (question === undefined) return
    if (question.signal?.aborted) {
      question.reject(new Error('cancelled'))
      continue
    }
    reader.asked = question
    Atomics.store(reader.givenUp, 0, 0)
    const { id, channel, input } = question
    reader.worker.postMessage({ type: 'call', id, channel, input })
  }
}

/** Of a question that is being answered; what still waits is looked at when its turn comes. */
function giveUp(reader: Reader, question: Question): void {
  if (reader.asked === question) Atomics.store(reader.givenUp, 0, 1)
}

function settle(reader: Reader, message: FromBackend): void {
  const question = reader.asked
  if (message.type !== 'reply' || message.id !== question?.id) return
  reader.asked = null
  if (message.result.ok === 'error') question.reject(new Error(message.result.message))
  else question.resolve(message.result as Result<unknown>)
  askNext(reader)
}
