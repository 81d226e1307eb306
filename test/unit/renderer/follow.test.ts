import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { ScanProgress, ScanReport } from '#shared/domain/scan.ts'
import { fail, succeed } from '#shared/result.ts'
import { acknowledgeReturn, followBackend } from '../../../src/renderer/state/backend.ts'
import { followChanges } from '../../../src/renderer/state/changes.ts'
import { followScan, shareOf } from '../../../src/renderer/state/scan-activity.ts'
import { testClient } from './backend-events.ts'

describe('changes of the data', () => {
  it('are counted once for all that came in half a second', () => {
    const client = testClient()
    const waits: { act: () => void; ms: number }[] = []
    const store = followChanges(client, (act, ms) => waits.push({ act, ms }))
    for (let version = 1; version <= 50; version++) client.tell('data.changed', { version })
    expect(store.getState().count).toBe(0)
    expect(waits.map(({ ms }) => ms)).toEqual([500])
    waits[0]?.act()
    expect(store.getState().count).toBe(1)
  })

  it('that come after are counted anew: none is ever lost', () => {
    const client = testClient()
    const waits: (() => void)[] = []
    const store = followChanges(client, act => void waits.push(act))
    for (let round = 1; round <= 3; round++) {
      client.tell('data.changed', { version: round })
      expect(waits).toHaveLength(round)
      waits[round - 1]?.()
      expect(store.getState().count).toBe(round)
    }
  })

  it('are none while nothing is told', () => {
    const client = testClient()
    const later = vi.fn()
    followChanges(client, later)
    client.tell('simulation.changed', { running: true, blocks: [], ports: [], hostCount: 0 })
    expect(later).not.toHaveBeenCalled()
  })
})

const progress = (visited: number): ScanProgress => ({
  id: 1 as ScanProgress['id'],
  phase: 'sweeping',
  targets: 100,
  visited,
  answered: 0,
  found: 0,
  requests: 0,
  rate: 1,
  elapsedMs: 1,
  remainingMs: null,
})
const report = { scan: { id: 1 } } as unknown as ScanReport

describe('the running scan', () => {
  it('is what was told last, and none once it has ended', () => {
    const client = testClient()
    const { store } = followScan(client)
    expect(store.getState()).toEqual({ progress: null, ended: null })
    client.tell('scan.progressed', progress(10))
    client.tell('scan.progressed', progress(20))
    expect(store.getState()).toEqual({ progress: progress(20), ended: null })
    client.tell('scan.ended', report)
    expect(store.getState()).toEqual({ progress: null, ended: report })
  })

  it('is asked for: a page that comes late hears no event', async () => {
    const client = testClient()
    const { store, refresh } = followScan(client)
    const asked = refresh()
    expect(client.calls).toEqual([['scan.progress', {}]])
    client.answer(succeed(progress(30)))
    await asked
    expect(store.getState().progress).toEqual(progress(30))
  })

  it('has ended even where an older answer says that it runs', async () => {
    const client = testClient()
    const { store, refresh } = followScan(client)
    const asked = refresh()
    client.tell('scan.ended', report)
    client.answer(succeed(progress(99)))
    await asked
    expect(store.getState()).toEqual({ progress: null, ended: report })
  })

  it('stays what it was where the answer is a failure', async () => {
    const client = testClient()
    const { store, refresh } = followScan(client)
    client.tell('scan.progressed', progress(10))
    const asked = refresh()
    client.answer(fail('backend-gone'))
    await asked
    expect(store.getState().progress).toEqual(progress(10))
  })

  it.each(['starting', 'failed'] as const)('is none while the backend is %s', state => {
    const client = testClient()
    const { store } = followScan(client)
    client.tell('scan.progressed', progress(10))
    const failure = fail('backend-gone').failure
    client.tell('backend', state === 'failed' ? { state, failure } : { state })
    expect(store.getState().progress).toBeNull()
  })

  it('is done to a share of 0 to 1, whatever is counted', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (visited, targets) => {
        const share = shareOf({ visited, targets })
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }),
    )
    expect(shareOf({ visited: 0, targets: 0 })).toBe(0)
    expect(shareOf({ visited: 1, targets: 4 })).toBe(0.25)
  })
})

describe('the backend', () => {
  const failed = { state: 'failed', failure: fail('backend-gone').failure } as const

  it('is asked again whenever it can answer (again)', () => {
    const client = testClient()
    const onReady = vi.fn()
    const store = followBackend(client, onReady)
    expect(store.getState()).toEqual({ status: { state: 'starting' }, hasReturned: false })
    client.tell('backend', { state: 'ready' })
    client.tell('backend', { state: 'starting' })
    client.tell('backend', { state: 'restarted' })
    client.tell('backend', failed)
    expect(onReady).toHaveBeenCalledTimes(2)
    expect(store.getState().status).toEqual(failed)
  })

  it('that came back says so until somebody has read it', () => {
    const client = testClient()
    const store = followBackend(client, () => {})
    client.tell('backend', { state: 'ready' })
    expect(store.getState().hasReturned).toBe(false)
    client.tell('backend', { state: 'starting' })
    client.tell('backend', { state: 'restarted' })
    expect(store.getState().hasReturned).toBe(true)
    acknowledgeReturn(store)
    expect(store.getState()).toEqual({ status: { state: 'restarted' }, hasReturned: false })
  })

  it('that came back and then failed only says that it failed', () => {
    const client = testClient()
    const store = followBackend(client, () => {})
    client.tell('backend', { state: 'restarted' })
    client.tell('backend', failed)
    expect(store.getState()).toEqual({ status: failed, hasReturned: false })
  })
})
