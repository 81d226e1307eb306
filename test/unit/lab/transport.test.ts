import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogModel } from '#lab/catalog/catalog.ts'
import { defaultPort, labHost } from '#lab/host.ts'
import { type Lab, startLab } from '#lab/lab.ts'
import { ollama } from '#lab/ollama/server.ts'
import { absent } from '#lab/truth.ts'
import { goDialect } from '#lab/wire/go.ts'
import type { Request } from '#lab/wire/request.ts'
import { ownBase } from './own-base.ts'
import { ask, exchange, get, open, parse } from './raw-client.ts'

/** What must hold over real sockets: framing, keep-alive, order of answers. Single answers are in captured.test.ts. */
const anyRequest: Request = {
  method: 'GET',
  target: '/',
  path: '/',
  version: '1.1',
  headers: [],
  host: 'x',
  body: Buffer.alloc(0),
}
const many = Array.from({ length: 24 }, (_, index) => ({
  model: { ...catalogModel('qwen3:8b'), name: `copy-${index}:latest` },
  modifiedAt: `2026-08-01T10:00:${String(index).padStart(2, '0')}.5Z`,
}))
const hosts = [
  labHost(1, 'few models', ollama({ version: '0.32.15', holds: many.slice(0, 1) }), absent('answered')),
  labHost(2, 'many models', ollama({ version: '0.32.15', holds: many }), absent('answered')),
]

let lab: Lab
const address = (index: number) => lab.hosts[index]?.address ?? ''
beforeAll(async () => {
  lab = await startLab({ base: ownBase(), hosts })
})
afterAll(() => lab.stop())

describe('framing', () => {
  it('counts a short body and sends a long one as a single chunk', async () => {
    const short = parse(await get(address(0), defaultPort, '/api/tags'))
    expect(short.names).toEqual(['Content-Type', 'Date', 'Content-Length', 'Connection'])
    const answer = await get(address(1), defaultPort, '/api/tags')
    const long = parse(answer)
    expect(long.names).toEqual(['Content-Type', 'Date', 'Connection', 'Transfer-Encoding'])
    const size = Buffer.byteLength(long.body)
    expect(answer).toContain(`\r\n\r\n${size.toString(16)}\r\n{"models":`)
    expect(answer.endsWith('}\r\n0\r\n\r\n')).toBe(true)
  })

  it.each([
    [2048, true],
    [2049, false],
  ])('a body of %i bytes is counted: %s', (size, counted) => {
    const { bytes } = goDialect.answer(anyRequest, { status: 200, headers: [], body: Buffer.alloc(size) })
    expect(bytes.includes(`Content-Length: ${size}`)).toBe(counted)
    expect(bytes.includes('Transfer-Encoding: chunked')).toBe(!counted)
  })

  it('answers HEAD with the length of GET, and of a long body with none', async () => {
    const short = parse(await ask(address(0), defaultPort, 'HEAD', '/api/tags', ''))
    expect(short.body).toBe('')
    expect(Number(short.headers.get('content-length'))).toBeGreaterThan(200)
    const long = parse(await ask(address(1), defaultPort, 'HEAD', '/api/tags', ''))
    expect(long.names).toEqual(['Content-Type', 'Date', 'Connection'])
  })

  it('ends a long body by closing where the client speaks HTTP/1.0', async () => {
    const answer = await exchange(address(1), defaultPort, 'GET /api/tags HTTP/1.0\r\n\r\n', 1000)
    expect(parse(answer).names).toEqual(['Content-Type', 'Date'])
    expect(answer.endsWith('}]}')).toBe(true)
  })
})

describe('a connection', () => {
  it('stays open, answer after answer', async () => {
    const line = await open(address(0), defaultPort)
    for (const path of ['/', '/api/version', '/nowhere']) {
      line.send(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
      expect(parse(await line.quiet(50)).names).not.toContain('Connection')
    }
    expect(line.closed()).toBe(false)
    line.socket.destroy()
  })

  it('answers pipelined requests in order and closes when asked', async () => {
    const requests = ['/', '/api/version', '/nowhere'].map(path => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
    const last = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
    const answer = await exchange(address(0), defaultPort, requests.join('') + last, 1000)
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual([
      'HTTP/1.1 200',
      'HTTP/1.1 200',
      'HTTP/1.1 404',
      'HTTP/1.1 200',
    ])
    expect(answer.match(/Connection: close/g)).toHaveLength(1)
  })

  it('takes a request byte by byte, with a chunked body', async () => {
    const line = await open(address(0), defaultPort)
    const request =
      'POST /api/show HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{"m\r\n5\r\nodel"\r\n2\r\n:5\r\n1\r\n}\r\n0\r\n\r\n'
    for (const character of request) line.send(character)
    const answer = parse(await line.quiet(200))
    expect(answer.body).toContain('ShowRequest.model of type string')
    line.socket.destroy()
  })

  it('is dropped after a head of more than one mebibyte', async () => {
    const request = `GET / HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat((1 << 20) + 8192)}\r\n\r\n`
    const answer = await exchange(address(0), defaultPort, request, 3000)
    expect(answer).toBe(
      'HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n431 Request Header Fields Too Large',
    )
  })

  it('says nothing to bytes without a line break', async () => {
    const line = await open(address(0), defaultPort)
    line.send(Buffer.from([0, 1, 2, 3]))
    expect(await line.quiet(100)).toBe('')
    expect(line.closed()).toBe(false)
    line.socket.destroy()
  })
})
