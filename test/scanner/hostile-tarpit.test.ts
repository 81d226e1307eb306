import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { head, ollamaExcept, type Talk } from '../support/hostile.ts'
import { type RawServer, serveRaw } from '../support/raw-server.ts'
import { plannedBlock, scanPlan } from '../support/scanning.ts'
import { serveOllama, sweepAll } from '../support/sweeping.ts'

// One listener on 0.0.0.0 answers for the whole of 127/8: just what a tarpit does.
function tarpit(
  port: number,
  talk: Talk,
  onConnect: (socket: Socket) => void = () => {},
): Promise<RawServer> {
  return serveRaw(
    socket => {
      onConnect(socket)
      socket.on('data', chunk => talk(socket, chunk.toString('latin1').split(' ')[1] ?? ''))
    },
    '0.0.0.0',
    port,
  )
}

const json = [['Content-Type', 'application/json; charset=utf-8']] as const
const tags = JSON.stringify({
  models: [{ name: 'bait:7b', model: 'bait:7b', size: 1, digest: 'a'.repeat(64) }],
})
const likeOllama = ollamaExcept({
  '/api/tags': socket => socket.write(`${head([...json, ['Content-Length', tags.length]])}${tags}`),
})

describe.concurrent('a network in which every address answers, and the same', { timeout: 60_000 }, () => {
  it('as an Ollama: a tarpit in each network, no instance, every target accounted for', async ({
    onTestFinished,
  }) => {
    const pit = await tarpit(11_911, likeOllama)
    onTestFinished(() => pit.close())
    const plan = scanPlan({ blocks: [plannedBlock('127.110.0.0', '127.110.7.255', { ports: [11_911] })] })
    const swept = await sweepAll(plan)
    expect(swept.observations).toEqual([])
    expect([...swept.tarpits].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(swept.outcomes).toMatchObject({ answered: 2048, refused: 0, silent: 0, failed: 0 })
  })

  it('on one port of several: the other ports are judged on their own', async ({ onTestFinished }) => {
    const pit = await tarpit(11_912, likeOllama)
    const genuine = await serveOllama('127.110.16.9', 11_913)
    onTestFinished(async () => void (await Promise.all([pit.close(), genuine.close()])))
    const plan = scanPlan({
      blocks: [plannedBlock('127.110.16.0', '127.110.16.255', { ports: [11_912, 11_913] })],
    })
    const swept = await sweepAll(plan)
    expect(swept.tarpits).toEqual([0])
    expect(swept.observations.map(each => each.target)).toEqual([{ address: '127.110.16.9', port: 11_913 }])
    expect(swept.outcomes).toMatchObject({ answered: 257, refused: 255 })
  })

  it('by saying nothing: waits a second each, not five', async ({ onTestFinished }) => {
    const pit = await tarpit(11_914, () => {})
    onTestFinished(() => pit.close())
    const plan = scanPlan({
      blocks: [plannedBlock('127.110.32.0', '127.110.32.255', { ports: [11_914] })],
      concurrency: 64,
    })
    const started = performance.now()
    const swept = await sweepAll(plan)
    expect(swept.tarpits).toEqual([0])
    expect(swept.outcomes).toMatchObject({ failed: 256 })
    // 64 at a time: the first two rounds wait five seconds, the others one.
    expect(performance.now() - started).toBeLessThan(16_000)
  })

  it('but for one that is different: an ordinary network, and everybody is told', async ({
    onTestFinished,
  }) => {
    const genuine = ollamaExcept({})
    const pit = await tarpit(11_915, (socket, path) =>
      (socket.localAddress === '127.110.48.77' ? genuine : likeOllama)(socket, path),
    )
    onTestFinished(() => pit.close())
    const plan = scanPlan({ blocks: [plannedBlock('127.110.48.0', '127.110.48.255', { ports: [11_915] })] })
    const swept = await sweepAll(plan)
    expect(swept.tarpits).toEqual([])
    expect(swept.observations).toHaveLength(256)
  })

  it('with a banner of something else: no instance, and no tarpit to speak of', async ({
    onTestFinished,
  }) => {
    const pit = await tarpit(
      11_916,
      () => {},
      socket => socket.write('SSH-2.0-OpenSSH_9.6\r\n'),
    )
    onTestFinished(() => pit.close())
    const plan = scanPlan({ blocks: [plannedBlock('127.110.64.0', '127.110.64.255', { ports: [11_916] })] })
    const swept = await sweepAll(plan)
    expect(swept.observations).toEqual([])
    expect(swept.outcomes.answered).toBe(256)
  })
})
