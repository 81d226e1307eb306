import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogModel } from '#lab/catalog/catalog.ts'
import { defaultPort, labHost } from '#lab/host.ts'
import { type Lab, startLab } from '#lab/lab.ts'
import { ollama } from '#lab/ollama/server.ts'
import { openWebUi } from '#lab/others/python-servers.ts'
import { absent } from '#lab/truth.ts'
import { ownBase } from './own-base.ts'
import { ask, exchange, get, post } from './raw-client.ts'

/** The lab notes everything it is asked, and what must never be asked. */
const holds = ['qwen3:8b', 'team-assistant:latest', 'gpt-oss:120b-cloud'].map((name, index) => ({
  model: catalogModel(name),
  modifiedAt: `2026-08-0${3 - index}T10:00:00Z`,
}))
const hosts = [
  labHost(1, 'current', ollama({ version: '0.32.15', holds }), absent('answered')),
  labHost(2, 'front end', openWebUi(), absent('answered')),
]

let lab: Lab
const address = () => lab.hosts[0]?.address ?? ''
const last = () => lab.requests.at(-1)
beforeAll(async () => {
  lab = await startLab({ base: ownBase(), hosts })
})
afterAll(() => lab.stop())

describe('a request', () => {
  it('is noted with everything that was sent', async () => {
    const before = Date.now()
    await exchange(
      address(),
      defaultPort,
      'POST /api/show?x=1 HTTP/1.1\r\nHost: probe\r\nUser-Agent: Test/1\r\nX-Twice: a\r\nX-Twice: b\r\nContent-Length: 19\r\nConnection: close\r\n\r\n{"model":"Größe"}',
      1000,
    )
    expect(last()).toMatchObject({
      address: address(),
      port: defaultPort,
      method: 'POST',
      path: '/api/show?x=1',
      httpVersion: '1.1',
      headers: [
        ['Host', 'probe'],
        ['User-Agent', 'Test/1'],
        ['X-Twice', 'a'],
        ['X-Twice', 'b'],
        ['Content-Length', '19'],
        ['Connection', 'close'],
      ],
      body: '{"model":"Größe"}',
      forbidden: false,
    })
    expect(last()?.at).toBeGreaterThanOrEqual(before)
  })

  it('is noted once each, also pipelined, and connections beside', async () => {
    const [requests, connections] = [lab.requests.length, lab.connections.length]
    const one = 'GET /api/version HTTP/1.1\r\nHost: x\r\n\r\n'
    await exchange(
      address(),
      defaultPort,
      one.repeat(49) + one.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'),
      1000,
    )
    expect([lab.requests.length - requests, lab.connections.length - connections]).toEqual([50, 1])
  })

  it('keeps four kilobytes of a body', async () => {
    await post(address(), defaultPort, '/api/show', JSON.stringify({ model: 'x'.repeat(10_000) }))
    expect(last()?.body).toHaveLength(4096)
  })

  it('can be followed', async () => {
    const seen: string[] = []
    lab.follow(({ path }) => seen.push(path))
    await get(address(), defaultPort, '/followed')
    expect(seen).toEqual(['/followed'])
  })

  it('that is none leaves a connection and no record', async () => {
    const [requests, connections] = [lab.requests.length, lab.connections.length]
    await exchange(address(), defaultPort, 'SSH-2.0-x\r\n', 700)
    expect([lab.requests.length - requests, lab.connections.length - connections]).toEqual([0, 1])
  })
})

describe('forbidden is', () => {
  const cases: readonly (readonly [method: string, path: string, body: string, forbidden: boolean])[] = [
    ['GET', '/', '', false],
    ['GET', '/api/pull', '', false],
    ['HEAD', '/api/tags', '', false],
    ['OPTIONS', '/api/show', '', false],
    ['GET', '/v1/responses', '', false],
    ['POST', '/api/show', '{"model":"qwen3:8b","name":"qwen3:8b"}', false],
    ['POST', '/api/show', '', false],
    ['POST', '/api/show', '{"model":"qwen3:8b","verbose":true}', true],
    ['POST', '/api/show', '{"model":"team-assistant","name":"team-assistant"}', true],
    ['POST', '/api/show', '{"model":"gpt-oss:120b-cloud"}', true],
    ['POST', '/api/show', '{"model":"anything:CLOUD"}', true],
    ['POST', '/api/pull', '', true],
    ['POST', '/api/generate', '{"model":"qwen3:8b"}', true],
    ['DELETE', '/api/delete', '{"model":"qwen3:8b"}', true],
    ['POST', '/v1/chat/completions', '{}', true],
    ['PUT', '/anything', '', true],
    ['GET', '/api/me', '', true],
    ['POST', '/api/signout', '', true],
    ['DELETE', '/api/user/keys/x', '', true],
    ['GET', '/api/experimental/model-recommendations', '', true],
  ]

  it.each(cases)('%s %s %s: %s', async (method, path, body, forbidden) => {
    await ask(address(), defaultPort, method, path, body)
    expect(last()).toMatchObject({ method, path, forbidden })
  })

  it('told on front ends too, through their own paths', async () => {
    const front = lab.hosts[1]?.address ?? ''
    await post(front, defaultPort, '/ollama/api/show', '{"model":"x"}')
    expect(last()?.forbidden).toBe(false)
    await post(front, defaultPort, '/ollama/api/generate', '{"model":"x"}')
    expect(last()?.forbidden).toBe(true)
  })
})
