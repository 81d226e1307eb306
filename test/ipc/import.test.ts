import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ImportResult } from '#shared/domain/import.ts'
import { must, startBackend, type TestBackend } from '../support/backend.ts'
import { register, startServers } from '../support/small-lab.ts'
import { temporaryFolder } from '../support/temporary.ts'

const folder = join(import.meta.dirname, '..', 'fixtures', 'import')
const fixture = (name: string) => join(folder, name)

function written(name: string, content: string): string {
  const file = join(temporaryFolder(), name)
  writeFileSync(file, content)
  return file
}

const apply = (backend: TestBackend, file: string, more = {}) =>
  must(backend.call('import.apply', { file, ...more }))

function reconciles({ read, stored, rejectedCount, rejected }: ImportResult): void {
  expect(stored + rejectedCount).toBe(read)
  expect(rejected.length).toBe(rejectedCount)
}

const reasons = ({ rejected }: ImportResult) => rejected.map(({ line, reason }) => [line, reason])

describe('ports from another scanner', () => {
  it('are candidates where ranges are registered, and nothing anywhere else', async () => {
    const backend = await startBackend()
    await must(
      backend.call('range.add', {
        block: '10.20.0.0/24',
        site: 'Berlin',
        authorisedBy: 'Ada',
        reference: 'T-1',
        exclusions: ['10.20.0.6'],
      }),
    )
    const before = await must(backend.call('range.list', {}))
    const preview = await must(backend.call('import.preview', { file: fixture('nmap.xml') }))
    expect(preview).toMatchObject({ id: null, format: 'nmap', read: 6, stored: 1 })
    expect(await must(backend.call('candidate.list', {}))).toEqual([])

    const result = await apply(backend, fixture('nmap.xml'))
    expect({ ...result, id: null }).toEqual(preview)
    reconciles(result)
    expect(reasons(result)).toEqual([
      [14, 'not-open'],
      [22, 'excluded'],
      [23, 'not-tcp'],
      [27, 'outside-ranges'],
      [30, 'outside-ranges'],
    ])
    expect(await must(backend.call('candidate.list', {}))).toMatchObject([
      { site: 'Berlin', address: '10.20.0.5', port: 11434, source: 'nmap', scan: null, instance: null },
    ])
    // An import never widens what may be scanned.
    expect(await must(backend.call('range.list', {}))).toEqual(before)
    const [kept] = await must(backend.call('import.list', {}))
    expect(kept).toMatchObject({ id: 1, state: 'done', read: 6, stored: 1, rejectedCount: 5 })
    expect(kept?.about?.arguments).toBe('nmap -p 11434,8080 -oX scan.xml 10.20.0.0/24')
    const shown = await must(backend.call('import.show', { id: result.id ?? (0 as never) }))
    expect(shown.rejected).toEqual(result.rejected)

    expect(await must(backend.call('import.undo', { id: result.id ?? (0 as never) }))).toMatchObject({
      removed: 1,
    })
    expect(await must(backend.call('candidate.list', {}))).toEqual([])
    expect(await backend.call('import.undo', { id: result.id ?? (0 as never) })).toMatchObject({
      failure: { code: 'import-undone' },
    })
    const audited = (await must(backend.call('audit.list', {}))).map(({ command }) => command)
    expect(audited).toEqual(expect.arrayContaining(['import.apply', 'import.ended', 'import.undo']))
  })

  it('are verified by a scan that visits nothing else, on the ports of the range', async () => {
    await startServers('127.96.0.0/24', { 5: {}, 6: {}, 7: {} })
    const backend = await startBackend()
    await register(backend, '127.96.0.0/24')
    const none = await backend.call('scan.start', { candidates: true })
    expect(none).toMatchObject({ failure: { code: 'candidates-none' } })
    const list = ['127.96.0.5 11434', '127.96.0.9 11434', '127.96.0.6 8080'].map(place => {
      const [address, port] = place.split(' ')
      return `open tcp ${port} ${address} 1761900002`
    })
    expect(await apply(backend, written('scan.list', list.join('\n')))).toMatchObject({ stored: 3 })

    const report = await backend.scan({ candidates: true })
    // .5 answers, .9 refuses; .6 was said to be open on a port that the range does not have.
    expect(report.coverage).toMatchObject({ targets: 2, answered: 1, refused: 1 })
    const candidates = await must(backend.call('candidate.list', {}))
    expect(candidates.map(({ address, scan, instance }) => [address, scan, instance !== null])).toEqual([
      ['127.96.0.5', report.scan.id, true],
      ['127.96.0.6', null, false],
      ['127.96.0.9', report.scan.id, false],
    ])
    expect((await must(backend.call('inventory.list', {}))).map(({ address }) => address)).toEqual([
      '127.96.0.5',
    ])
    // It looked at two addresses: it does not count as a look at the range.
    expect((await must(backend.call('range.list', {})))[0]?.lastCoveredAt).toBeNull()
    const whole = await backend.scan({ rate: 5000 })
    expect(whole.instances).toMatchObject({ seen: 3, new: 2 })
    const again = await backend.scan({ candidates: true })
    // Short as it is, nobody is missed by it.
    expect(again.instances).toMatchObject({ seen: 1, missing: 0 })
  })

  it('wait where the authorisation of their range has ended', async () => {
    const backend = await startBackend()
    const ended = { authorisedBy: 'Ada', reference: 'T-1', validUntil: '2020-01-01' }
    await must(backend.call('range.add', { block: '127.97.0.0/24', site: 'Lab', ...ended }))
    await apply(backend, written('a.list', 'open tcp 11434 127.97.0.5 1761900002\n'))
    expect(await backend.call('scan.start', { candidates: true })).toMatchObject({
      failure: { code: 'authorisation-expired' },
    })
  })

  it('need the site where two have the same addresses', async () => {
    const backend = await startBackend()
    await register(backend, '10.0.0.0/24', 'Berlin')
    await register(backend, '10.0.0.0/24', 'Ulm')
    const file = written('a.list', 'open tcp 11434 10.0.0.5 1761900002\n')
    expect(reasons(await apply(backend, file))).toEqual([[1, 'site-ambiguous']])
    expect(await apply(backend, file, { site: 'ulm' })).toMatchObject({ stored: 1 })
  })
})

describe('ranges from a file', () => {
  it('are proposals that no scan sees until a person authorises them', async () => {
    const backend = await startBackend()
    const result = await apply(backend, fixture('netbox.csv'), { site: 'Elsewhere' })
    reconciles(result)
    expect(result).toMatchObject({ format: 'netbox', read: 8, stored: 4 })
    expect(reasons(result)).toEqual([
      [2, 'range-container'],
      [5, 'range-host-bits'],
      [6, 'range-retired'],
      [8, 'duplicate-in-file'],
    ])
    expect(await must(backend.call('range.list', {}))).toEqual([])
    expect(await must(backend.call('site.list', {}))).toEqual([])
    expect(await backend.call('scan.start', {})).toMatchObject({ failure: { code: 'nothing-to-scan' } })
    expect(await backend.call('scan.start', { ranges: ['10.20.0.0/24'] })).toMatchObject({
      failure: { code: 'scope-outside' },
    })
    // What lies in a proposal lies outside the registered ranges.
    expect(reasons(await apply(backend, written('a.list', 'open tcp 11434 10.20.0.5 1761900002\n')))).toEqual(
      [[1, 'outside-ranges']],
    )

    const proposals = await must(backend.call('range.proposals', {}))
    expect(proposals.map(({ block, site, zone }) => [block, site, zone])).toEqual([
      ['10.20.0.0/24', 'Berlin', 'client'],
      ['fd20::/64', 'Berlin', 'client'],
      ['10.24.0.0/24', 'Elsewhere', null],
      ['10.21.0.0/24', 'Hamburg', 'server'],
    ])
    const id = (block: string) => proposals.find(each => each.block === block)?.id ?? (0 as never)
    const nobody = { ids: [id('10.20.0.0/24')], authorisedBy: '', reference: '' }
    expect(await backend.call('range.authorise', nobody)).toMatchObject({
      failure: { code: 'authorisation-missing' },
    })
    const said = { authorisedBy: 'Ada', reference: 'T-7' }
    const ids = [id('10.20.0.0/24'), id('fd20::/64')]
    expect(await must(backend.call('range.authorise', { ids, ...said }))).toMatchObject([
      {
        block: '10.20.0.0/24',
        site: 'Berlin',
        zone: 'client',
        authorisation: { by: 'Ada', reference: 'T-7' },
      },
      { block: 'fd20::/64', addressCount: 0 },
    ])
    await must(backend.call('range.dismiss', { ids: [id('10.24.0.0/24')] }))
    expect(await must(backend.call('import.undo', { id: result.id ?? (0 as never) }))).toMatchObject({
      removed: 2,
      kept: 2,
    })
    expect(await must(backend.call('range.proposals', {}))).toEqual([])
    expect((await must(backend.call('range.list', {}))).length).toBe(2)
  })
})

describe('tags and owners from a file', () => {
  it('are taken back as a whole, and nothing that was there before', async () => {
    await startServers('127.98.0.0/24', { 5: {}, 6: {} })
    const backend = await startBackend()
    await register(backend, '127.98.0.0/24')
    await backend.scan({ rate: 5000 })
    await must(backend.call('instance.tag', { instance: '127.98.0.5', add: ['kept'], remove: [] }))
    const csv =
      'Address;Port;Tags\n127.98.0.5;11434;kept, new\n127.98.0.6;11434;new\n127.98.0.7;11434;new\n127.98.0.6;;\n'
    const result = await apply(backend, written('tags.csv', csv))
    reconciles(result)
    expect(reasons(result)).toEqual([
      [4, 'instance-unknown'],
      [5, 'tags-missing'],
    ])
    const tags = async (instance: string) =>
      (await must(backend.call('instance.annotations', { instance }))).tags
    expect(await tags('127.98.0.5')).toEqual(['kept', 'new'])
    const tagged = async () => (await must(backend.call('inventory.list', { query: 'tag:new' }))).length
    expect(await tagged()).toBe(2)
    await must(backend.call('import.undo', { id: result.id ?? (0 as never) }))
    expect(await tags('127.98.0.5')).toEqual(['kept'])
    expect(await tags('127.98.0.6')).toEqual([])
    expect(await tagged()).toBe(0)
  })

  it('owners go by the rules of their own import', async () => {
    const backend = await startBackend()
    const file = written('people.csv', 'name,email,id\nAda,ada@example.org,1\nNobody,nowhere,2\n')
    const result = await apply(backend, file)
    reconciles(result)
    expect(result).toMatchObject({ format: 'owners', read: 2, stored: 1 })
    expect(reasons(result)).toEqual([[3, 'email-malformed']])
    expect(await must(backend.call('import.undo', { id: result.id ?? (0 as never) }))).toMatchObject({
      removed: 1,
    })
    expect(await must(backend.call('owner.list', {}))).toEqual([])
  })
})

describe('a file that is no import', () => {
  it('is refused with what to do, and leaves no trace but the refusal', async () => {
    const backend = await startBackend()
    const packed = join(temporaryFolder(), 'scan.xml.gz')
    writeFileSync(packed, Buffer.from('1f8b0800', 'hex'))
    for (const [file, code] of [
      [packed, 'import-packed'],
      [written('a.txt', 'hello'), 'import-format-unknown'],
      [written('empty.txt', ''), 'import-format-unknown'],
      [join(temporaryFolder(), 'none.xml'), 'file-unreadable'],
      [temporaryFolder(), 'file-unreadable'],
    ] as const) {
      expect(await backend.call('import.preview', { file })).toMatchObject({ failure: { code } })
      expect(await backend.call('import.apply', { file })).toMatchObject({ failure: { code } })
    }
    expect(await must(backend.call('import.list', {}))).toEqual([])
  })

  it('with a hundred thousand rows is in within a minute, and in little memory', async () => {
    const backend = await startBackend()
    await register(backend, '10.0.0.0/12', 'Lab')
    const file = written('large.xml', '<nmaprun scanner="nmap" args="nmap">\n')
    for (let block = 0; block < 100; block++) {
      const hosts = Array.from({ length: 1000 }, (_, n) => {
        const host = block * 1000 + n
        const address = `10.${host >> 16}.${(host >> 8) & 255}.${host & 255}`
        return `<host endtime="1761900000"><status state="up"/><address addr="${address}" addrtype="ipv4"/><ports><port protocol="tcp" portid="11434"><state state="open"/><service name="http"/></port></ports></host>\n`
      })
      appendFileSync(file, hosts.join(''))
    }
    appendFileSync(file, '</nmaprun>\n')
    const begun = performance.now()
    const result = await apply(backend, file)
    const seconds = (performance.now() - begun) / 1000
    expect(result).toMatchObject({ read: 100_000, stored: 100_000, rejectedCount: 0 })
    expect(seconds).toBeLessThan(60)
    const undone = await must(backend.call('import.undo', { id: result.id ?? (0 as never) }))
    expect(undone).toMatchObject({ removed: 100_000 })
  }, 120_000)
})

it('the same file twice proposes nothing twice', async () => {
  const backend = await startBackend()
  const copy = join(temporaryFolder(), 'copy.csv')
  copyFileSync(fixture('netbox.csv'), copy)
  expect(readFileSync(copy, 'utf8')).toContain('Hamburg')
  const first = await apply(backend, fixture('netbox.csv'), { site: 'X' })
  const second = await apply(backend, copy, { site: 'X' })
  reconciles(second)
  expect(second.stored).toBe(0)
  expect((await must(backend.call('range.proposals', {}))).length).toBe(first.stored)
})
