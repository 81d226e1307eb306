import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BackendLink } from '#main/shell/backend-link.ts'

/** Starts the fixture backend with some arguments, over one kind of link. */
export type StartLink = (...args: string[]) => BackendLink

export interface LinkCase {
  readonly name: string
  readonly run: (start: StartLink) => Promise<void>
}

/** What a link must do whatever carries it; run in Node for one kind, inside Electron for the other. */
export const linkCases: readonly LinkCase[] = [
  {
    name: 'brings the hello first',
    async run(start) {
      const heard = listen(start())
      assert.deepEqual(await heard.next(), { type: 'hello', failure: null })
      await heard.link.stop()
    },
  },
  {
    name: 'carries a call, the arguments of the program and the reply, with all that structured clone can carry',
    async run(start) {
      const heard = listen(start('--data', '/a folder/ünd'))
      await heard.next()
      const input = {
        do: 'echo',
        when: new Date(0),
        map: new Map([[1, 'x']]),
        big: 2n ** 70n,
        text: '🦙',
        none: null,
      }
      heard.link.post({ type: 'call', id: 7, channel: 'site.list', input })
      const value = { channel: 'site.list', input, args: ['--data', '/a folder/ünd'] }
      assert.deepEqual(await heard.next(), { type: 'reply', id: 7, result: { ok: true, value } })
      await heard.link.stop()
    },
  },
  {
    name: 'keeps the order of many messages, events among them',
    async run(start) {
      const heard = listen(start())
      await heard.next()
      for (let id = 1; id <= 200; id += 1) {
        heard.link.post({ type: 'call', id, channel: 'x', input: { do: 'event', name: 'n', value: id } })
      }
      for (let id = 1; id <= 200; id += 1) {
        assert.deepEqual(await heard.next(), { type: 'event', name: 'n', value: id })
        assert.deepEqual(await heard.next(), { type: 'reply', id, result: { ok: true, value: null } })
      }
      await heard.link.stop()
    },
  },
  {
    name: 'tells a crash once, and takes a message afterwards without complaint',
    async run(start) {
      const heard = listen(start())
      await heard.next()
      heard.link.post({ type: 'call', id: 1, channel: 'x', input: { do: 'crash' } })
      await within(2000, heard.exit, 'the end was not told')
      heard.link.post({ type: 'call', id: 2, channel: 'x', input: { do: 'echo' } })
      await sleep(100)
      assert.equal(heard.exits(), 1)
      await within(1000, heard.link.stop(), 'stop after the end did not return')
    },
  },
  {
    name: 'tells the end of a backend that never said hello',
    async run(start) {
      await within(3000, listen(start('--hello=exit')).exit, 'the end was not told')
    },
  },
  {
    name: 'stops: the process is gone when it returns',
    async run(start) {
      const heard = listen(start())
      await heard.next()
      heard.link.post({ type: 'call', id: 1, channel: 'x', input: { do: 'pid' } })
      const pid = Number(((await heard.next()) as { result: { value: unknown } }).result.value)
      assert.equal(isAlive(pid), true)
      await within(2000, heard.link.stop(), 'stop took too long')
      assert.equal(isAlive(pid), false)
    },
  },
  {
    name: 'stops a backend that is just starting',
    async run(start) {
      await within(4000, listen(start('--hello=never')).link.stop(), 'stop took too long')
    },
  },
]

function listen(link: BackendLink) {
  const messages: unknown[] = []
  const waiting: ((message: unknown) => void)[] = []
  let exitCount = 0
  link.onMessage(message => {
    const take = waiting.shift()
    if (take === undefined) messages.push(message)
    else take(message)
  })
  const exit = new Promise<void>(resolve => {
    link.onExit(() => {
      exitCount += 1
      resolve()
    })
  })
  const next = () =>
    messages.length > 0 ? messages.shift() : new Promise<unknown>(resolve => waiting.push(resolve))
  return {
    link,
    exit,
    exits: () => exitCount,
    next: () => within(5000, Promise.resolve(next()), 'no message came'),
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // ended, and only not yet collected by its new parent
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

async function within<T>(ms: number, promise: Promise<T>, complaint: string): Promise<T> {
  const late = Symbol('late')
  const result = await Promise.race([promise, sleep(ms, late, { ref: false })])
  if (result === late) throw new Error(`${complaint} (${ms} ms)`)
  return result as T
}
