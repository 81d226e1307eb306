import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entry, ImportRow } from '#main/exchange/import-row.ts'
import { readEntries, readHead } from '#main/exchange/read-import.ts'
import type { ImportFormat } from '#shared/domain/import.ts'

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'import')
const fixture = (name: string) => readFileSync(join(folder, name))

/** Whole, and in pieces of a few bytes: what is understood must not depend on where a piece ends. */
async function* inPieces(bytes: Uint8Array, size: number) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

async function read(bytes: Uint8Array, size = 65_536, format?: ImportFormat) {
  const head = readHead(bytes.subarray(0, 65_536), { mapping: {}, format })
  if (!('recognised' in head)) throw new Error(JSON.stringify(head))
  const { recognised } = head
  if (!('open' in recognised)) throw new Error(recognised.format)
  const entries: Entry[] = []
  const end = await readEntries(inPieces(bytes, size), recognised, batch => void entries.push(...batch))
  return { ...end, format: recognised.format, entries, recognised }
}

const rows = (entries: readonly Entry[]): ImportRow[] =>
  entries.flatMap(entry => ('row' in entry ? [entry.row] : []))
const rejects = (entries: readonly Entry[]) =>
  entries.flatMap(entry => ('row' in entry ? [] : [[entry.line, entry.reason]]))
const places = (entries: readonly Entry[]) =>
  rows(entries).map(row => (row.kind === 'candidate' ? `${row.address} ${row.port}` : row.kind))
const text = (content: string) => new TextEncoder().encode(content)

describe('nmap XML', () => {
  it('gives open TCP ports, and tells each other port with its line', async () => {
    const { format, entries, about, digest } = await read(fixture('nmap.xml'))
    expect(format).toBe('nmap')
    expect(places(entries)).toEqual([
      '10.20.0.5 11434',
      '10.20.0.6 11434',
      '172.31.9.9 11434',
      'fd20::7 11434',
    ])
    expect(rejects(entries)).toEqual([
      [14, 'not-open'],
      [23, 'not-tcp'],
    ])
    expect(rows(entries)[0]).toMatchObject({ source: 'nmap', service: 'http', seenAt: 1_761_900_011_000 })
    expect(about).toEqual({
      scanner: 'nmap',
      version: '7.95',
      arguments: 'nmap -p 11434,8080 -oX scan.xml 10.20.0.0/24',
      startedAt: '2025-10-31T08:40:00.000Z',
      finishedAt: '2025-10-31T08:40:20.000Z',
      hostsUp: 4,
      hostsDown: 252,
    })
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
  })

  it('keeps what stands before the place where a file was cut off', async () => {
    const whole = fixture('nmap.xml').toString()
    const { entries } = await read(text(whole.slice(0, whole.indexOf('172.31.9.9'))))
    expect(places(entries)).toEqual(['10.20.0.5 11434', '10.20.0.6 11434'])
    expect(rejects(entries).at(-1)).toEqual([26, 'truncated'])
  })

  it('expands no entities', async () => {
    const entities = Array.from(
      { length: 9 },
      (_, n) => `<!ENTITY lol${n + 1} "${`&lol${n};`.repeat(10)}">`,
    ).join('\n')
    const laughs = `<?xml version="1.0"?>\n<!DOCTYPE nmaprun [\n<!ENTITY lol0 "lol">\n${entities}\n]>\n<nmaprun scanner="nmap" args="&lol9;">\n<host><address addr="10.0.0.1" addrtype="ipv4"/></host></nmaprun>`
    const { entries, about } = await read(text(laughs))
    expect(rows(entries)).toEqual([])
    expect(rejects(entries)).toEqual([[expect.any(Number), 'xml-malformed']])
    expect(JSON.stringify(about)).not.toContain('lollol')
  })

  it('gives up what is nested without end, and attributes without end', async () => {
    const deep = `<nmaprun scanner="nmap">${'<a>'.repeat(5000)}`
    expect(rejects((await read(text(deep))).entries)).toEqual([[1, 'too-deep']])
    const long = `<nmaprun scanner="nmap" args="${'x'.repeat(3_000_000)}"><host>`
    expect(rejects((await read(text(long))).entries)).toEqual([[1, 'line-too-long']])
  })
})

describe('masscan', () => {
  it.each([
    ['masscan.json', ['10.20.0.5 11434', '10.20.0.6 11434'], [[6, 'not-a-port']]],
    ['masscan-finished.json', ['10.20.0.5 11434'], []],
    ['masscan-killed.json', ['10.20.0.5 11434'], [[3, 'truncated']]],
    ['masscan.ndjson', ['10.20.0.5 11434'], [[2, 'not-a-port']]],
    [
      'masscan.list',
      ['10.20.0.5 11434', 'fd20::7 11434'],
      [
        [4, 'not-tcp'],
        [5, 'not-a-port'],
      ],
    ],
    ['masscan.xml', ['10.20.0.5 11434'], []],
  ])('is understood as it writes %s', async (name, expected, rejected) => {
    for (const size of [65_536, 7, 1]) {
      const { format, entries } = await read(fixture(name), size, undefined)
      expect(format).toBe('masscan')
      expect(places(entries)).toEqual(expected)
      expect(rejects(entries)).toEqual(rejected)
    }
  })

  it('loses no line behind one that was cut off', async () => {
    const line = (last: number) =>
      `{ "ip": "10.0.0.${last}", "timestamp": "1761900002", "ports": [ {"port": 80, "proto": "tcp", "status": "open"} ] },`
    const broken = ['[', line(1), '{ "ip": "10.0.0.2', line(3), '{ "ip": 7', line(4), 'garbage', line(5), ']']
    const { entries } = await read(text(broken.join('\n')))
    expect(places(entries)).toEqual(['10.0.0.1 80', '10.0.0.3 80', '10.0.0.4 80', '10.0.0.5 80'])
    expect(rejects(entries).map(([line]) => line)).toEqual([3, 5, 7])
  })
})

describe('prefixes', () => {
  it('come from an export of NetBox with site, zone and contact', async () => {
    const { format, entries, recognised } = await read(fixture('netbox.csv'))
    expect(format).toBe('netbox')
    expect(recognised.mapping).toMatchObject({
      block: 'Prefix',
      site: 'Site',
      zone: 'Role',
      contact: 'Tenant',
    })
    expect(rows(entries)[0]).toEqual({
      kind: 'range',
      block: '10.20.0.0/24',
      site: 'Berlin',
      zone: 'client lan',
      contact: 'Research',
      note: 'Offices, 2nd floor',
    })
    expect(rejects(entries)).toEqual([
      [2, 'range-container'],
      [5, 'range-host-bits'],
      [6, 'range-retired'],
    ])
  })

  it('come from what spreadsheets write in the Windows code page, over several lines', async () => {
    const { format, entries } = await read(fixture('ranges-1252.csv'))
    expect(format).toBe('ranges')
    expect(rows(entries)).toEqual([
      {
        kind: 'range',
        block: '10.30.0.1-10.30.0.20',
        site: 'München',
        zone: 'lab',
        contact: 'Ada Lovelace',
        note: 'zwei\r\nZeilen',
      },
    ])
    expect(rejects(entries)).toEqual([[4, 'range-reversed']])
  })

  it('come from a bare list', async () => {
    const { entries } = await read(fixture('plain-ranges.csv'))
    expect(rows(entries)).toMatchObject([{ block: '10.40.0.0/24' }, { block: '10.41.0.0/24' }])
    expect(rejects(entries)).toEqual([[3, 'range-malformed']])
  })
})

describe('a hostile file', () => {
  it('that is packed is told as such', () => {
    expect(readHead(gzipSync('<nmaprun/>'), { mapping: {} })).toEqual({ container: 'gzip' })
    expect(readHead(Buffer.from('PK\u0003\u0004rest'), { mapping: {} })).toEqual({ container: 'zip' })
    expect(readHead(Buffer.alloc(600), { mapping: {} })).toEqual({ container: 'binary' })
    expect(readHead(text('hello\nworld'), { mapping: {} })).toEqual({ unknown: 'hello' })
  })

  it('with NUL bytes, invalid UTF-8 and an unclosed quote loses those lines and no other', async () => {
    const bytes = Buffer.concat([
      Buffer.from('range,site\n10.0.0.0/24,A\n10.0.1.0/24,\0B\n10.0.2.0/24,"never closed\n'),
      Buffer.from([0x31, 0x30, 0xff, 0xfe, 0x0a]),
      Buffer.from('10.0.3.0/24,C\n'),
    ])
    const { entries } = await read(bytes)
    expect(rows(entries)).toMatchObject([{ block: '10.0.0.0/24' }, { block: '10.0.3.0/24' }])
    expect(rejects(entries)).toEqual([
      [3, 'control-characters'],
      [4, 'quote-unclosed'],
      [5, 'field-count'],
    ])
  })

  it('of one endless line takes no memory', async () => {
    const piece = Buffer.alloc(2 ** 20, 'x')
    const pieces = 1000
    async function* endless() {
      yield Buffer.from('range,site\n10.0.0.0/24,')
      for (let n = 0; n < pieces; n++) yield piece
      yield Buffer.from('\n10.0.1.0/24,B\n')
    }
    const head = readHead(text('range,site\n'), { mapping: {} })
    if (!('recognised' in head) || !('open' in head.recognised)) throw new Error('not recognised')
    const entries: Entry[] = []
    const before = process.memoryUsage().rss
    await readEntries(endless(), head.recognised, batch => void entries.push(...batch))
    expect(rejects(entries)).toEqual([[2, 'line-too-long']])
    expect(rows(entries)).toMatchObject([{ block: '10.0.1.0/24' }])
    // What is dropped is collected when there is time for it: far less than the line, not nothing.
    expect(process.memoryUsage().rss - before).toBeLessThan((pieces * piece.length) / 2)
  })
})

/** The line of an XML mistake is where the parser noticed it, which depends on the pieces. */
const withoutMistake = (entry: Entry) =>
  'reason' in entry && entry.reason === 'xml-malformed' ? entry.reason : entry

describe('whatever is in a file', () => {
  const fixtures = [
    'nmap.xml',
    'masscan.json',
    'masscan.ndjson',
    'masscan.list',
    'netbox.csv',
    'plain-ranges.csv',
  ]

  it('never throws, in whatever pieces it comes, and gives the same entries', async () => {
    const change = fc.record({ at: fc.nat(3000), drop: fc.nat(40), put: fc.string({ maxLength: 8 }) })
    const broken = fc.tuple(
      fc.constantFrom(...fixtures),
      fc.array(change, { maxLength: 4 }),
      fc.integer({ min: 1, max: 300 }),
    )
    await fc.assert(
      fc.asyncProperty(broken, async ([name, changes, size]) => {
        let content = fixture(name).toString()
        for (const { at, drop, put } of changes)
          content = content.slice(0, at) + put + content.slice(at + drop)
        const head = readHead(text(content).subarray(0, 65_536), { mapping: {} })
        if (!('recognised' in head) || !('open' in head.recognised)) return
        const whole = await read(text(content))
        const pieces = await read(text(content), size)
        expect(pieces.entries.map(withoutMistake)).toEqual(whole.entries.map(withoutMistake))
        expect(whole.entries.every(({ line }) => line >= 1)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
