import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import type { BackendLink } from '#main/shell/backend-link.ts'
import { Supervisor } from '#main/shell/supervisor.ts'
import type { ToBackend } from '#shared/ipc/message.ts'

/** A backend whose every word and whose death is up to the test. */
class PlayedBackend implements BackendLink {
  readonly got: ToBackend[] = []
  say: (message: unknown) => void = () => {}
  #die: (code: number | null) => void = () => {}
  isStopped = false

  post(message: ToBackend): void {
    this.got.push(message)
  }
  onMessage(listener: (message: unknown) => void): void {
    this.say = listener
  }
  onExit(listener: (code: number | null) => void): void {
    this.#die = listener
  }
  async stop(): Promise<void> {
    this.isStopped = true
  }
  die(): void {
    this.#die(1)
  }
  hello(): void {
    this.say({ type: 'hello', failure: null })
  }
  reply(id: number, value: unknown): void {
    this.say({ type: 'reply', id, result: { ok: true, value } })
  }
}

function stage(wayCount = 1, helloWithinMs = 1e6) {
  const backends: PlayedBackend[] = []
  const told: string[] = []
  const log: string[] = []
  const clock = { now: 0 }
  const ways = Array.from({ length: wayCount }, (_, way) => () => {
    const backend = new PlayedBackend()
    backends.push(backend)
    told.push(`way ${way}`)
    return backend
  })
  const supervisor = new Supervisor({
    ways,
    helloWithinMs,
    forgiveAfterMs: 600_000,
    monotonicMs: () => clock.now,
    onStatus: status => told.push(status.state === 'failed' ? status.failure.code : status.state),
    onEvent: (name, value) => told.push(`${name} ${JSON.stringify(value)}`),
    log: line => log.push(line),
  })
  const last = () => {
    const backend = backends.at(-1)
    if (backend === undefined) throw new Error('nothing was started')
    return backend
  }
  return { supervisor, backends, told, log, clock, last }
}

const gone = { ok: false, failure: { code: 'backend-gone', details: {} } }

describe('calls', () => {
  test('wait for the hello, keep their order, and each gets its own answer', async () => {
    const { supervisor, last } = stage()
    supervisor.start()
    const first = supervisor.call('site.list', {})
    const second = supervisor.call('range.list', {})
    expect(last().got).toEqual([])
    last().hello()
    expect(last().got.map(message => message.id)).toEqual([1, 2])
    last().reply(2, 'second')
    last().reply(1, 'first')
    expect(await first).toEqual({ ok: true, value: 'first' })
    expect(await second).toEqual({ ok: true, value: 'second' })
  })

  test('are told when the backend is gone, and later ones reach the next backend', async () => {
    const { supervisor, last, told } = stage()
    supervisor.start()
    last().hello()
    const lost = supervisor.call('site.list', {})
    last().die()
    expect(await lost).toEqual(gone)
    const next = supervisor.call('site.list', {})
    last().hello()
    last().reply(2, 'alive')
    expect(await next).toEqual({ ok: true, value: 'alive' })
    expect(told).toEqual(['way 0', 'ready', 'starting', 'way 0', 'restarted'])
  })

  test('end at once when cancelled; the backend is told, its late answer is dropped', async () => {
    const { supervisor, last } = stage()
    supervisor.start()
    last().hello()
    const ids: number[] = []
    const call = supervisor.call('inventory.page', {}, id => ids.push(id))
    supervisor.cancel(ids[0] ?? 0)
    expect(await call).toEqual({ ok: 'error', message: 'cancelled' })
    expect(last().got.at(-1)).toEqual({ type: 'cancel', id: 1 })
    last().reply(1, 'late')
    supervisor.cancel(99)
    expect(last().got).toHaveLength(2)
  })

  test('cancelled before the hello are never sent', async () => {
    const { supervisor, last } = stage()
    supervisor.start()
    const call = supervisor.call('inventory.page', {}, id => queueMicrotask(() => supervisor.cancel(id)))
    expect(await call).toEqual({ ok: 'error', message: 'cancelled' })
    last().hello()
    expect(last().got).toEqual([])
  })
})

describe('a backend that dies', () => {
  test('is restarted once, then given up with a word to every caller', async () => {
    const { supervisor, last, told, backends } = stage()
    supervisor.start()
    last().hello()
    last().die()
    last().hello()
    last().die()
    expect(told).toEqual(['way 0', 'ready', 'starting', 'way 0', 'restarted', 'backend-gone'])
    expect(backends).toHaveLength(2)
    expect(await supervisor.call('site.list', {})).toEqual(gone)
  })

  test('is restarted again when the last death was long ago', () => {
    const { supervisor, last, clock, backends } = stage()
    supervisor.start()
    for (const at of [0, 700_000, 1_400_000]) {
      clock.now = at
      last().hello()
      last().die()
    }
    expect(backends).toHaveLength(4)
  })

  test('is started anew when a person asks for it', async () => {
    const { supervisor, last, told } = stage()
    supervisor.start()
    last().die()
    last().die()
    supervisor.restart()
    await vi.waitFor(() => expect(told.at(-1)).toBe('way 0'))
    last().hello()
    expect(supervisor.status).toEqual({ state: 'ready' })
    supervisor.restart()
    expect(told.at(-1)).toBe('ready')
  })

  test('is not restarted when the console ends', async () => {
    const { supervisor, last, backends } = stage()
    supervisor.start()
    last().hello()
    const call = supervisor.call('site.list', {})
    await supervisor.stop()
    expect(await call).toEqual(gone)
    expect(last().isStopped).toBe(true)
    last().die()
    expect(backends).toHaveLength(1)
    expect(await supervisor.call('site.list', {})).toEqual(gone)
  })
})

describe('a backend without a hello', () => {
  test('is ended after a time, and started in the next way; the calls go there', async () => {
    const { supervisor, backends, told, last } = stage(2, 20)
    supervisor.start()
    const call = supervisor.call('site.list', {})
    await vi.waitFor(() => expect(backends).toHaveLength(2))
    expect(backends[0]?.isStopped).toBe(true)
    last().hello()
    last().reply(1, 'at last')
    expect(await call).toEqual({ ok: true, value: 'at last' })
    expect(told).toEqual(['way 0', 'way 1', 'ready'])
  })

  test('that dies in its first way is started in the next one, which is no restart', async () => {
    const { supervisor, backends, last, told } = stage(2)
    supervisor.start()
    last().die()
    await vi.waitFor(() => expect(backends).toHaveLength(2))
    last().hello()
    expect(told).toEqual(['way 0', 'way 1', 'ready'])
  })

  test('is waited for in the last way: a migration takes its time', async () => {
    const { supervisor, backends, last } = stage(1, 10)
    supervisor.start()
    await sleep(50)
    expect(backends).toHaveLength(1)
    last().hello()
    expect(supervisor.status).toEqual({ state: 'ready' })
  })

  test('that says why it cannot work passes its failure to every caller', async () => {
    const { supervisor, last, told } = stage()
    supervisor.start()
    const failure = { code: 'data-folder-held', details: { holder: 'process 7' } } as const
    const waiting = supervisor.call('site.list', {})
    last().say({ type: 'hello', failure })
    expect(await waiting).toEqual({ ok: false, failure })
    expect(await supervisor.call('site.list', {})).toEqual({ ok: false, failure })
    expect(told).toEqual(['way 0', 'data-folder-held'])
    expect(last().isStopped).toBe(true)
  })

  test('cannot be started at all where there is no way', () => {
    const { supervisor, told } = stage(0)
    supervisor.start()
    expect(told).toEqual(['backend-gone'])
  })
})

describe('messages of the backend', () => {
  test('that are none are dropped and logged; events pass', () => {
    const { supervisor, last, told, log } = stage()
    supervisor.start()
    last().say('nonsense')
    last().say({ type: 'reply', id: 'x' })
    last().hello()
    last().say({ type: 'event', name: 'data.changed', value: { version: 1 } })
    expect(log).toHaveLength(2)
    expect(told).toEqual(['way 0', 'ready', 'data.changed {"version":1}'])
  })
})
