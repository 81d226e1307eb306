import { describe, expect, it, onTestFinished } from 'vitest'
import { layOut } from '#main/scanner/layout.ts'
import { openReader } from '#main/store/open.ts'
import { scanById } from '#main/store/scans.ts'
import type { Coverage, ScanDetail, ScanProgress } from '#shared/domain/scan.ts'
import { weekdays } from '#shared/domain/scan-window.ts'
import { must, startBackend, type TestBackend } from '../support/backend.ts'
import { startBackendProcess } from '../support/backend-process.ts'
import { runCommand } from '../support/command-line.ts'
import { ollamaExcept } from '../support/hostile.ts'
import { serveRaw } from '../support/raw-server.ts'
import { temporaryFolder } from '../support/temporary.ts'

// The life of a scan, as the addresses it visits see it: one listener takes the connections of all of 127/8 and notes them.
interface Door {
  readonly port: number
  /** Connections so far: when, and to which address. */
  readonly visits: readonly { readonly address: string; readonly at: number }[]
}

let ports = 11_941

async function openDoor(): Promise<Door> {
  const visits: { address: string; at: number }[] = []
  const port = ports++
  const server = await serveRaw(
    socket => {
      visits.push({ address: socket.localAddress ?? '', at: performance.now() })
      socket.end('SSH-2.0-OpenSSH_9.6\r\n')
    },
    '0.0.0.0',
    port,
  )
  onTestFinished(() => server.close())
  return { port, visits }
}

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
const terms = { site: 'Lab', authorisedBy: 'Ada', reference: 'T-1' }
const networkOf = (address: string) => address.slice(0, address.lastIndexOf('.'))

function tally(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}

function outcomesOf({ targets: _, excluded: __, ...outcomes }: Coverage): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0)
}

async function until(holds: () => boolean | Promise<boolean>, withinMs: number): Promise<number> {
  const started = performance.now()
  while (!(await holds())) {
    if (performance.now() - started > withinMs) throw new Error(`not within ${withinMs} ms`)
    await sleep(20)
  }
  return performance.now() - started
}

async function endOf(backend: TestBackend, id: ScanProgress['id']): Promise<ScanDetail> {
  await until(async () => (await must(backend.call('scan.progress', {}))) === null, 15_000)
  return must(backend.call('scan.show', { id }))
}

describe('a scan', () => {
  it('paused, visits nobody within a second, and goes on where it was', async () => {
    const door = await openDoor()
    const backend = await startBackend()
    await must(backend.call('range.add', { ...terms, block: '127.67.0.0/22', ports: [door.port] }))
    const { id } = await must(backend.call('scan.start', { rate: 500 }))
    await until(() => door.visits.length > 100, 5000)
    const started = performance.now()
    expect(await must(backend.call('scan.pause', {}))).toMatchObject({ id, phase: 'paused' })
    expect(performance.now() - started).toBeLessThan(1000)
    await sleep(1000 - (performance.now() - started))
    const held = door.visits.length
    await sleep(1500)
    expect(door.visits.length).toBe(held)
    await must(backend.call('scan.resume', { id, confirmVantage: false }))
    const detail = await endOf(backend, id)
    expect(detail.scan.status).toBe('finished')
    expect(detail.coverage).toMatchObject({ targets: 1024, answered: 1024, notReached: 0 })
    expect([...tally(door.visits.map(each => each.address)).values()].every(count => count === 1)).toBe(true)
  })

  it('stopped, ends within a second, and can be taken up without repeating what was done', async () => {
    const door = await openDoor()
    const backend = await startBackend()
    await must(backend.call('range.add', { ...terms, block: '127.68.0.0/18', ports: [door.port] }))
    const { id } = await must(backend.call('scan.start', { rate: 5000, profile: 'fast' }))
    await until(() => door.visits.length > 12_000, 15_000)
    const started = performance.now()
    const stopped = await must(backend.call('scan.stop', { id }))
    expect(performance.now() - started).toBeLessThan(1000)
    expect(stopped.scan).toMatchObject({ status: 'stopped', reason: 'person' })
    expect(outcomesOf(stopped.coverage)).toBe(16_384)
    expect(stopped.coverage.answered).toBeGreaterThan(9000)

    const done = networksOnRecord(backend.dataFolder, id)
    expect(done.size).toBeGreaterThan(0)
    await until(() => hasSettled(door), 5000)
    const before = door.visits.length
    await must(backend.call('scan.resume', { id, confirmVantage: false }))
    const detail = await endOf(backend, id)
    expect(detail.scan.status).toBe('finished')
    expect(detail.coverage).toMatchObject({ targets: 16_384, answered: 16_384, notReached: 0 })
    expectNotAgain(door, before, done)
  })

  it('killed with its process, is taken up by the next one without repeating what was done', async () => {
    const door = await openDoor()
    const folder = temporaryFolder()
    const child = await startBackendProcess(folder)
    await child.call('range.add', { ...terms, block: '127.68.64.0/18', ports: [door.port] })
    await child.call('scan.start', { rate: 5000, profile: 'fast' })
    await until(() => door.visits.length > 12_000, 15_000)
    child.process.kill('SIGKILL')
    await child.gone
    const backend = await startBackend(folder)
    const [report] = await must(backend.call('scan.list', {}))
    if (report === undefined) throw new Error('the scan is gone')
    expect(report.scan).toMatchObject({ status: 'stopped', reason: 'interrupted' })
    expect(outcomesOf(report.coverage)).toBe(16_384)
    expect(report.coverage.answered).toBeGreaterThan(2000)
    const done = networksOnRecord(folder, report.scan.id)
    expect(done.size).toBeGreaterThan(0)
    await until(() => hasSettled(door), 5000)
    const before = door.visits.length
    await must(backend.call('scan.resume', { id: report.scan.id, confirmVantage: false }))
    const detail = await endOf(backend, report.scan.id)
    expect(detail.coverage).toMatchObject({ targets: 16_384, answered: 16_384, notReached: 0 })
    expectNotAgain(door, before, done)
  })

  it('keeps to the ceiling of each /24 and to its own, in every second of it', async () => {
    const door = await openDoor()
    const backend = await startBackend()
    await must(
      backend.call('range.add', { ...terms, block: '127.67.48.0/23', ports: [door.port], networkRate: 100 }),
    )
    await must(backend.call('range.add', { ...terms, block: '127.67.50.0/23', ports: [door.port] }))
    const { id } = await must(backend.call('scan.start', { profile: 'fast', rate: 600 }))
    const detail = await endOf(backend, id)
    expect(detail.coverage.answered).toBe(1024)
    // What was not used for 20 ms may be made up for, and the clocks of both sides differ a little.
    expect(mostWithin(door.visits, 1000)).toBeLessThanOrEqual(600 * 1.1)
    for (const network of ['127.67.48', '127.67.49']) {
      const visits = door.visits.filter(each => networkOf(each.address) === network)
      expect(visits).toHaveLength(256)
      expect(mostWithin(visits, 1000)).toBeLessThanOrEqual(100 * 1.1)
    }
  })

  it('counts each range on its own, and all add up exactly, finished or not', async () => {
    const door = await openDoor()
    const backend = await startBackend()
    const add = (block: string, more: object = {}) =>
      must(backend.call('range.add', { ...terms, block, ports: [door.port], ...more }))
    await add('127.67.64.0/22', { exclusions: ['127.67.64.0/25', '127.67.66.7'] })
    await add('127.67.65.0/26', { ports: [door.port, door.port + 1000] })
    await add('127.67.66.0-127.67.66.30')
    const { id } = await must(backend.call('scan.start', { profile: 'fast', rate: 1500 }))
    await until(() => door.visits.length > 300, 5000)
    await must(backend.call('scan.stop', { id }))
    const midway = await must(backend.call('scan.show', { id }))
    await must(backend.call('scan.resume', { id, confirmVantage: false }))
    for (const detail of [midway, await endOf(backend, id)]) {
      const { coverage, ranges } = detail
      // Four networks less 128 and one, and a second port for 64 of them.
      expect(coverage.targets).toBe(1024 - 129 + 64)
      expect(coverage.excluded).toBe(129)
      expect(outcomesOf(coverage)).toBe(coverage.targets)
      for (const range of ranges) expect(outcomesOf(range.coverage)).toBe(range.coverage.targets)
      for (const key of Object.keys(coverage) as (keyof Coverage)[]) {
        expect(ranges.reduce((sum, range) => sum + range.coverage[key], 0)).toBe(coverage[key])
      }
      const targets = ranges.map(range => [range.block, range.coverage.targets])
      expect(Object.fromEntries(targets)).toEqual({
        '127.67.64.0/22': 1024 - 129 - 64 - 30,
        '127.67.65.0/26': 128,
        '127.67.66.0-127.67.66.30': 30,
      })
    }
    expect((await must(backend.call('scan.show', { id }))).coverage).toMatchObject({
      notReached: 0,
      answered: 1024 - 129,
      refused: 64,
    })
  })

  it('of a network that answers everywhere as an Ollama does: names the tarpit, and counts no instance', async () => {
    const port = ports++
    const talk = ollamaExcept({})
    const server = await serveRaw(
      socket => socket.on('data', chunk => talk(socket, chunk.toString('latin1').split(' ')[1] ?? '')),
      '0.0.0.0',
      port,
    )
    onTestFinished(() => server.close())
    const folder = temporaryFolder()
    const backend = await startBackend(folder)
    await must(backend.call('range.add', { ...terms, block: '127.67.96.0/23', ports: [port] }))
    const { id } = await must(backend.call('scan.start', { profile: 'fast' }))
    const detail = await endOf(backend, id)
    expect([...detail.tarpits].sort()).toEqual(['127.67.96.0/24', '127.67.97.0/24'])
    expect(detail.instances.seen).toBe(0)
    expect(detail.coverage).toMatchObject({ targets: 512, answered: 512 })
    await backend.close()
    const shown = await runCommand(folder, 'scan', 'show', String(id))
    expect(shown.stdout).toContain('127.67.96.0/24')
  })

  it('outside the hours of a range: waits there, visits the others, and says so', async () => {
    const door = await openDoor()
    const backend = await startBackend()
    await must(
      backend.call('range.add', {
        ...terms,
        block: '127.67.80.0/24',
        ports: [door.port],
        windows: closedNow(),
      }),
    )
    await must(backend.call('range.add', { ...terms, block: '127.67.81.0/24', ports: [door.port] }))
    const { id } = await must(backend.call('scan.start', { profile: 'fast', wait: true }))
    await until(async () => (await must(backend.call('scan.progress', {})))?.phase === 'waiting', 10_000)
    expect(tally(door.visits.map(each => networkOf(each.address)))).toEqual(new Map([['127.67.81', 256]]))
    const report = await must(backend.call('scan.stop', { id }))
    expect(report.coverage).toMatchObject({ answered: 256, notReached: 256, failed: 0 })
  })
})

/** Whether nobody came for a while: what was under way when a scan was broken off has arrived. */
function hasSettled({ visits }: Door): boolean {
  return performance.now() - (visits.at(-1)?.at ?? 0) > 300
}

/** Everybody was visited, and from the given visit on nobody in a network that was done by then. */
function expectNotAgain({ visits }: Door, from: number, done: ReadonlySet<string>): void {
  expect(new Set(visits.map(each => each.address)).size).toBe(16_384)
  const again = new Set(visits.slice(from).map(each => networkOf(each.address)))
  expect([...again].filter(network => done.has(network))).toEqual([])
}

/** The networks that are on record as done, `127.68.3`. */
function networksOnRecord(dataFolder: string, id: number): Set<string> {
  const store = openReader(dataFolder)
  if (!store.ok) throw new Error(store.failure.code)
  const record = scanById(store.value, { id })
  store.value.connection.close()
  if (record === undefined) throw new Error('no such scan')
  const layout = layOut(JSON.parse(record.plan))
  const isDone = (index: number) => ((record.networks_done[index >> 3] ?? 0) & (1 << (index & 7))) !== 0
  const indexes = Array.from({ length: layout.networkCount }, (_, index) => index).filter(isDone)
  return new Set(indexes.map(index => networkOf(layout.network(index).text)))
}

/** The most visits in any stretch of so many milliseconds. */
function mostWithin(visits: Door['visits'], ms: number): number {
  const times = visits.map(each => each.at).sort((a, b) => a - b)
  let first = 0
  let most = 0
  for (const [last, at] of times.entries()) {
    while (at - (times[first] ?? at) >= ms) first++
    most = Math.max(most, last - first + 1)
  }
  return most
}

/** A window that opens in some hours' time, whatever the time is. */
function closedNow(): string {
  const hour = (new Date().getHours() + 6) % 24
  const next = String((hour + 1) % 24).padStart(2, '0')
  return `${weekdays.join(',')} ${String(hour).padStart(2, '0')}:00-${next}:00`
}
