import { fork } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { joinOwner, openBackend } from '#main/compose.ts'
import type { ScanReport } from '#shared/domain/scan.ts'
import { must, program, startBackend } from '../support/backend.ts'
import { backendEntry, startBackendProcess } from '../support/backend-process.ts'
import { temporaryFolder } from '../support/temporary.ts'

const range = { block: '127.66.0.0/16', site: 'Lab', authorisedBy: 'Ada', reference: 'T-1' }
const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

describe('a backend', () => {
  it('killed in the middle of a scan leaves everything it committed, and the scan as stopped', async () => {
    const folder = temporaryFolder()
    const child = await startBackendProcess(folder)
    await child.call('range.add', range)
    await child.call('scan.start', { rate: 1000 })
    for (let visited = 0; visited < 1000; await sleep(50)) {
      const progress = await child.call('scan.progress', {})
      visited = (progress as unknown as { value: { visited: number } }).value.visited
    }
    child.process.kill('SIGKILL')
    await child.gone
    const backend = await startBackend(folder)
    const [report] = await must(backend.call('scan.list', {}))
    expect(report?.scan).toMatchObject({ status: 'stopped', reason: 'interrupted' })
    const { targets, excluded: _, ...outcomes } = (report as ScanReport).coverage
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(targets)
    expect(outcomes.refused).toBeGreaterThan(50)
    expect(report?.scan.durationMs).toBeGreaterThan(500)
    expect(await must(backend.call('range.list', {}))).toHaveLength(1)
    expect(await backend.call('scan.start', { rate: 10_000 })).toMatchObject({ ok: true })
  })

  it('ends within a second when its parent lets go of it, a scan in progress or not', async () => {
    const child = await startBackendProcess(temporaryFolder())
    await child.call('range.add', range)
    await child.call('scan.start', { rate: 100 })
    const started = performance.now()
    child.process.disconnect()
    // A second on a quiet machine; a busy one must not fail the test.
    expect((await child.gone) - started).toBeLessThan(5000)
  })

  it('ends within a second when its parent is killed', async () => {
    const folder = temporaryFolder()
    const parent = fork(join(import.meta.dirname, '..', 'support', 'backend-parent.ts'), [
      backendEntry,
      folder,
    ])
    const pid = await new Promise<number>(resolve =>
      parent.once('message', message => resolve(Number(message))),
    )
    const isAlive = () => {
      try {
        return process.kill(pid, 0)
      } catch {
        return false
      }
    }
    expect(isAlive()).toBe(true)
    parent.kill('SIGKILL')
    const started = performance.now()
    while (isAlive() && performance.now() - started < 10_000) await sleep(20)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('a second process', () => {
  it('joins the owner: it sees the same, and its commands are done there', async () => {
    const folder = temporaryFolder()
    const owner = await startBackend(folder)
    const second = await openBackend({ dataFolder: folder, program, holderName: 'second', readers: 0 })
    if (!second.ok || !('holder' in second.value)) throw new Error('should be held')
    expect(second.value.holder).toMatchObject({ name: 'test', pid: process.pid })
    const joined = await joinOwner(second.value)
    if (joined === null) throw new Error('the owner does not answer')
    const heard = new Promise(resolve =>
      joined.onEvent((name, value) => name === 'scan.ended' && resolve(value)),
    )
    expect(await joined.call('range.add', { ...range, block: '127.66.0.0/30' })).toMatchObject({ ok: true })
    expect(await must(owner.call('range.list', {}))).toHaveLength(1)
    expect(await joined.call('scan.start', {})).toMatchObject({ ok: true })
    expect(await heard).toMatchObject({ scan: { status: 'finished' } })
    expect(await joined.call('range.add', { block: 1 })).toMatchObject({
      failure: { code: 'invalid-request' },
    })
    joined.close()
    await joined.lost
  })

  it('is let in only with the token', async () => {
    const folder = temporaryFolder()
    await startBackend(folder)
    const second = await openBackend({ dataFolder: folder, program, holderName: 'second', readers: 0 })
    if (!second.ok || !('holder' in second.value) || second.value.holder === null)
      throw new Error('should be held')
    expect(await joinOwner({ holder: { ...second.value.holder, token: 'guess' } })).toBeNull()
  })
})

describe('queries in reader threads', () => {
  it('answer as queries in the owner do, and cannot write', async () => {
    const backend = await startBackend(temporaryFolder(), 2)
    await must(backend.call('range.add', { ...range, block: '127.66.0.0/30' }))
    await backend.scan({})
    const answers = await Promise.all(Array.from({ length: 20 }, () => must(backend.call('range.list', {}))))
    expect(answers.every(ranges => ranges.length === 1 && ranges[0]?.lastCoveredAt !== null)).toBe(true)
    expect(await must(backend.call('inventory.page', {}))).toEqual({
      version: expect.any(Number),
      total: 0,
      rows: [],
    })
    expect(await backend.call('instance.show', { instance: '127.66.0.1:11434' })).toMatchObject({
      failure: { code: 'instance-unknown' },
    })
  })
})
