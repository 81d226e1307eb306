import { execFile } from 'node:child_process'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { enquire } from '#main/scanner/enquire.ts'
import { ollamaExcept } from '../support/hostile.ts'
import { type RawServer, serveRaw } from '../support/raw-server.ts'
import { dialFor, plannedBlock, scanPlan } from '../support/scanning.ts'
import { serveOllama, sweepAll } from '../support/sweeping.ts'

const servers: RawServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()))
})

const run = promisify(execFile)
const port = 11_921

describe.skipIf(process.platform === 'win32')('a machine with few open files (EMFILE)', () => {
  it('has fewer connections at a time, and overlooks nobody', { timeout: 60_000 }, async () => {
    // Every address takes the connection and holds it for a while: 512 of them cannot be open at a time.
    const genuine = ollamaExcept({})
    const talk = (socket: Socket) => {
      if (socket.localAddress !== '127.112.17.9') setTimeout(() => socket.end('SSH-2.0-OpenSSH_9.6\r\n'), 200)
      else socket.on('data', chunk => genuine(socket, chunk.toString('latin1').split(' ')[1] ?? ''))
    }
    servers.push(await serveRaw(talk, '0.0.0.0', port))
    const program = join(import.meta.dirname, '..', 'support', 'few-files.ts')
    const command = `ulimit -n 100 && exec "${process.execPath}" "${program}" ${port}`
    const { stdout } = await run('/bin/sh', ['-c', command])
    expect(JSON.parse(stdout)).toEqual({
      outcomes: { answered: 512, refused: 0, silent: 0, unreachable: 0, failed: 0 },
      found: ['127.112.17.9'],
      networksDone: expect.arrayContaining([0, 1]),
    })
  })
})

describe('an address that is gone again', () => {
  const models = [{ name: 'qwen3:8b', digest: 'a'.repeat(64) }]

  it('between the sweep and the details: no claim, and others are asked', async () => {
    const gone = await serveOllama('127.112.32.1', port)
    servers.push(await serveShow('127.112.32.2'))
    const plan = scanPlan({ blocks: [plannedBlock('127.112.32.0', '127.112.32.15', { ports: [port] })] })
    const swept = await sweepAll(plan)
    expect(swept.observations.map(each => each.target.address)).toContain('127.112.32.1')
    await gone.close()
    const enquiries = ['127.112.32.1', '127.112.32.2'].map(address => ({
      place: { target: { address, port }, scheme: 'http' as const, basePath: '' },
      version: '0.12.6',
      models,
    }))
    const claims = []
    const started = performance.now()
    const { signal } = new AbortController()
    for await (const batch of enquire(enquiries, dialFor(plan), () => Date.now(), signal))
      claims.push(...batch.claims)
    expect(claims.map(claim => claim.place.target.address)).toEqual(['127.112.32.2'])
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it('between the first page and the next question: what was seen is kept, the rest is unknown', async () => {
    const server = await serveRaw(
      socket => {
        socket.once('data', () => {
          socket.end('HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\nOllama is running')
          void server.close()
        })
      },
      '127.112.33.1',
      port,
    )
    const plan = scanPlan({ blocks: [plannedBlock('127.112.33.1', '127.112.33.4', { ports: [port] })] })
    const swept = await sweepAll(plan, { watched: new Set([`127.112.33.1:${port}`]) })
    expect(swept.outcomes).toMatchObject({ answered: 1, refused: 3 })
    expect(swept.observations.every(each => each.models === null && each.version === null)).toBe(true)
  })
})

/** Answers `show` and nothing else. */
function serveShow(address: string): Promise<RawServer> {
  const body = '{"capabilities":["completion"]}'
  return serveRaw(
    socket => {
      socket.on('data', () =>
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
      )
    },
    address,
    port,
  )
}

describe('a clock that jumps', () => {
  const plan = scanPlan({ blocks: [plannedBlock('127.112.48.0', '127.112.48.255', { ports: [port] })] })

  it('by days, back and forth, changes no duration, no rate and no outcome', async () => {
    servers.push(await serveOllama('127.112.48.7', port))
    let calls = 0
    const now = () => Date.now() + (calls++ % 2 === 0 ? 1 : -1) * 3 * 86_400_000
    const started = performance.now()
    const swept = await sweepAll({ ...plan, rate: 500 }, {}, { now })
    const elapsed = performance.now() - started
    expect(swept.outcomes).toMatchObject({ answered: 1, refused: 255, failed: 0 })
    // 256 at 500 a second, whatever the calendar says.
    expect(elapsed).toBeGreaterThan(400)
    expect(elapsed).toBeLessThan(3000)
    for (const { durationMs } of swept.observations[0]?.probes ?? []) {
      expect(durationMs).toBeGreaterThanOrEqual(0)
      expect(durationMs).toBeLessThan(2000)
    }
  })

  it('out of the hours a range may be scanned in: nothing is sent there until it is back', async () => {
    const server = await serveOllama('127.112.48.7', port)
    servers.push(server)
    const noon = new Date(2026, 5, 1, 12).getTime()
    const windows = [{ days: ['mon' as const], from: 11 * 60, to: 13 * 60 }]
    const block = plannedBlock('127.112.48.0', '127.112.48.255', { ports: [port], windows })
    let now = noon
    const jumps = setTimeout(() => {
      now = noon + 6 * 3_600_000
    }, 200)
    const returns = setTimeout(() => {
      now = noon
    }, 1500)
    const started = performance.now()
    const bound = scanPlan({ blocks: [block], rate: 200, waits: true })
    const swept = await sweepAll(bound, {}, { now: () => now })
    clearTimeout(jumps)
    clearTimeout(returns)
    expect(swept.outcomes).toMatchObject({ answered: 1, refused: 255, failed: 0, silent: 0 })
    expect(swept.wasAsleep).toBe(true)
    // 256 at 200 a second, and 1.3 seconds outside.
    expect(performance.now() - started).toBeGreaterThan(2300)
  })

  it('out of those hours for good: the scan ends, and what is left was not reached', async () => {
    const noon = new Date(2026, 5, 1, 12).getTime()
    const windows = [{ days: ['mon' as const], from: 11 * 60, to: 13 * 60 }]
    const block = plannedBlock('127.112.48.0', '127.112.48.255', { ports: [port], windows })
    let now = noon
    setTimeout(() => {
      now = noon + 6 * 3_600_000
    }, 300)
    const swept = await sweepAll(scanPlan({ blocks: [block], rate: 200 }), {}, { now: () => now })
    const looked = Object.values(swept.outcomes).reduce((sum, count) => sum + count, 0)
    expect(swept.outcomes).toMatchObject({ failed: 0, silent: 0 })
    expect(looked).toBeGreaterThan(20)
    expect(looked).toBeLessThan(200)
    expect(swept.networksDone).toEqual([])
    expect(swept.wasAsleep).toBe(true)
  })

  it('past the end of an authorisation: nothing more is sent', async () => {
    const block = plannedBlock('127.112.48.0', '127.112.48.255', { ports: [port], validBefore: 1000 })
    let now = 0
    setTimeout(() => {
      now = 1000
    }, 300)
    const swept = await sweepAll(scanPlan({ blocks: [block], rate: 200 }), {}, { now: () => now })
    expect(swept.outcomes.refused).toBeGreaterThan(20)
    expect(swept.outcomes.failed).toBeGreaterThan(100)
    expect(swept.outcomes.refused + swept.outcomes.failed).toBe(256)
  })
})
