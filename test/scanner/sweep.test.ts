import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { sweep } from '#main/scanner/sweep.ts'
import { createThreadSweeper } from '#main/scanner/sweep-threads.ts'
import { type RawServer, serveRaw } from '../support/raw-server.ts'
import { dialFor, plannedBlock, scanPlan } from '../support/scanning.ts'
import { jobFor, serveOllama, sweepContext, total } from '../support/sweeping.ts'

const servers: RawServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()))
})

const port = 11_900
const context = sweepContext

async function serve(address: string): Promise<void> {
  servers.push(await serveOllama(address, port))
}

describe('a sweep', () => {
  const twoNetworks = scanPlan({ blocks: [plannedBlock('127.60.0.0', '127.60.1.255', { ports: [port] })] })

  it('visits everything, finds what is there and says what was not', async () => {
    await serve('127.60.0.7')
    await serve('127.60.1.200')
    servers.push(await serveRaw(socket => void socket.write('SSH-2.0-x\r\n'), '127.60.0.9', port))
    const watched = new Set([`127.60.0.9:${port}`, `127.60.0.10:${port}`, `127.60.0.7:${port}`])
    const dial = dialFor(twoNetworks)
    const all = await total(
      sweep(jobFor(twoNetworks, { watched }), dial, context, new AbortController().signal),
    )
    expect(all.outcomes).toEqual({ answered: 3, refused: 509, silent: 0, unreachable: 0, failed: 0 })
    expect(all.observations).toHaveLength(2)
    expect(all.observations).toContainEqual(
      expect.objectContaining({ target: { address: '127.60.1.200', port }, version: '0.12.6', models: [] }),
    )
    expect([...all.networksDone].sort()).toEqual([0, 1])
    expect(all.absences).toEqual(
      expect.arrayContaining([
        { target: { address: '127.60.0.9', port }, outcome: 'answered' },
        { target: { address: '127.60.0.10', port }, outcome: 'refused' },
      ]),
    )
    expect(all.absences).toHaveLength(2)
    expect(all.requests).toBe([...dial.requests.values()].reduce((sum, count) => sum + count, 0))
  })

  it('shared among workers visits everything once', async () => {
    const parts = await Promise.all(
      [0, 1, 2].map(index =>
        total(
          sweep(
            jobFor(twoNetworks, { share: { index, count: 3 } }),
            dialFor(twoNetworks),
            context,
            new AbortController().signal,
          ),
        ),
      ),
    )
    expect(parts.reduce((sum, part) => sum + part.outcomes.refused, 0)).toBe(512)
    expect(parts.flatMap(part => part.networksDone).sort()).toEqual([0, 1])
  })

  it('says of a mute port only that it could not look', async () => {
    servers.push(await serveRaw(socket => void socket.on('data', () => socket.destroy()), '127.60.0.7', port))
    const plan = scanPlan({ blocks: [plannedBlock('127.60.0.7', '127.60.0.7', { ports: [port] })] })
    const watched = new Set([`127.60.0.7:${port}`])
    const all = await total(
      sweep(jobFor(plan, { watched }), dialFor(plan), context, new AbortController().signal),
    )
    expect(all.outcomes.failed).toBe(1)
    expect(all.absences).toEqual([{ target: { address: '127.60.0.7', port }, outcome: 'failed' }])
  })

  it('keeps to its rate', async () => {
    const plan = scanPlan({
      blocks: [plannedBlock('127.60.0.0', '127.60.0.99', { ports: [port] })],
      rate: 200,
    })
    const started = performance.now()
    await total(sweep(jobFor(plan), dialFor(plan), context, new AbortController().signal))
    // 100 attempts at 200 a second: half a second, less what may be made up for.
    expect(performance.now() - started).toBeGreaterThan(400)
  })

  it('keeps to the ceiling of one network while others go on', async () => {
    const plan = scanPlan({
      blocks: [plannedBlock('127.60.0.0', '127.60.3.24', { ports: [port] })],
      networkRate: 500,
    })
    const started = performance.now()
    await total(sweep(jobFor(plan), dialFor(plan), context, new AbortController().signal))
    const elapsed = performance.now() - started
    expect(elapsed).toBeGreaterThan(400)
  })

  it('stopped, ends within a second and has not counted what it did not see', async () => {
    const plan = scanPlan({
      blocks: [plannedBlock('127.60.0.0', '127.60.255.255', { ports: [port] })],
      rate: 2000,
    })
    const stopping = new AbortController()
    setTimeout(() => stopping.abort(), 300)
    const dial = dialFor(plan, { signal: stopping.signal })
    const started = performance.now()
    const all = await total(sweep(jobFor(plan), dial, context, stopping.signal))
    expect(performance.now() - started).toBeLessThan(1300)
    expect(all.outcomes.failed).toBe(0)
    expect(all.outcomes.refused).toBeGreaterThan(100)
    expect(all.outcomes.refused).toBeLessThan(2500)
  })

  it('held back, begins nothing until it may go on', async () => {
    const plan = scanPlan({ blocks: [plannedBlock('127.60.0.0', '127.60.0.9', { ports: [port] })] })
    let paused = true
    const run = total(
      sweep(jobFor(plan, { paused: () => paused }), dialFor(plan), context, new AbortController().signal),
    )
    const first = await Promise.race([
      run,
      new Promise(resolve => setTimeout(() => resolve('still held'), 600)),
    ])
    expect(first).toBe('still held')
    paused = false
    expect((await run).outcomes.refused).toBe(10)
  })
})

describe('a sweep in threads', () => {
  const worker = join(import.meta.dirname, '..', '..', 'src', 'main', 'sweep-worker.ts')
  const plan = scanPlan({ blocks: [plannedBlock('127.60.0.0', '127.60.7.255', { ports: [port] })] })

  it('comes to the same', async () => {
    await serve('127.60.3.3')
    const run = createThreadSweeper(worker, 2)({ plan, watched: [], doneBefore: new Uint8Array(1) })
    const all = await total(run.sweep())
    const asked = run.enquire([
      {
        place: { target: { address: '127.60.3.3', port }, scheme: 'http', basePath: '' },
        version: '0.12.6',
        models: [{ name: 'x', digest: 'a'.repeat(64) }],
      },
    ])
    const batches = []
    for await (const batch of asked) batches.push(batch)
    await run.close()
    expect(all.outcomes).toMatchObject({ answered: 1, refused: 2047 })
    expect(all.observations).toHaveLength(1)
    expect([...all.networksDone].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(batches).toEqual([{ claims: [], requests: { show: 1 } }])
  })

  it('stops within a second', async () => {
    const slow = { ...plan, rate: 100 }
    const run = createThreadSweeper(worker, 2)({ plan: slow, watched: [], doneBefore: new Uint8Array(1) })
    let stopped = 0
    setTimeout(() => {
      stopped = performance.now()
      run.stop()
    }, 500)
    const all = await total(run.sweep())
    await run.close()
    // a second, and as much again for a busy machine
    expect(performance.now() - stopped).toBeLessThan(2000)
    expect(all.outcomes.refused).toBeLessThan(200)
  })
})
