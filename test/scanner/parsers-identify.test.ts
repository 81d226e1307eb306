import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '#main/scanner/answer.ts'
import { hostileAnswer } from '../support/answers.ts'
import { type RawServer, serveRaw } from '../support/raw-server.ts'
import { identifyAt } from '../support/scanning.ts'

// The whole way, over a socket: whatever a server answers, it is identified or not, in bounded size, and nothing throws.
const paths = ['/', '/api/version', '/api/tags', '/v1/models', '/api/ps', '/api/status', 'elsewhere'] as const
type Script = Readonly<Record<(typeof paths)[number], Answered>>

const scripts: fc.Arbitrary<Script> = fc.record({
  '/': fc.oneof(
    { weight: 1, arbitrary: hostileAnswer },
    { weight: 2, arbitrary: hostileAnswer.map(asBanner) },
  ),
  '/api/version': hostileAnswer,
  '/api/tags': hostileAnswer,
  '/v1/models': hostileAnswer,
  '/api/ps': hostileAnswer,
  '/api/status': hostileAnswer,
  elsewhere: hostileAnswer,
})

function asBanner(answer: Answered): Answered {
  return { ...answer, status: 200, body: Buffer.from('Ollama is running') }
}

let script: Script | null = null
let server: RawServer
beforeAll(async () => {
  server = await serveRaw(socket => {
    socket.on('data', chunk => {
      const path = chunk.toString('latin1').split(' ')[1] ?? ''
      const answer = script?.[paths.find(each => each === path) ?? 'elsewhere']
      if (answer !== undefined) socket.write(bytesOf(answer))
    })
  })
})
afterAll(() => server.close())

/** Any headers but those of length: that a body may be cut or endless is tested elsewhere. */
function bytesOf({ status, headers, body }: Answered): Buffer {
  const lines = headers
    .filter(([name]) => name !== 'Content-Length')
    .map(([name, value]) => `${name}: ${value.replace(/[^\x20-\x7e]/g, '?')}\r\n`)
  const carries = status !== 204 && status !== 304
  const length = carries ? `Content-Length: ${body.length}\r\n` : ''
  const head = Buffer.from(`HTTP/1.1 ${status} Odd\r\n${lines.join('')}${length}\r\n`)
  return carries ? Buffer.concat([head, body]) : head
}

describe('identifying', () => {
  it('comes to an end, and to no more than it may, whatever is answered', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(scripts, async all => {
        script = all
        const seen = await identifyAt(server.address, server.port)
        if (typeof seen === 'string') return
        const { confidence, signals } = seen.identity
        expect(confidence >= 0 && confidence <= 100).toBe(true)
        expect(signals.length).toBeLessThan(60)
        expect(seen.probes.length).toBeLessThan(40)
        expect(JSON.stringify(seen).isWellFormed()).toBe(true)
        expect(JSON.stringify(seen).length).toBeLessThan(100_000)
        expect(structuredClone(seen)).toEqual(seen)
      }),
      { numRuns: 300 },
    )
  })
})
