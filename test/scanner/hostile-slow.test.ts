import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { drip, type Encounter, head, meet, ollamaExcept } from '../support/hostile.ts'
import { serveRaw } from '../support/raw-server.ts'
import { dialFor, plannedBlock, scanPlan } from '../support/scanning.ts'

// Hosts that never finish. Every wait has its end; the scan takes no longer than the longest of them, and others not at all.
const json = [['Content-Type', 'application/json; charset=utf-8']] as const
const firstPageMs = 5000
const listMs = 15_000
const slackMs = 2500

function expectUnharmed(encounter: Encounter): void {
  expect(encounter.neighbour).toMatchObject({ version: '0.12.6', models: [] })
  expect(encounter.neighbourMs).toBeLessThan(3000)
  expect(encounter.swept.outcomes).toMatchObject({ refused: 14, silent: 0, unreachable: 0 })
  expect(encounter.swept.networksDone).toEqual([0])
}

describe.concurrent('a host that never finishes', { timeout: 60_000 }, () => {
  it('says nothing at all: could not look, after five seconds', async () => {
    const met = await meet(() => {})
    expectUnharmed(met)
    expect(met.outcome).toBe('failed')
    expect(met.ms).toBeLessThan(firstPageMs + slackMs)
  })

  it('sends its head one byte at a time (slow loris): could not look', async () => {
    const met = await meet(socket => drip(socket, 'HTTP/1.1 200 OK\r\nX-Slow: loris', 100))
    expectUnharmed(met)
    expect(met.outcome).toBe('failed')
    expect(met.ms).toBeLessThan(firstPageMs + slackMs)
  })

  it('sends headers for ever, slowly: could not look', async () => {
    const met = await meet(socket => {
      socket.write('HTTP/1.1 200 OK\r\n')
      drip(socket, 'X-Slow: loris\r\n', 50)
    })
    expectUnharmed(met)
    expect(met.outcome).toBe('failed')
    expect(met.ms).toBeLessThan(firstPageMs + slackMs)
  })

  it('says 100 Continue for ever: could not look', async () => {
    const met = await meet(socket => {
      const timer = setInterval(() => socket.write('HTTP/1.1 100 Continue\r\n\r\n'), 5)
      socket.on('close', () => clearInterval(timer))
    })
    expectUnharmed(met)
    expect(met.outcome).toBe('failed')
    expect(met.ms).toBeLessThan(firstPageMs + slackMs)
  })

  it('begins a TLS handshake and never finishes it: no instance', async () => {
    // The first 11 bytes of a ServerHello that announces 90.
    const met = await meet(socket => socket.write(Buffer.from('160303005a020000560303', 'hex')))
    expectUnharmed(met)
    expect(['answered', 'failed']).toContain(met.outcome)
    expect(met.ms).toBeLessThan(2 * firstPageMs + slackMs)
  })

  it('takes TLS for granted and waits for more: no instance', async () => {
    const met = await meet(() => {}, { onConnect: socket => socket.write(Buffer.from('16', 'hex')) })
    expectUnharmed(met)
    expect(['answered', 'failed']).toContain(met.outcome)
    expect(met.ms).toBeLessThan(2 * firstPageMs + slackMs)
  })

  it('sends its list one byte at a time: the models are unknown, after fifteen seconds', async () => {
    const met = await meet(
      ollamaExcept({
        '/api/tags': socket => {
          socket.write(head([...json, ['Content-Length', 100_000]]))
          drip(socket, '{"models":[', 100)
        },
      }),
    )
    expectUnharmed(met)
    expect(met.observation).toMatchObject({ version: '0.12.6', models: null })
    expect(met.observation?.probes.find(probe => probe.kind === 'tags')?.failure).toBe('timed-out')
    expect(met.ms).toBeLessThan(listMs + slackMs)
  })

  it('announces a gigabyte, or a chunk of 16 digits, and sends nothing of it: the models are unknown', async () => {
    const lengths = [
      head([...json, ['Content-Length', 2 ** 30]]),
      `${head([...json, ['Transfer-Encoding', 'chunked']])}FFFFFFFFFFFFFFF\r\n`,
    ]
    const all = await Promise.all(
      lengths.map(length => meet(ollamaExcept({ '/api/tags': socket => void socket.write(length) }))),
    )
    for (const met of all) {
      expectUnharmed(met)
      expect(met.observation).toMatchObject({ version: '0.12.6', models: null })
      expect(met.ms).toBeLessThan(listMs + slackMs)
    }
  })

  it('answers everything, but each after four seconds: is known in the end', async () => {
    const slow = (body: string) => (socket: Socket) => {
      setTimeout(() => socket.write(`${head([...json, ['Content-Length', body.length]])}${body}`), 4000)
    }
    const met = await meet(
      ollamaExcept({ '/api/version': slow('{"version":"0.12.6"}'), '/api/tags': slow('{"models":[]}') }),
    )
    expectUnharmed(met)
    expect(met.observation).toMatchObject({ version: '0.12.6', models: [] })
    expect(met.ms).toBeLessThan(30_000)
  })

  it('is left after a minute, whatever patience each question would have', async () => {
    const server = await serveRaw(() => {})
    let jumpMs = 0
    const plan = scanPlan({
      blocks: [plannedBlock(server.address, server.address, { ports: [server.port] })],
    })
    const opened = await dialFor(plan, { monotonic: () => performance.now() + jumpMs }).open(server, 500)
    if (opened.outcome !== 'answered') throw new Error(opened.reason)
    jumpMs = 59_500
    const started = performance.now()
    expect(await opened.line.ask('tags')).toMatchObject({ ok: false, failure: 'timed-out' })
    expect(performance.now() - started).toBeLessThan(1000)
    jumpMs = 60_001
    expect(await opened.line.ask('version')).toMatchObject({ ok: false, failure: 'timed-out' })
    expect(server.requests.join('')).not.toContain('/api/version')
    opened.line.close()
    await server.close()
  })
})
