import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Encounter, flood, head, meet, ollamaExcept, type Talk } from '../support/hostile.ts'

// Hosts that send too much, or what is not what it says. Each is met in a scan that also visits an ordinary Ollama.
const megabyte = 1024 * 1024
const json = [['Content-Type', 'application/json; charset=utf-8']] as const

/** Holds whatever the hostile host did: the scan went on, soon, and memory stayed bounded. */
function expectUnharmed(encounter: Encounter, withinMs = 4000): void {
  expect(encounter.neighbour).toMatchObject({ version: '0.12.6', models: [] })
  expect(encounter.neighbour?.identity).toMatchObject({ product: 'ollama' })
  expect(encounter.neighbourMs).toBeLessThan(3000)
  expect(encounter.swept.outcomes).toMatchObject({ refused: 14, silent: 0, unreachable: 0 })
  expect(encounter.swept.networksDone).toEqual([0])
  expect(encounter.ms).toBeLessThan(withinMs)
  expect(encounter.grownBytes).toBeLessThan(160 * megabyte)
}

function withTags(
  body: string | Buffer,
  headers: readonly (readonly [string, string | number])[] = json,
): Talk {
  const bytes = Buffer.from(body)
  return ollamaExcept({
    '/api/tags': socket => {
      socket.write(head([...headers, ['Content-Length', bytes.length]]))
      socket.write(bytes)
    },
  })
}

describe('a host that sends too much', () => {
  it('a first page without end: cut at 256 kB, something else', async () => {
    let sent = { bytes: () => 0 }
    const met = await meet(socket => {
      socket.write(head([['Transfer-Encoding', 'chunked']]))
      sent = flood(socket, `10000\r\n${'x'.repeat(0x10000)}\r\n`)
    })
    expectUnharmed(met)
    expect(met.outcome).toBe('answered')
    expect(sent.bytes()).toBeLessThan(16 * megabyte)
  })

  it('a list without end: cut at 4 MB, the models are unknown, the rest is known', async () => {
    const met = await meet(
      ollamaExcept({
        '/api/tags': socket => {
          socket.write(`${head([...json, ['Transfer-Encoding', 'chunked']])}b\r\n{"models":[\r\n`)
          flood(socket, `e00\r\n${'{"name":"aa"},'.repeat(256)}\r\n`)
        },
      }),
    )
    expectUnharmed(met)
    expect(met.observation).toMatchObject({ version: '0.12.6', models: null })
    expect(met.observation?.probes.find(probe => probe.kind === 'tags')).toMatchObject({
      truncated: true,
      bytes: 4 * megabyte,
    })
  })

  it('a gigabyte, as announced: cut at 4 MB', async () => {
    let sent = { bytes: () => 0 }
    const met = await meet(
      ollamaExcept({
        '/api/tags': socket => {
          socket.write(head([...json, ['Content-Length', 1024 * megabyte]]))
          sent = flood(socket, Buffer.alloc(0x10000, ' '))
        },
      }),
    )
    expectUnharmed(met)
    expect(met.observation?.models).toBeNull()
    expect(sent.bytes()).toBeLessThan(32 * megabyte)
  })

  it('100,000 models: 10,000 of them are read', async () => {
    const models = Array.from({ length: 100_000 }, (_, index) => ({ name: `model-${index}` }))
    const met = await meet(withTags(JSON.stringify({ models })))
    expectUnharmed(met, 8000)
    expect(met.observation?.models).toHaveLength(10_000)
  })

  it('a name of ten megabytes: no list', async () => {
    const met = await meet(withTags(JSON.stringify({ models: [{ name: 'x'.repeat(10 * megabyte) }] })))
    expectUnharmed(met)
    expect(met.observation).toMatchObject({ version: '0.12.6', models: null })
  })

  it('a name of three megabytes: 512 characters of it', async () => {
    const met = await meet(withTags(JSON.stringify({ models: [{ name: '\u{1f999}'.repeat(700_000) }] })))
    expectUnharmed(met)
    expect(met.observation?.models?.[0]?.name).toBe('\u{1f999}'.repeat(256))
  })

  it('a header flood: no answer', async () => {
    const met = await meet(socket => {
      socket.write('HTTP/1.1 200 OK\r\n')
      flood(socket, 'X-Header: 0123456789\r\n'.repeat(100))
    })
    expectUnharmed(met)
    expect(met.outcome).toBe('failed')
  })

  it('one header without end: no answer', async () => {
    const met = await meet(socket => {
      socket.write('HTTP/1.1 200 OK\r\nX-Header: ')
      flood(socket, 'x'.repeat(0x10000))
    })
    expectUnharmed(met)
    expect(met.outcome).toBe('failed')
  })

  it('trailers without end, behind a body that is complete: no list', async () => {
    const met = await meet(
      ollamaExcept({
        '/api/tags': socket => {
          socket.write(`${head([...json, ['Transfer-Encoding', 'chunked']])}d\r\n{"models":[]}\r\n0\r\n`)
          flood(socket, 'X-Trailer: 0123456789\r\n'.repeat(100))
        },
      }),
    )
    expectUnharmed(met)
    expect(met.observation?.models).toBeNull()
  })

  it('a bomb in gzip: not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(512 * megabyte, ' '), { level: 9 })
    const met = await meet(withTags(bomb, [...json, ['Content-Encoding', 'gzip']]))
    expectUnharmed(met, 8000)
    expect(met.observation?.models).toBeNull()
    expect(met.observation?.probes.find(probe => probe.kind === 'tags')?.bytes).toBe(bomb.length)
  })

  it('a bomb of chunks: an extension without end, a body byte by byte', async () => {
    const chunked = head([...json, ['Transfer-Encoding', 'chunked']])
    const extended = ollamaExcept({
      '/api/tags': socket => {
        socket.write(`${chunked}1;`)
        flood(socket, 'x'.repeat(0x10000))
      },
    })
    const bytewise = ollamaExcept({
      '/api/tags': socket => {
        socket.write(chunked)
        flood(socket, '1\r\n \r\n'.repeat(10_000))
      },
    })
    for (const talk of [extended, bytewise]) {
      const met = await meet(talk)
      expectUnharmed(met, 8000)
      expect(met.observation).toMatchObject({ version: '0.12.6', models: null })
    }
  })
})

describe('a host that sends what is not what it says', () => {
  it('JSON a million levels deep: no list', async () => {
    const depth = megabyte
    const met = await meet(withTags(`{"models":${'['.repeat(depth)}${']'.repeat(depth)}}`))
    expectUnharmed(met)
    expect(met.observation).toMatchObject({ version: '0.12.6', models: [] })
    const objects = await meet(withTags(`{"models":[${'{"name":'.repeat(200_000)}1${'}'.repeat(200_000)}]}`))
    expectUnharmed(objects)
    expect(objects.observation?.models).toEqual([])
  })

  it('invalid UTF-8, half surrogates and control characters: replaced', async () => {
    const raw = Buffer.concat([
      Buffer.from('{"models":[{"name":"a'),
      Buffer.from([0xff, 0xfe, 0xc3, 0x28]),
      Buffer.from('"},{"name":"b\\ud800c"},{"name":"d\\u0000\\u202ee\\u001b[2J"}]}'),
    ])
    const met = await meet(withTags(raw))
    expectUnharmed(met)
    const names = met.observation?.models?.map(model => model.name) ?? []
    expect(names).toEqual(['a\ufffd\ufffd\ufffd(', 'b\ufffdc', 'd\ufffd\ufffde\ufffd[2J'])
  })

  it('chunks that end in the middle: no list', async () => {
    const met = await meet(
      ollamaExcept({
        '/api/tags': socket => socket.end(`${head([...json, ['Transfer-Encoding', 'chunked']])}d\r\n{"mod`),
      }),
    )
    expectUnharmed(met)
    expect(met.observation).toMatchObject({ version: '0.12.6', models: null })
  })

  it('less than announced: no list', async () => {
    const met = await meet(
      ollamaExcept({
        '/api/tags': socket => socket.end(`${head([...json, ['Content-Length', 100]])}{"models":[]}`),
      }),
    )
    expectUnharmed(met)
    expect(met.observation?.models).toBeNull()
  })

  it('a reset: in the head, in the body', async () => {
    const inHead = await meet(socket => {
      socket.write('HTTP/1.1 200 OK\r\nContent-')
      setTimeout(() => socket.resetAndDestroy(), 50)
    })
    expectUnharmed(inHead)
    expect(inHead.outcome).toBe('failed')
    const inBody = await meet(
      ollamaExcept({
        '/api/tags': socket => {
          socket.write(`${head([...json, ['Content-Length', 100]])}{"models":[]}`)
          setTimeout(() => socket.resetAndDestroy(), 50)
        },
      }),
    )
    expectUnharmed(inBody)
    expect(inBody.observation).toMatchObject({ version: '0.12.6', models: null })
  })

  it('an answer nobody asked for: it is not taken for the next one', async () => {
    const met = await meet(
      ollamaExcept({
        '/': socket =>
          socket.write(
            `${head([['Content-Length', 17]])}Ollama is running${head([...json, ['Content-Length', 19]])}{"version":"6.6.6"}`,
          ),
      }),
    )
    expectUnharmed(met)
    expect(met.observation?.version ?? null).not.toBe('6.6.6')
  })

  it.each([
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef'],
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n'],
    ['bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok'],
    ['an unknown status', 'HTTP/1.1 99999 Odd\r\n\r\n'],
    ['an upgrade', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
    ['an older protocol', 'ICY 200 OK\r\nicy-name: radio\r\n\r\n'],
    ['zeros', '\0'.repeat(100_000)],
  ])('%s: no instance', async (_, bytes) => {
    const met = await meet(socket => socket.write(bytes))
    expectUnharmed(met, 8000)
    expect(['answered', 'failed']).toContain(met.outcome)
  })

  it.each([
    ['SSH', 'SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13\r\n'],
    ['SMTP', '220 mail.example.org ESMTP Postfix\r\n'],
    ['FTP', '220 (vsFTPd 3.0.5)\r\n'],
    ['MySQL', '\x4a\0\0\0\x0a8.0.36\0'],
  ])('the banner of %s, before anything is asked: something else, after one request', async (_, banner) => {
    const met = await meet(() => {}, { onConnect: socket => socket.write(banner) })
    expectUnharmed(met)
    expect(met.outcome).toBe('answered')
    expect(met.server.requests.length).toBeLessThanOrEqual(1)
  })

  it('Redis, which takes the request for a command: something else, after one request', async () => {
    const met = await meet(socket => {
      socket.write("-ERR wrong number of arguments for 'get' command\r\n")
      socket.end()
    })
    expectUnharmed(met)
    expect(met.outcome).toBe('answered')
    expect(met.server.connections()).toBe(1)
  })
})
