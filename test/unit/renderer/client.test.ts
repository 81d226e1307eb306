import { describe, expect, expectTypeOf, it, vi } from 'vitest'
import * as shell from '#main/shell/bridge.ts'
import type { ScanId } from '#shared/ids.ts'
import type * as page from '../../../src/renderer/client.ts'
import { type Bridge, createClient, menuLabels } from '../../../src/renderer/client.ts'

// The page may not import the shell, so what lies between them is written down on both sides. tsc fails here where the two
// are not the same.
it('is offered by the shell just what the page expects', () => {
  expectTypeOf<page.Bridge>().toExtend<shell.Bridge>()
  expectTypeOf<shell.Bridge>().toExtend<page.Bridge>()
  expectTypeOf<keyof page.Bridge>().toEqualTypeOf<keyof shell.Bridge>()
  expectTypeOf<page.BridgeEvents>().toEqualTypeOf<shell.BridgeEvents>()
  expectTypeOf<page.BackendStatus>().toEqualTypeOf<shell.BackendStatus>()
  expectTypeOf<page.Appearance['theme']>().toEqualTypeOf<shell.Appearance['theme']>()
  expectTypeOf<page.MenuLabels>().toExtend<shell.MenuLabels>()
  expectTypeOf<shell.MenuLabels>().toExtend<page.MenuLabels>()
  const appearance = { theme: 'dark', background: '#101318', menu: menuLabels(name => `«${name}»`) }
  expect(shell.Appearance.parse(appearance)).toEqual(appearance)
  expect(Object.keys(appearance.menu).sort()).toEqual(Object.keys(shell.MenuLabels.shape).sort())
})

describe('the client', () => {
  function bridge() {
    const waiting: PromiseWithResolvers<unknown>[] = []
    const call = vi.fn(() => {
      const reply = Promise.withResolvers<unknown>()
      waiting.push(reply)
      return reply.promise
    })
    const cancel = vi.fn()
    const stop = vi.fn()
    const onEvent = vi.fn(() => stop)
    const made = { call, cancel, onEvent, restartBackend: vi.fn(), setAppearance: vi.fn(), pathOf: vi.fn() }
    return { ...made, waiting, stop, client: createClient(made as unknown as Bridge) }
  }

  it('calls, and hands on the answer or the bug', async () => {
    const { client, call, waiting } = bridge()
    const good = client.call('scan.list', { limit: 1 })
    const bad = client.call('scan.show', { id: 1 as ScanId })
    waiting[0]?.resolve({ ok: true, value: [] })
    waiting[1]?.reject(new Error('a bug'))
    expect(await good).toEqual({ ok: true, value: [] })
    await expect(bad).rejects.toThrow('a bug')
    expect(call.mock.calls).toEqual([
      ['scan.list', { limit: 1 }],
      ['scan.show', { id: 1 }],
    ])
  })

  it('cancels just the call whose signal was aborted', async () => {
    const { client, call, cancel, waiting } = bridge()
    const [one, two] = [new AbortController(), new AbortController()]
    const first = client.call('site.list', {}, one.signal)
    const second = client.call('site.list', {}, two.signal)
    const tickets = call.mock.calls.map(args => (args as unknown[])[2])
    expect(new Set(tickets).size).toBe(2)
    two.abort()
    expect(cancel.mock.calls).toEqual([[tickets[1]]])
    for (const reply of waiting) reply.resolve({ ok: true, value: [] })
    await Promise.all([first, second])
    one.abort() // it has its answer: there is nothing to cancel
    expect(cancel).toHaveBeenCalledOnce()
  })

  it('does not even ask where the signal is aborted already', async () => {
    const { client, call } = bridge()
    await expect(client.call('site.list', {}, AbortSignal.abort(new Error('late')))).rejects.toThrow('late')
    expect(call).not.toHaveBeenCalled()
  })

  it('stops listening when told to', () => {
    const { client, onEvent, stop } = bridge()
    const listener = () => {}
    client.on('data.changed', listener)()
    expect(onEvent).toHaveBeenCalledWith('data.changed', listener)
    expect(stop).toHaveBeenCalledOnce()
  })
})
