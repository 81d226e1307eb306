import { afterEach, describe, expect, it } from 'vitest'
import { allowList, buildRequest } from '#main/scanner/allow-list.ts'
import type { Line } from '#main/scanner/dial.ts'
import type { ProbeKind } from '#shared/domain/probe.ts'
import { probeKinds } from '#shared/domain/probe.ts'
import { type RawServer, type RecordedAnswer, serveAnswers, serveRaw } from '../support/raw-server.ts'
import { dialFor, plannedBlock, scanPlan } from '../support/scanning.ts'

const servers: RawServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()))
})

function keep(server: RawServer): RawServer {
  servers.push(server)
  return server
}

const fine: RecordedAnswer = { status: 200, statusText: 'OK', headers: [['Content-Length', '2']], body: 'ok' }

function planFor(server: Pick<RawServer, 'address' | 'port'>, plan: Parameters<typeof scanPlan>[0] = {}) {
  return scanPlan({
    blocks: [plannedBlock(server.address, server.address, { ports: [server.port] })],
    ...plan,
  })
}

async function lineTo(server: RawServer, options: Parameters<typeof dialFor>[1] = {}): Promise<Line> {
  const opened = await dialFor(planFor(server), options).open(server, 500)
  if (opened.outcome !== 'answered') throw new Error(opened.reason)
  return opened.line
}

describe('nothing is sent', () => {
  const refusal = async (
    plan: Parameters<typeof scanPlan>[0],
    options: Parameters<typeof dialFor>[1] = {},
  ) => {
    const server = keep(await serveAnswers(() => fine))
    const opened = await dialFor(planFor(server, plan), options).open(server, 500)
    expect(server.connections()).toBe(0)
    return opened.outcome === 'answered' ? 'answered' : opened.reason
  }

  it('to an address outside the plan', async () => {
    expect(await refusal({ blocks: [plannedBlock('127.0.0.2')] })).toBe('outside')
  })

  it('to another port of an address in it', async () => {
    expect(await refusal({ blocks: [plannedBlock('127.0.0.1', '127.0.0.1', { ports: [1] })] })).toBe(
      'outside',
    )
  })

  it('to an excluded address, in whatever form it was excluded', async () => {
    expect(await refusal({ exclusions: [{ first: '127.0.0.0', last: '127.0.0.255' }] })).toBe('excluded')
    expect(await refusal({ exclusions: [{ first: '::ffff:127.0.0.1', last: '::ffff:127.0.0.1' }] })).toBe(
      'excluded',
    )
  })

  it('once the authorisation has ended, even in the middle of a scan', async () => {
    const server = keep(await serveAnswers(() => fine))
    let now = 999
    const plan = scanPlan({
      blocks: [plannedBlock('127.0.0.1', '127.0.0.1', { ports: [server.port], validBefore: 1000 })],
    })
    const dial = dialFor(plan, { now: () => now })
    expect((await dial.open(server, 500)).outcome).toBe('answered')
    now = 1000
    expect(await dial.open(server, 500)).toMatchObject({ outcome: 'failed', reason: 'authorisation-expired' })
  })

  it('to a private address from another network than planned', async () => {
    const plan = scanPlan({ blocks: [plannedBlock('10.99.0.1', '10.99.0.1', { place: '10.99.0.0/24' })] })
    const dial = dialFor(plan, { place: () => '192.168.1.0/24' })
    expect(await dial.open({ address: '10.99.0.1', port: 11434 }, 500)).toMatchObject({
      reason: 'vantage-changed',
    })
    const unbound = scanPlan({ blocks: [plannedBlock('10.99.0.1', '10.99.0.1', { place: null })] })
    expect(await dialFor(unbound).open({ address: '10.99.0.1', port: 11434 }, 500)).toMatchObject({
      reason: 'vantage-changed',
    })
  })

  it('after a stop', async () => {
    const stopping = new AbortController()
    stopping.abort()
    expect(await refusal({}, { signal: stopping.signal })).toBe('stopped')
  })

  it('over a second connection either, when the first was closed meanwhile', async () => {
    const server = keep(
      await serveAnswers(() => ({ ...fine, headers: [...fine.headers, ['Connection', 'close']] })),
    )
    let now = 0
    const plan = scanPlan({
      blocks: [plannedBlock('127.0.0.1', '127.0.0.1', { ports: [server.port], validBefore: 1000 })],
    })
    const opened = await dialFor(plan, { now: () => now }).open(server, 500)
    if (opened.outcome !== 'answered') throw new Error(opened.reason)
    expect(await opened.line.ask('root')).toMatchObject({ ok: true })
    now = 1000
    expect(await opened.line.ask('version')).toMatchObject({ ok: false, failure: 'out-of-scope' })
    expect(server.connections()).toBe(1)
  })
})

describe('the allow-list', () => {
  const proven = { product: 'ollama', confidence: 95, version: '0.32.15' } as const
  const subjects = { random: 'a1b2c3d4', model: { name: 'qwen3:8b', remoteHost: null } }

  it('has one entry for every question, and no other', () => {
    expect(allowList.map(request => request.kind).sort()).toEqual([...probeKinds].sort())
  })

  it('holds nothing that changes anything: GET, and one POST that reads', () => {
    const posts = allowList.filter(request => request.method !== 'GET')
    expect(posts.map(request => request.path)).toEqual(['/api/show', '/ollama/api/show'])
    const paths = allowList.map(request => request.path)
    for (const never of [
      '/api/me',
      '/api/signout',
      '/api/generate',
      '/api/chat',
      '/api/embed',
      '/api/blobs',
    ]) {
      expect(paths.filter(path => path.startsWith(never))).toEqual([])
    }
  })

  it('is exactly what reaches the wire', async () => {
    const server = keep(await serveAnswers(() => fine))
    const line = await lineTo(server)
    line.prove(proven)
    for (const kind of probeKinds) expect(await line.ask(kind, subjects)).toMatchObject({ ok: true })
    const heads = server.requests.map(request => request.split('\r\n')[0])
    expect(heads).toEqual(
      allowList.map(({ method, path }) => `${method} ${path.replace('{random}', 'a1b2c3d4')} HTTP/1.1`),
    )
    const show = server.requests[allowList.findIndex(request => request.kind === 'show')]
    expect(show?.split('\r\n\r\n')[1]).toBe('{"model":"qwen3:8b","name":"qwen3:8b"}')
    expect(server.requests.every(request => request.includes('\r\nUser-Agent: Paddock/test\r\n'))).toBe(true)
  })

  it('asks below a base path only where something answered there', async () => {
    const below = allowList.filter(({ stage }) => stage === 3).map(({ kind }) => kind)
    expect(below.map(kind => kind.startsWith('prefixed-'))).not.toContain(false)
    const first = below.filter(kind => buildRequest(kind, subjects, proven) !== null)
    expect(first).toEqual(['prefixed-version'])
    const none = keep(await serveAnswers(() => ({ ...fine, status: 404, statusText: 'Not Found' })))
    const line = await lineTo(none)
    await line.ask('prefixed-version')
    expect(await line.ask('prefixed-tags')).toMatchObject({ ok: false, failure: 'not-allowed' })
    expect(none.requests).toHaveLength(1)
  })

  it('never asks about a model that runs elsewhere', () => {
    const names = [
      { name: 'gpt-oss:120b-cloud', remoteHost: null },
      { name: 'x:CLOUD', remoteHost: null },
      { name: 'y:cloud', remoteHost: null },
      { name: 'plain:8b', remoteHost: 'https://ollama.com:443' },
    ]
    for (const model of names) {
      expect(buildRequest('show', { model }, proven)).toBeNull()
      expect(buildRequest('prefixed-show', { model }, proven, true)).toBeNull()
    }
    expect(buildRequest('show', {}, proven)).toBeNull()
    expect(
      buildRequest('show', { model: { name: 'cloud-notes:8b', remoteHost: null } }, proven),
    ).not.toBeNull()
  })

  it('opens its second stage only to a proven Ollama of 0.7.0 or later', () => {
    const second = allowList.filter(request => request.stage === 2).map(request => request.kind)
    const allowed = (shown: Parameters<typeof buildRequest>[2]) =>
      second.filter(kind => buildRequest(kind, {}, shown) !== null).length
    expect(second.length).toBeGreaterThan(5)
    expect(allowed(null)).toBe(0)
    expect(allowed({ ...proven, confidence: 89 })).toBe(0)
    expect(allowed({ ...proven, version: '0.6.8' })).toBe(0)
    expect(allowed({ ...proven, version: '0.0.0' })).toBe(0)
    expect(allowed({ ...proven, version: null })).toBe(0)
    expect(allowed(proven)).toBe(second.length)
  })

  it('puts nothing of a server into a path', () => {
    for (const random of ['../api/delete', 'a b', 'A1B2C3D4', 'abc', 'a?x=yyyyyyy']) {
      expect(buildRequest('unknown-path', { random }, null)).toBeNull()
    }
  })
})

describe('a line', () => {
  const asking = async (reply: RecordedAnswer | null, kind: ProbeKind = 'tags') => {
    const server = keep(await serveAnswers(() => reply))
    const line = await lineTo(server)
    return { answer: await line.ask(kind), server, line }
  }

  it('does not follow a redirect', async () => {
    const other = keep(await serveAnswers(() => fine))
    const headers = [
      ['Location', `http://127.0.0.1:${other.port}/`],
      ['Content-Length', '0'],
    ] as const
    const { answer } = await asking({ status: 302, statusText: 'Found', headers, body: '' })
    expect(answer).toMatchObject({ ok: true, status: 302 })
    expect(other.connections()).toBe(0)
  })

  it('keeps header names, their order and their values as they were sent', async () => {
    const headers = [
      ['x-ODD', '1'],
      ['Date', 'today'],
      ['Content-Length', '2'],
      ['X-odd', '2'],
    ] as const
    const { answer } = await asking({ ...fine, headers })
    expect(answer).toMatchObject({ headers })
  })

  it('cuts an answer at its cap and hangs up, whatever length was promised', async () => {
    const server = keep(
      await serveRaw(socket => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n')
        const flood = () => {
          while (socket.writable && socket.write(Buffer.alloc(65_536, 32)));
        }
        socket.on('drain', flood)
        flood()
      }),
    )
    const answer = await (await lineTo(server)).ask('root')
    expect(answer).toMatchObject({ ok: true, truncated: true })
    expect(answer.ok && answer.body.length).toBe(262_144)
  })

  it('tells what was no HTTP by its first bytes', async () => {
    const server = keep(await serveRaw(socket => void socket.write('SSH-2.0-OpenSSH_9.2\r\n')))
    const answer = await (await lineTo(server)).ask('root')
    expect(answer).toMatchObject({ ok: false, failure: 'malformed' })
    expect(!answer.ok && answer.firstBytes?.toString()).toContain('SSH-2.0')
  })

  it('is not confused by a connection that ends', async () => {
    expect((await asking(null)).answer).toMatchObject({ ok: false, failure: 'closed' })
  })

  it('refuses a flood of headers', async () => {
    const headers = Array.from({ length: 400 }, (_, index) => [`X-${index}`, 'y'.repeat(100)] as const)
    expect((await asking({ ...fine, headers })).answer).toMatchObject({
      ok: false,
      failure: 'headers-too-large',
    })
  })

  it('asks over one connection as long as the server keeps it', async () => {
    const { line, server } = await asking(fine)
    await line.ask('version')
    await line.ask('ps')
    expect(server.connections()).toBe(1)
  })

  it('has at most two requests on their way to one host, over however many ports', async () => {
    let open = 0
    let most = 0
    const slow = (socket: import('node:net').Socket) => {
      socket.on('data', () => {
        most = Math.max(most, ++open)
        setTimeout(() => {
          open--
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
        }, 50)
      })
    }
    const [a, b, c] = [keep(await serveRaw(slow)), keep(await serveRaw(slow)), keep(await serveRaw(slow))]
    const ports = [a.port, b.port, c.port]
    const dial = dialFor(scanPlan({ blocks: [plannedBlock('127.0.0.1', '127.0.0.1', { ports })] }))
    const lines = await Promise.all([a, b, c].map(server => dial.open(server, 500)))
    await Promise.all(lines.map(opened => opened.outcome === 'answered' && opened.line.ask('root')))
    expect(most).toBe(2)
  })

  it('ends within a second of a stop, in the middle of an answer', async () => {
    const server = keep(
      await serveRaw(socket => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n')),
    )
    const stopping = new AbortController()
    const line = await lineTo(server, { signal: stopping.signal })
    const asked = line.ask('root')
    setTimeout(() => stopping.abort(), 50)
    const started = performance.now()
    expect((await asked).ok).toBe(false)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('counts what it sent, by kind', async () => {
    const server = keep(await serveAnswers(() => fine))
    const dial = dialFor(planFor(server))
    const opened = await dial.open(server, 500)
    if (opened.outcome !== 'answered') throw new Error(opened.reason)
    await opened.line.ask('root')
    await opened.line.ask('tags')
    await opened.line.ask('tags')
    await opened.line.ask('show', { model: { name: 'x:cloud', remoteHost: null } })
    expect(Object.fromEntries(dial.requests)).toEqual({ root: 1, tags: 2 })
  })
})

describe('a target that does not answer', () => {
  it('refuses', async () => {
    const server = await serveAnswers(() => fine)
    await server.close()
    expect(await dialFor(planFor(server)).open(server, 500)).toMatchObject({ outcome: 'refused' })
  })

  it('is not met by the very connection that asks for it', async () => {
    // Ports the system hands out for outgoing connections: over and over, one of them meets itself.
    const plan = scanPlan({ blocks: [plannedBlock('127.0.0.1', '127.0.0.1', { ports: [49_999] })] })
    const dial = dialFor(plan)
    const outcomes = await Promise.all(
      Array.from({ length: 500 }, () => dial.open({ address: '127.0.0.1', port: 49_999 }, 500)),
    )
    expect(new Set(outcomes.map(opened => opened.outcome))).toEqual(new Set(['refused']))
  })
})
