import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { listDecisions } from '#main/store/audit.ts'
import { auditEntriesAfter, auditValuesOf } from '#main/store/audit-chain.ts'
import { openReader } from '#main/store/open.ts'
import type { AdvisoryData } from '#shared/domain/advisory.ts'
import { must, program, startBackend, type TestBackend } from '../support/backend.ts'
import { type RecordedAnswer, serveAnswers } from '../support/raw-server.ts'
import { temporaryFolder } from '../support/temporary.ts'

const shippedFile = join(program.resources, 'advisories', 'ollama.json')
const shippedText = readFileSync(shippedFile, 'utf8')
const shipped: AdvisoryData = JSON.parse(shippedText)
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** A file of advisories like the shipped one, with some of it changed. */
function fileWith(change: Partial<AdvisoryData> | string): { file: string; text: string } {
  const file = join(temporaryFolder(), 'advisories.json')
  const text = typeof change === 'string' ? change : JSON.stringify({ ...shipped, ...change })
  writeFileSync(file, text)
  return { file, text }
}

const newer = { dataVersion: shipped.dataVersion + 1, date: '2027-01-15' }

function audited({ dataFolder }: TestBackend) {
  const reader = openReader(dataFolder)
  if (!reader.ok) throw new Error(reader.failure.code)
  const entries = auditEntriesAfter(reader.value, { id: 0, limit: 100 })
    .filter(({ command }) => command.startsWith('advisories.'))
    .map(entry => {
      const values = auditValuesOf(reader.value, { entry: entry.id })
      return { ...entry, result: values.find(({ name }) => name === 'result')?.value }
    })
  const decisions = listDecisions(reader.value, {})
  reader.value.connection.close()
  return { entries, decisions }
}

describe('the advisories in force', () => {
  it('are those that came with Paddock', async () => {
    const backend = await startBackend()
    expect(await must(backend.call('advisories.show', {}))).toMatchObject({
      edition: { dataVersion: shipped.dataVersion, date: shipped.date, digest: digestOf(shippedText) },
      origin: 'shipped',
      replacedAt: null,
      replacedBy: null,
      count: shipped.advisories.length,
      advisories: shipped.advisories,
    })
  })

  it('are replaced by a newer file, for good, and put back', async () => {
    const folder = temporaryFolder()
    const first = await startBackend(folder)
    const only = shipped.advisories.slice(0, 1)
    const { file, text } = fileWith({ ...newer, advisories: only })
    const status = await must(first.call('advisories.replace', { file }))
    expect(status).toMatchObject({
      edition: { ...newer, digest: digestOf(text) },
      origin: 'replaced',
      replacedBy: expect.stringMatching(/./),
      count: 1,
      shipped: { dataVersion: shipped.dataVersion },
    })
    const { entries, decisions } = audited(first)
    expect(entries.map(({ command, outcome }) => [command, outcome])).toEqual([
      ['advisories.replace', 'done'],
    ])
    expect(JSON.parse(entries[0]?.result ?? '')).toEqual(status)
    expect(decisions.map(({ kind }) => kind)).toEqual(['advisories.replaced'])
    await first.close()

    // Another process, with the question answered in a reader thread.
    const second = await startBackend(folder, 1)
    expect(await must(second.call('advisories.show', {}))).toEqual({ ...status, advisories: only })
    const back = await must(second.call('advisories.reset', {}))
    expect(back).toMatchObject({ origin: 'shipped', edition: { digest: digestOf(shippedText) } })
    expect((await must(second.call('advisories.show', {}))).advisories).toEqual(shipped.advisories)
    expect(audited(second).decisions.map(({ kind }) => kind)).toEqual([
      'advisories.replaced',
      'advisories.reset',
    ])
  })

  it.each([
    ['no JSON', 'not JSON at all', 'advisories-malformed'],
    ['another shape', '{"advisories":[]}', 'advisories-malformed'],
    ['a later format', { ...newer, format: 2 }, 'advisories-malformed'],
    [
      'a range that is none',
      { ...newer, advisories: [{ ...shipped.advisories[0], affected: [{ below: 'soon' }] }] },
      'advisories-malformed',
    ],
    ['too much', `{"padding":"${'x'.repeat(2 * 1024 * 1024)}"}`, 'advisories-unreadable'],
    ['edition 0', { dataVersion: shipped.dataVersion - 1 }, 'advisories-malformed'],
  ])('stay where a file holds %s', async (_, change, code) => {
    const backend = await startBackend()
    const { file } = fileWith(change as Partial<AdvisoryData> | string)
    expect(await backend.call('advisories.replace', { file })).toMatchObject({ ok: false, failure: { code } })
    expect(await must(backend.call('advisories.show', {}))).toMatchObject({ origin: 'shipped' })
    const { entries, decisions } = audited(backend)
    expect(entries.map(({ outcome }) => outcome)).toEqual(['refused'])
    expect(decisions).toEqual([])
  })

  it.each([
    ['is not there', (folder: string) => join(folder, 'missing.json')],
    ['is a folder', (folder: string) => folder],
    ['is a device', () => '/dev/zero'],
  ])('stay where the file %s', async (_, place) => {
    const backend = await startBackend()
    const folder = temporaryFolder()
    mkdirSync(folder, { recursive: true })
    expect(await backend.call('advisories.replace', { file: place(folder) })).toMatchObject({
      failure: { code: 'advisories-unreadable' },
    })
  })

  it('go back to an older edition only on purpose', async () => {
    const backend = await startBackend()
    const latest = fileWith({ dataVersion: shipped.dataVersion + 5 })
    const earlier = fileWith({ ...newer, advisories: shipped.advisories.slice(0, 2) })
    await must(backend.call('advisories.replace', { file: latest.file }))
    expect(await backend.call('advisories.replace', { file: earlier.file })).toMatchObject({
      failure: {
        code: 'advisories-older',
        details: { given: shipped.dataVersion + 1, current: shipped.dataVersion + 5 },
      },
    })
    expect(await must(backend.call('advisories.replace', { file: earlier.file, older: true }))).toMatchObject(
      {
        edition: { dataVersion: shipped.dataVersion + 1 },
        count: 2,
      },
    )
    // The same edition again is neither newer nor older.
    await must(backend.call('advisories.replace', { file: earlier.file }))
  })
})

const reply = (body: string, type = 'application/json; charset=utf-8', status = 200): RecordedAnswer => ({
  status,
  statusText: 'x',
  headers: [
    ['Content-Type', type],
    ['Content-Length', '0'],
  ],
  body,
})

/** An Ollama without models that answers as 0.9.6 does, whatever it calls itself. */
async function startOllama(address: string, stated: string): Promise<void> {
  const paths: Readonly<Record<string, RecordedAnswer>> = {
    '/': reply('Ollama is running', 'text/plain; charset=utf-8'),
    '/api/version': reply(JSON.stringify({ version: stated })),
    '/api/tags': reply('{"models":[]}'),
    '/api/ps': reply('{"models":[]}'),
    '/v1/models': reply('{"object":"list","data":null}\n', 'application/json'),
    '/api/pull': {
      ...reply('405 method not allowed', 'text/plain', 405),
      headers: [
        ['Allow', 'POST'],
        ['Content-Type', 'text/plain'],
        ['Content-Length', '22'],
      ],
    },
  }
  const server = await serveAnswers(
    (_, path, head) =>
      head.includes('\r\nOrigin: ')
        ? { status: 403, statusText: 'Forbidden', headers: [['Content-Length', '0']], body: '' }
        : (paths[path] ?? reply('404 page not found', 'text/plain', 404)),
    address,
    11434,
  )
  onTestFinished(() => server.close())
}

describe('what the advisories say about an instance', () => {
  it('rests on a version that can be trusted, and on the edition in force', async () => {
    await startOllama('127.81.0.1', '0.9.6')
    await startOllama('127.81.0.2', '0.0.0')
    await startOllama('127.81.0.3', '0.14.3')
    const backend = await startBackend()
    const range = { block: '127.81.0.0/29', site: 'Lab', authorisedBy: 'Ada', reference: 'T-1' }
    await must(backend.call('range.add', range))
    const { scan } = await backend.scan({ rate: 5000 })

    const rows = await must(backend.call('inventory.list', {}))
    expect(rows.map(({ version, advisories }) => [version, advisories])).toEqual([
      ['0.9.6', 11],
      ['0.0.0', null],
      ['0.14.3', null],
    ])
    const show = (host: number) => must(backend.call('instance.show', { instance: `127.81.0.${host}:11434` }))
    const trusted = await show(1)
    expect(trusted.advisoryBasis).toEqual({
      edition: { dataVersion: shipped.dataVersion, date: shipped.date, digest: digestOf(shippedText) },
      version: '0.9.6',
      trust: 'trusted',
    })
    expect(trusted.advisories).toHaveLength(shipped.advisories.length)
    expect(trusted.advisories?.filter(({ state }) => state === 'affected')).toHaveLength(11)
    expect(trusted.advisories?.find(({ id }) => id === 'CVE-2026-7482')).toEqual({
      id: 'CVE-2026-7482',
      state: 'affected',
      reason: 'in-range',
      title: shipped.advisories.find(({ id }) => id === 'CVE-2026-7482')?.title,
      fixedIn: '0.17.1',
      source: 'https://www.cve.org/CVERecord?id=CVE-2026-7482',
      confidence: 'high',
    })
    expect(trusted.bracket).toMatchObject({ atLeast: '0.7.0', below: '0.13.3' })
    expect(await show(2)).toMatchObject({ advisories: null, advisoryBasis: { trust: 'development' } })
    // It does not do what 0.14.3 does.
    const contradicted = await show(3)
    expect(contradicted).toMatchObject({ advisories: null, advisoryBasis: { trust: 'contradicted' } })
    expect(contradicted.endpoints[0]?.signals.map(({ name }) => name)).toContain('version-contradicted')
    expect(contradicted.confidence).toBeLessThan(trusted.confidence)

    // The scan says which edition it was; a new one changes what is said now, not what is on record.
    const { file, text } = fileWith({ ...newer, advisories: shipped.advisories.slice(0, 3) })
    await must(backend.call('advisories.replace', { file }))
    expect((await show(1)).advisories).toHaveLength(3)
    expect((await must(backend.call('inventory.list', {}))).map(row => row.advisories)).toEqual([
      0,
      null,
      null,
    ])
    expect((await must(backend.call('scan.show', { id: scan.id }))).advisories.digest).toBe(
      digestOf(shippedText),
    )
    const second = await backend.scan({ rate: 5000 })
    expect((await must(backend.call('scan.show', { id: second.scan.id }))).advisories).toEqual({
      ...newer,
      digest: digestOf(text),
    })
    expect(second.instances).toMatchObject({ seen: 3, new: 0, changed: 0 })
  })
})
