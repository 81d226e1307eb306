import { describe, expect, it, onTestFinished } from 'vitest'
import type { RangeInput } from '#shared/domain/range.ts'
import { must, startBackend } from '../support/backend.ts'
import { serveAnswers } from '../support/raw-server.ts'

const valid: RangeInput = { block: '127.64.0.0/24', site: 'Lab', authorisedBy: 'Ada', reference: 'T-1' }

describe('a range is refused', () => {
  it.each([
    ['not an address', { block: 'localhost' }, 'range-malformed'],
    ['a malformed CIDR', { block: '127.0.0.0/40' }, 'range-malformed'],
    ['host bits', { block: '127.64.0.9/24' }, 'range-host-bits'],
    ['everything', { block: '0.0.0.0/0' }, 'range-everything'],
    ['everything in IPv6', { block: '::/0' }, 'range-everything'],
    ['larger than a /8', { block: '10.0.0.0/7' }, 'range-too-large'],
    ['larger than 2^24 in IPv6', { block: 'fd00::/64' }, 'range-too-large'],
    ['multicast', { block: '224.0.0.0/24' }, 'range-not-scannable'],
    ['all of multicast', { block: '224.0.0.0/4' }, 'range-not-scannable'],
    ['IPv6 multicast', { block: 'ff02::1' }, 'range-not-scannable'],
    ['broadcast', { block: '255.255.255.255' }, 'range-not-scannable'],
    ['unspecified', { block: '0.0.0.0' }, 'range-not-scannable'],
    ['this network', { block: '0.0.0.0/8' }, 'range-not-scannable'],
    ['link-local', { block: '169.254.0.0/16' }, 'range-not-scannable'],
    ['IPv6 link-local', { block: 'fe80::1' }, 'range-not-scannable'],
    ['public without confirmation', { block: '198.51.100.0/24' }, 'range-public'],
    ['half public', { block: '9.255.255.0-10.0.0.255' }, 'range-public'],
    ['nobody authorised it', { authorisedBy: '  ' }, 'authorisation-missing'],
    ['no reference', { reference: '' }, 'authorisation-missing'],
    ['no site', { site: ' ' }, 'site-malformed'],
    ['no such date', { validUntil: '2026-02-30' }, 'date-malformed'],
    ['no date', { validUntil: 'tomorrow' }, 'date-malformed'],
    ['no such zone', { zone: 'moon' }, 'zone-unknown'],
    ['port 0', { ports: [0] }, 'port-malformed'],
    ['port 65536', { ports: [11434, 65536] }, 'port-malformed'],
    ['a malformed exclusion', { exclusions: ['127.64.0.0/24', 'x'] }, 'exclusion-malformed'],
    ['an exclusion elsewhere', { exclusions: ['127.65.0.0/24'] }, 'exclusion-outside'],
  ])('%s', async (_, change, code) => {
    const backend = await startBackend()
    expect(await backend.call('range.add', { ...valid, ...change })).toMatchObject({
      ok: false,
      failure: { code },
    })
    expect(await must(backend.call('range.list', {}))).toEqual([])
    expect(await must(backend.call('site.list', {}))).toEqual([])
  })

  it('registered twice at one site, but not at another', async () => {
    const backend = await startBackend()
    await must(backend.call('range.add', valid))
    expect(await backend.call('range.add', { ...valid, site: 'LAB' })).toMatchObject({
      failure: { code: 'range-registered' },
    })
    expect(await backend.call('range.add', { ...valid, site: 'Other' })).toMatchObject({ ok: true })
  })

  it('and the refusal is on record, as is what was done', async () => {
    const backend = await startBackend()
    await must(backend.call('range.add', valid))
    await backend.call('range.add', { ...valid, block: '0.0.0.0/0' })
    const entries = await must(backend.call('audit.list', {}))
    expect(entries.map(({ command, outcome }) => [command, outcome])).toEqual([
      ['range.add', 'refused'],
      ['range.add', 'done'],
      ['policy.delivered', 'done'],
      ['actor.first', 'done'],
    ])
  })
})

describe('a range takes its defaults', () => {
  it('port 11434, one year, unknown zone', async () => {
    const backend = await startBackend()
    const range = await must(backend.call('range.add', valid))
    expect(range).toMatchObject({
      ports: [11434],
      zone: 'unknown',
      inForce: true,
      public: false,
      addressCount: 256,
    })
    const days = (Date.parse(range.authorisation.validUntil) - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(362)
    expect(days).toBeLessThan(366)
  })

  it('a past date is stored', async () => {
    const backend = await startBackend()
    expect(await must(backend.call('range.add', { ...valid, validUntil: '2020-01-01' }))).toMatchObject({
      inForce: false,
    })
  })

  it('today is still in force', async () => {
    const backend = await startBackend()
    const now = new Date()
    const two = (part: number) => String(part).padStart(2, '0')
    const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
    expect(await must(backend.call('range.add', { ...valid, validUntil: today }))).toMatchObject({
      inForce: true,
    })
  })

  it('what an edit does not name stays', async () => {
    const backend = await startBackend()
    const range = await must(
      backend.call('range.add', { ...valid, ports: [1, 2], exclusions: ['127.64.0.1'] }),
    )
    const edited = await must(backend.call('range.edit', { id: range.id, zone: 'lab' }))
    expect(edited).toEqual({ ...range, zone: 'lab' })
    const removed = await must(backend.call('range.remove', { id: range.id }))
    expect(removed.id).toBe(range.id)
    expect(await must(backend.call('range.list', {}))).toEqual([])
    expect(await backend.call('range.edit', { id: range.id })).toMatchObject({
      failure: { code: 'range-unknown' },
    })
  })
})

describe('a scan is refused, and nothing is sent', () => {
  async function withCanary() {
    const server = await serveAnswers(() => null, '127.64.0.7', 11434)
    onTestFinished(() => server.close())
    return { backend: await startBackend(), contacts: server.connections }
  }
  const refusal = (code: string) => ({ ok: false, failure: { code } })

  it('without any range', async () => {
    const { backend, contacts } = await withCanary()
    expect(await backend.call('scan.start', {})).toMatchObject(refusal('nothing-to-scan'))
    expect(contacts()).toBe(0)
  })

  it.each(['127.64.0.7', '127.64.0.0/23', '127.63.255.0-127.64.0.10'])(
    'outside the registered: %s',
    async block => {
      const { backend, contacts } = await withCanary()
      await must(backend.call('range.add', { ...valid, block: '127.64.0.8/29' }))
      expect(await backend.call('scan.start', { ranges: [block] })).toMatchObject(refusal('scope-outside'))
      expect(await backend.call('scan.start', { ranges: ['127.64.0.8/29', block] })).toMatchObject(
        refusal('scope-outside'),
      )
      expect(contacts()).toBe(0)
    },
  )

  it('with an expired authorisation, named or alone', async () => {
    const { backend, contacts } = await withCanary()
    await must(backend.call('range.add', { ...valid, validUntil: '2020-12-31' }))
    expect(await backend.call('scan.start', {})).toMatchObject(refusal('authorisation-expired'))
    expect(await backend.call('scan.start', { ranges: ['127.64.0.7'] })).toMatchObject(
      refusal('authorisation-expired'),
    )
    expect(contacts()).toBe(0)
  })

  it('but leaves the expired out where others are in force, and says so', async () => {
    const { backend, contacts } = await withCanary()
    await must(backend.call('range.add', { ...valid, validUntil: '2020-12-31' }))
    await must(backend.call('range.add', { ...valid, block: '127.65.0.0/28' }))
    const ended = new Promise(resolve => backend.onEvent('scan.ended', resolve))
    const started = await must(backend.call('scan.start', {}))
    expect(started).toMatchObject({
      targets: 16,
      leftOut: [{ block: '127.64.0.0/24', failure: { code: 'authorisation-expired' } }],
    })
    expect(await ended).toMatchObject({ coverage: { refused: 16 } })
    expect(contacts()).toBe(0)
  })

  it('of a malformed block, an unknown site, an odd rate or port', async () => {
    const { backend, contacts } = await withCanary()
    await must(backend.call('range.add', valid))
    expect(await backend.call('scan.start', { ranges: ['x'] })).toMatchObject(refusal('range-malformed'))
    expect(await backend.call('scan.start', { site: 'Nowhere' })).toMatchObject(refusal('site-unknown'))
    expect(await backend.call('scan.start', { rate: 0 })).toMatchObject(refusal('rate-malformed'))
    expect(await backend.call('scan.start', { ports: [70_000] })).toMatchObject(refusal('port-malformed'))
    expect(contacts()).toBe(0)
  })

  it('of private space from a vantage nobody has confirmed', async () => {
    const { backend } = await withCanary()
    await must(backend.call('range.add', { ...valid, block: '10.254.253.0/24' }))
    const refused = await backend.call('scan.start', {})
    expect(refused).toMatchObject(refusal('vantage-unknown'))
    expect(await must(backend.call('scan.list', {}))).toEqual([])
  })

  it('when everything is excluded', async () => {
    const { backend, contacts } = await withCanary()
    await must(backend.call('range.add', { ...valid, exclusions: ['127.64.0.0/24'] }))
    expect(await backend.call('scan.start', {})).toMatchObject(refusal('nothing-to-scan'))
    expect(contacts()).toBe(0)
  })

  it('while another one runs; its ranges cannot be changed meanwhile; it can be stopped', async () => {
    const { backend } = await withCanary()
    const range = await must(backend.call('range.add', { ...valid, block: '127.65.0.0/16' }))
    const { id } = await must(backend.call('scan.start', { rate: 100 }))
    expect(await backend.call('scan.start', {})).toMatchObject(refusal('scan-running'))
    expect(await backend.call('range.remove', { id: range.id })).toMatchObject(refusal('range-in-use'))
    expect(await backend.call('range.edit', { id: range.id, zone: 'lab' })).toMatchObject(
      refusal('range-in-use'),
    )
    const started = performance.now()
    const report = await must(backend.call('scan.stop', { id }))
    expect(performance.now() - started).toBeLessThan(1500)
    expect(report.scan).toMatchObject({ id, status: 'stopped', reason: 'person' })
    const { targets, excluded: _, ...outcomes } = report.coverage
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(targets)
    expect(report.coverage.notReached).toBeGreaterThan(60_000)
    expect(await backend.call('scan.stop', {})).toMatchObject(refusal('scan-not-running'))
    expect(await backend.call('range.remove', { id: range.id })).toMatchObject({ ok: true })
  })
})

describe('a call is refused', () => {
  it('to a channel that does not exist, or with input that does not fit', async () => {
    const { call } = await startBackend()
    const raw = call as unknown as (channel: string, input: unknown) => Promise<unknown>
    const invalid = { ok: false, failure: { code: 'invalid-request' } }
    expect(await raw('range.destroy', {})).toMatchObject(invalid)
    expect(await raw('constructor', {})).toMatchObject(invalid)
    expect(await raw('range.add', { block: 5 })).toMatchObject(invalid)
    expect(await raw('inventory.page', { limit: 1e9 })).toMatchObject(invalid)
    expect(await raw('scan.show', null)).toMatchObject(invalid)
  })
})
