import { FromBackend, type HelloMessage, type ReplyMessage, type ToBackend } from '#shared/ipc/message.ts'
import { type Failure, fail } from '#shared/result.ts'
import type { BackendLink } from './backend-link.ts'
import type { BackendStatus } from './bridge.ts'

export type CallResult = ReplyMessage['result']

export interface SupervisorParts {
  /** How to start a backend, best way first. A way that brings no hello is given up for the next one. */
  readonly ways: readonly (() => BackendLink)[]
  /** The last way is waited for without end: a large migration takes its time. */
  readonly helloWithinMs: number
  /** A backend that dies again within this time is not started a third time. */
  readonly forgiveAfterMs: number
  readonly monotonicMs: () => number
  readonly onStatus: (status: BackendStatus) => void
  readonly onEvent: (name: string, value: unknown) => void
  readonly log: (line: string) => void
}

/** Keeps one backend alive and relays calls to it. A call gets its answer, or is told that the backend is gone. */
export class Supervisor {
  readonly #parts: SupervisorParts
  readonly #pending = new Map<number, (result: CallResult) => void>()
  /** Calls that came before the hello. */
  #waiting: ToBackend[] = []
  #link: BackendLink | null = null
  /** A backend on its way out: it still holds the data folder, so the next one waits for it. */
  #ending: Promise<void> = Promise.resolve()
  #way = 0
  #helloTimer: NodeJS.Timeout | undefined
  #status: BackendStatus = { state: 'starting' }
  #diedAt: number | null = null
  #isRestart = false
  #stopping = false
  #nextId = 1

  constructor(parts: SupervisorParts) {
    this.#parts = parts
  }

  get status(): BackendStatus {
    return this.#status
  }

  start(): void {
    this.#setStatus({ state: 'starting' })
    const link = this.#parts.ways[this.#way]?.()
    if (link === undefined) this.#giveUp(fail('backend-gone').failure)
    else this.#attend(link)
  }

  #attend(link: BackendLink): void {
    this.#link = link
    link.onMessage(message => this.#link === link && this.#hear(message))
    link.onExit(code => this.#link === link && this.#mourn(code))
    if (this.#hasOtherWay())
      this.#helloTimer = setTimeout(() => this.#tryOtherWay(), this.#parts.helloWithinMs)
  }

  /** A person's wish after a failure: all is forgiven. */
  restart(): void {
    if (this.#status.state !== 'failed') return
    this.#diedAt = null
    this.#isRestart = false
    this.#setStatus({ state: 'starting' })
    this.#startAfter(this.#ending)
  }

  /** `onSent` gets the number by which the call can be cancelled. */
  call(
    channel: string,
    input: unknown,
    onSent: (id: number) => void = () => {},
    pass?: string,
  ): Promise<CallResult> {
    if (this.#stopping) return Promise.resolve(fail('backend-gone'))
    if (this.#status.state === 'failed') return Promise.resolve({ ok: false, failure: this.#status.failure })
    const id = this.#nextId
    this.#nextId += 1
    onSent(id)
    return new Promise(resolve => {
      this.#pending.set(id, resolve)
      this.#send({ type: 'call', id, channel, input, ...(pass === undefined ? {} : { pass }) })
    })
  }

  cancel(id: number): void {
    const resolve = this.#pending.get(id)
    if (resolve === undefined) return
    this.#pending.delete(id)
    this.#waiting = this.#waiting.filter(message => message.id !== id)
    if (this.#isReady()) this.#link?.post({ type: 'cancel', id })
    resolve({ ok: 'error', message: 'cancelled' })
  }

  async stop(): Promise<void> {
    this.#stopping = true
    clearTimeout(this.#helloTimer)
    this.#answerAll(fail('backend-gone'))
    this.#part()
    await this.#ending
  }

  #startAfter(ending: Promise<void>): void {
    void ending.then(() => this.#stopping || this.start())
  }

  #part(): void {
    const link = this.#link
    this.#link = null
    if (link !== null) this.#ending = link.stop()
  }

  #send(message: ToBackend): void {
    if (this.#isReady()) this.#link?.post(message)
    else this.#waiting.push(message)
  }

  #isReady(): boolean {
    return this.#status.state === 'ready' || this.#status.state === 'restarted'
  }

  #hear(raw: unknown): void {
    const parsed = FromBackend.safeParse(raw)
    if (parsed.success) this.#take(parsed.data)
    else this.#parts.log(`dropped a message of the backend: ${parsed.error.message}`)
  }

  #take(message: FromBackend): void {
    switch (message.type) {
      case 'hello':
        this.#greet(message)
        break
      case 'event':
        this.#parts.onEvent(message.name, message.value)
        break
      case 'reply':
        this.#pending.get(message.id)?.(message.result) // else it was cancelled meanwhile
        this.#pending.delete(message.id)
    }
  }

  #greet({ failure }: HelloMessage): void {
    clearTimeout(this.#helloTimer)
    if (failure !== null) {
      this.#giveUp(failure)
      return
    }
    this.#setStatus({ state: this.#isRestart ? 'restarted' : 'ready' })
    for (const message of this.#waiting.splice(0)) this.#link?.post(message)
  }

  #mourn(code: number | null): void {
    this.#link = null
    clearTimeout(this.#helloTimer)
    this.#parts.log(`the backend ended with code ${code}`)
    if (!this.#isReady() && this.#hasOtherWay()) this.#tryOtherWay()
    else this.#restartOnce()
  }

  #restartOnce(): void {
    this.#answerAll(fail('backend-gone'))
    const now = this.#parts.monotonicMs()
    if (this.#diedAt !== null && now - this.#diedAt < this.#parts.forgiveAfterMs) {
      this.#giveUp(fail('backend-gone').failure)
      return
    }
    this.#diedAt = now
    this.#isRestart = true
    this.start()
  }

  #hasOtherWay(): boolean {
    return this.#way + 1 < this.#parts.ways.length
  }

  #tryOtherWay(): void {
    this.#parts.log('no hello from the backend, starting it in the next way')
    this.#way += 1
    this.#part()
    this.#startAfter(this.#ending)
  }

  #giveUp(failure: Failure): void {
    this.#part()
    this.#setStatus({ state: 'failed', failure })
    this.#answerAll({ ok: false, failure })
  }

  #answerAll(result: CallResult): void {
    this.#waiting = []
    for (const resolve of this.#pending.values()) resolve(result)
    this.#pending.clear()
  }

  #setStatus(status: BackendStatus): void {
    const isNews = status.state !== this.#status.state || status.state === 'failed'
    this.#status = status
    if (isNews) this.#parts.onStatus(status)
  }
}
