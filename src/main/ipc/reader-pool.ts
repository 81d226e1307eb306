import { Worker } from 'node:worker_threads'
import type { ChannelName, EventName } from '#shared/ipc/contract.ts'
import type { FromBackend } from '#shared/ipc/message.ts'
import type { Result } from '#shared/result.ts'
import type { Emit } from '../services/context.ts'
import { readerFor } from './reader-affinity.ts'
import type { Router } from './router.ts'

export interface ReaderPool {
  readonly run: Router
  /** Asks the reader that will be asked this kind of question, once it has nothing else to do, so that it has read what that takes. */
  getReadyFor(channel: ChannelName, input: unknown): void
  close(): Promise<void>
}

interface Question {
  readonly id: number
  readonly channel: string
  readonly input: unknown
  readonly signal: AbortSignal | undefined
  readonly resolve: (result: Result<unknown>) => void
  readonly reject: (error: Error) => void
  /** Nobody waits for the answer: any other question takes its place. */
  readonly isMeanwhile?: boolean
}

/** A thread, what it is busy with and what waits for it. */
interface Reader {
  readonly worker: Worker
  /** 1: what it is asked is not wanted any more. It looks now and then. */
  readonly givenUp: Int32Array
  asked: Question | null
  readonly waiting: Question[]
  /** What it gets ready for when it has nothing to do. */
  readonly meanwhile: Question[]
  idle: NodeJS.Timeout | undefined
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
    const idle = undefined
    const reader: Reader = { worker, givenUp, asked: null, waiting: [], meanwhile: [], idle }
    const lose = (error: Error) => {
      if (readers[slot] === reader) readers[slot] = undefined
      clearTimeout(reader.idle)
      reader.meanwhile.length = 0
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
        breakOffMeanwhile(reader)
        question.signal?.addEventListener('abort', () => giveUp(reader, question), { once: true })
        askNext(reader)
      }),
    getReadyFor(channel, input) {
      const slot = readerFor(channel, input, size) ?? leastLoaded()
      const reader = readers[slot] ?? start(slot)
      // A failure is told to whoever asks.
      const question = {
        id: nextId++,
        channel,
        input,
        signal: undefined,
        resolve: () => {},
        reject: () => {},
      }
      reader.meanwhile.push({ ...question, isMeanwhile: true })
      askNext(reader)
    },
    async close() {
      for (const reader of readers) clearTimeout(reader?.idle)
      await Promise.all(readers.map(reader => reader?.worker.terminate()))
    },
  }
}

function askNext(reader: Reader): void {
  while (reader.asked === null) {
    const question = reader.waiting.shift()
    if (question === undefined) {
      getReadySoon(reader)
      return
    }
    if (question.signal?.aborted) {
      question.reject(new Error('cancelled'))
      continue
    }
    ask(reader, question)
  }
}

function ask(reader: Reader, question: Question): void {
  clearTimeout(reader.idle)
  reader.asked = question
  Atomics.store(reader.givenUp, 0, 0)
  const { id, channel, input } = question
  reader.worker.postMessage({ type: 'call', id, channel, input })
}

/** Without anything to do for so long, it gets ready. A person who has just been answered asks on. */
const idleMs = 1000

function getReadySoon(reader: Reader): void {
  clearTimeout(reader.idle)
  if (reader.meanwhile.length === 0) return
  reader.idle = setTimeout(() => {
    const question = reader.asked === null ? reader.meanwhile.shift() : undefined
    if (question !== undefined) ask(reader, question)
  }, idleMs).unref()
}

/** Somebody waits: what it was getting ready for comes again when there is time. */
function breakOffMeanwhile(reader: Reader): void {
  const { asked } = reader
  if (asked?.isMeanwhile !== true || Atomics.load(reader.givenUp, 0) === 1) return
  giveUp(reader, asked)
  reader.meanwhile.unshift(asked)
}

/** Of a question that is being answered; what still waits is looked at when its turn comes. */
function giveUp(reader: Reader, question: Question): void {
  if (reader.asked === question) {
    Atomics.store(reader.givenUp, 0, 1)
    Atomics.notify(reader.givenUp, 0)
  }
}

function settle(reader: Reader, message: FromBackend): void {
  const question = reader.asked
  if (message.type !== 'reply' || message.id !== question?.id) return
  reader.asked = null
  if (message.result.ok === 'error') question.reject(new Error(message.result.message))
  else question.resolve(message.result as Result<unknown>)
  askNext(reader)
}
