import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import Papa from 'papaparse'
import { extractText, getDocumentProxy } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { manifestFile, manifestText } from '#main/services/report-manifest.ts'
import type { Actor } from '#shared/domain/actor.ts'
import { ReportManifest, ReportRequest } from '#shared/domain/report.ts'
import { must, startBackend, type TestBackend } from '../support/backend.ts'
import { runCommand } from '../support/command-line.ts'
import { startHosts } from '../support/ollama-hosts.ts'
import { temporaryFolder } from '../support/temporary.ts'

const base = '127.80.0.0/28'
const old = { at: 1, version: '0.9.6', models: ['llama3.2:3b'] }

/** A data folder with one scanned, open, old server that Ada answers for. */
async function scanned(): Promise<TestBackend> {
  const backend = await startBackend()
  const { call } = backend
  await must(call('settings.edit', { organisation: '=cmd|<b>Works</b>', contact: 'sec@example.org' }))
  await must(call('range.add', { block: base, site: 'Lab', authorisedBy: 'Ada Lovelace', reference: 'T-1' }))
  const hosts = await startHosts(base, [old])
  try {
    await backend.scan({ confirmVantage: true })
  } finally {
    await hosts.stop()
  }
  await must(
    call('owner.import', { file: 'o.csv', csv: 'Name;E-Mail;Art\nAda Lovelace;ada@example.org;Person\n' }),
  )
  await must(call('owner.assign', { instances: ['127.80.0.1:11434'], owner: 'ada@example.org' }))
  return backend
}

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>

/** The roles of the structure of one page. */
async function tagsOf(pdf: Pdf, page: number): Promise<string[]> {
  const walk = (node: unknown): string[] => {
    const { role, children = [] } = node as { role?: string; children?: unknown[] }
    return [...(role === undefined ? [] : [role]), ...children.flatMap(walk)]
  }
  return walk((await (await pdf.getPage(page)).getStructTree()) ?? {})
}

const request = (more: Record<string, unknown>) => ReportRequest.parse({ kind: 'technical', ...more })

async function make({ call }: TestBackend, more: Record<string, unknown>) {
  const report = await must(call('report.create', request(more)))
  const name = report.files[0]?.name ?? ''
  const path = join(report.folder, name)
  return { report, path, bytes: readFileSync(path) }
}

describe('a report', () => {
  it('is the same bytes from the same data, in every format, and says in its manifest what it rests on', async () => {
    const backend = await scanned()
    for (const format of ['pdf', 'html', 'xlsx', 'csv', 'json']) {
      const more = { format, framework: 'iso-27001-2022', language: 'de' }
      const [first, second] = [await make(backend, more), await make(backend, more)]
      expect(first.bytes.equals(second.bytes), format).toBe(true)
      expect(second.report.id).toBe(first.report.id + 1)
    }
    const { path } = await make(backend, { kind: 'coverage', format: 'json' })
    const manifest = ReportManifest.parse(JSON.parse(readFileSync(`${path}.manifest.json`, 'utf8')))
    expect(manifest.inputs.map(({ name }) => name)).toEqual(['policy:baseline', 'advisories', 'allow-list'])
    const [entry] = await must(backend.call('audit.list', { command: 'report.create', limit: 1 }))
    expect(JSON.stringify(entry?.changes)).toContain(manifest.signature)
  }, 60_000)

  it('as PDF is tagged, with outline and contents', async () => {
    const { bytes } = await make(await scanned(), { format: 'pdf' })
    const text = bytes.toString('latin1')
    expect(text.startsWith('%PDF-1.7')).toBe(true)
    for (const part of ['/MarkInfo', '/StructTreeRoot', '/Outlines', '/Lang (en)'])
      expect(text).toContain(part)
    expect(text).not.toContain('/JavaScript')
  })

  it.each([
    { language: 'en', paper: 'a4', width: 595, page: '2 of', words: ['critical', 'No TLS'] },
    { language: 'de', paper: 'letter', width: 612, page: '2 von', words: ['kritisch', 'Kein TLS'] },
  ])(
    'as PDF says to another reader what it holds ($language, $paper)',
    async expected => {
      const backend = await scanned()
      const { language, paper, width } = expected
      const { bytes } = await make(backend, { format: 'pdf', language, paper })
      const pdf = await getDocumentProxy(new Uint8Array(bytes))
      const pages = (await extractText(pdf)).text
      expect(pages).toHaveLength(pdf.numPages)
      expect(pages[1]?.replace(/\s+/g, ' ')).toContain(`${expected.page} ${pdf.numPages}`)
      const all = pages.join('\n')
      for (const words of ['=cmd|<b>Works</b>', '127.80.0.1', 'Ada Lovelace', ...expected.words])
        expect(all).toContain(words)
      // Tagged: whoever hears it gets headings, tables and their heads, in the order of the page.
      expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true })
      const tags = new Set((await Promise.all(pages.map((_, at) => tagsOf(pdf, at + 1)))).flat())
      for (const tag of ['H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD']) expect([...tags]).toContain(tag)
      const outline = (await pdf.getOutline()) ?? []
      expect(outline.length).toBeGreaterThan(2)
      for (const { title, dest } of outline) {
        expect(all.replace(/\s+/g, ' ')).toContain(title)
        expect(dest, title).not.toBeNull()
      }
      const [, , right] = (await pdf.getPage(1)).view
      expect(Math.round(right ?? 0)).toBe(width)
      expect((await pdf.getMetadata()).info).toMatchObject({ Language: language })
    },
    30_000,
  )

  it('as HTML holds no markup from elsewhere, nothing to fetch and no script', async () => {
    const { bytes } = await make(await scanned(), { format: 'html', kind: 'executive' })
    const text = bytes.toString('utf8')
    expect(text).toContain('&lt;b&gt;Works&lt;/b&gt;')
    expect(text).not.toContain('<b>Works')
    expect(text).not.toMatch(/<script|<link|src="http|url\(http|onerror=/i)
  })

  it('as XLSX has real types and a frozen heading; as CSV and JSON the same findings', async () => {
    const backend = await scanned()
    const findings = await must(backend.call('finding.list', {}))
    const sheets = unzipSync(new Uint8Array((await make(backend, { format: 'xlsx' })).bytes))
    const sheet = strFromU8(sheets['xl/worksheets/sheet2.xml'] ?? new Uint8Array())
    expect(sheet).toContain('state="frozen"')
    expect(sheet.match(/<row /g)).toHaveLength(findings.length + 1)
    expect(sheet).toMatch(/<c r="A2" s="2"><v>\d+<\/v><\/c>/)
    expect(sheet).toMatch(/<c r="K2" s="4"><v>4\d{4}\.\d+<\/v><\/c>/)
    expect(sheet).not.toContain('<f>')
    const csv = Papa.parse<string[]>(
      (await make(backend, { format: 'csv' })).bytes.toString('utf8').trimEnd(),
    )
    const json = JSON.parse((await make(backend, { format: 'json' })).bytes.toString('utf8'))
    const ids = findings.map(({ id }) => id).sort((a, b) => a - b)
    const sorted = (all: readonly number[]) => [...all].sort((a, b) => a - b)
    expect(sorted(csv.data.slice(1).map(([id]) => Number(id)))).toEqual(ids)
    expect(sorted(json.registers.findings.map((each: { finding: number }) => each.finding))).toEqual(ids)
    expect(json.registers.findings[0]).toMatchObject({
      owner: 'Ada Lovelace',
      site: 'Lab',
      severity: 'critical',
    })
  })

  it('shows people as pseudonyms that stay the same, and nowhere their names', async () => {
    const backend = await scanned()
    const texts: string[] = []
    for (const kind of ['owner', 'coverage', 'exceptions', 'technical']) {
      texts.push((await make(backend, { kind, format: 'json', pseudonymise: true })).bytes.toString('utf8'))
    }
    expect(texts.join('')).not.toMatch(/Ada|Lovelace/)
    const codes = new Set(texts.join('').match(/P-[0-9A-F]{8}/g))
    expect(codes.size).toBe(1)
  })

  it('is for one owner, if one is named; and for nobody unknown', async () => {
    const backend = await scanned()
    const { bytes } = await make(backend, { kind: 'owner', format: 'html', owner: 'ada@example.org' })
    expect(bytes.toString('utf8')).toContain('Ada Lovelace')
    expect(await backend.call('report.create', request({ kind: 'owner', owner: 'bob' }))).toMatchObject({
      failure: { code: 'owner-unknown' },
    })
    expect(await backend.call('report.create', request({ framework: 'none' }))).toMatchObject({
      failure: { code: 'framework-unknown' },
    })
    expect(await must(backend.call('report.list', {}))).toHaveLength(1)
  })

  it('can be cancelled: nothing of it is kept', async () => {
    const backend = await scanned()
    const progressed = new Promise(resolve => backend.onEvent('report.progressed', resolve))
    const making = backend.call('report.create', request({ format: 'pdf' }))
    await progressed
    expect(await backend.call('report.create', request({}))).toMatchObject({
      failure: { code: 'report-running' },
    })
    await must(backend.call('report.cancel', {}))
    expect(await making).toMatchObject({ failure: { code: 'report-cancelled' } })
    expect(await must(backend.call('report.list', {}))).toEqual([])
    expect(await backend.call('report.cancel', {})).toMatchObject({ failure: { code: 'report-not-running' } })
  })
})

describe('coverage', () => {
  it('of a whole range is not claimed after a look at one address, nor lost by one', async () => {
    const backend = await startBackend()
    const { call } = backend
    await must(call('range.add', { block: base, site: 'Lab', authorisedBy: 'Ada', reference: 'T-1' }))
    const covered = async () => {
      const { bytes } = await make(backend, { kind: 'coverage', format: 'html' })
      return bytes.toString('utf8').includes('was visited to its last target')
    }
    await backend.scan({ ranges: ['127.80.0.1/32'], confirmVantage: true })
    expect(await covered()).toBe(false)
    await backend.scan({ confirmVantage: true })
    expect(await covered()).toBe(true)
    await backend.scan({ ranges: ['127.80.0.1/32'], confirmVantage: true })
    expect(await covered()).toBe(true)
  }, 60_000)
})

describe('own frameworks', () => {
  it('need no code: a file in the data folder is judged; one that is none is named with its mistake', async () => {
    const backend = await scanned()
    const folder = join(backend.dataFolder, 'frameworks')
    mkdirSync(folder)
    const title = { en: 'House rule', de: 'Hausregel' }
    const pack = {
      format: 'paddock-framework',
      framework: 'house',
      packVersion: 1,
      name: title,
      edition: '1',
      legalDate: '2026-01-01',
      legalDateStatus: 'confirmed',
      source: 'Board',
      note: title,
      controls: [{ id: 'H1', title, text: title, status: 'confirmed', rules: ['unauthenticated'] }],
    }
    writeFileSync(join(folder, 'house.json'), JSON.stringify(pack))
    writeFileSync(join(folder, 'broken.json'), JSON.stringify({ ...pack, controls: [] }))
    const { frameworks, problems } = await must(backend.call('framework.list', {}))
    expect(frameworks.find(({ framework }) => framework === 'house')).toMatchObject({ origin: 'own' })
    expect(problems).toMatchObject([{ file: 'broken.json' }])
    const assessment = await must(backend.call('framework.assess', { framework: 'house' }))
    expect(assessment.controls).toMatchObject([{ id: 'H1', state: 'not-met', reasons: ['findings-open'] }])
  })
})

describe('verifying', () => {
  it('says intact, altered or unknown signer by its exit code, without any data folder', async () => {
    const backend = await scanned()
    const { report } = await make(backend, { format: 'pdf', kind: 'executive' })
    const elsewhere = temporaryFolder()
    const file = join(elsewhere, 'for-the-auditor.pdf')
    await must(backend.call('report.save', { id: report.id, to: file }))
    const [actor] = (await must(backend.call('actor.list', {}))) as Actor[]
    const key = join(elsewhere, 'ada.pub')
    writeFileSync(key, `${actor?.publicKey}\n`)
    const nowhere = join(elsewhere, 'no-folder')
    const verify = async (...more: string[]) =>
      (await runCommand(nowhere, 'report', 'verify', file, ...more)).code
    expect(await verify('--key', key)).toBe(0)
    expect(await verify('--key', 'ab'.repeat(32))).toBe(5)
    expect(await verify()).toBe(5)
    expect((await runCommand(backend.dataFolder, 'report', 'verify', file)).code).toBe(0)

    const bytes = readFileSync(file)
    const altered = Buffer.from(bytes)
    altered[2000] = (altered[2000] ?? 0) ^ 1
    writeFileSync(file, altered)
    expect(await verify('--key', key)).toBe(4)
    writeFileSync(file, bytes)
    const manifest = `${file}.manifest.json`
    const text = readFileSync(manifest, 'utf8')
    writeFileSync(manifest, text.replace('"executive"', '"technical"'))
    expect(await verify('--key', key)).toBe(4)
    writeFileSync(manifest, text.slice(1))
    expect(await verify('--key', key)).toBe(4)
    const nothingSigned = [
      text.replace(' ', '\t'),
      `${text} `,
      text.replace('{', '{ "approvedBy": "Auditor",'),
      text.replace('{', '{ "organisation": "Elsewhere",'),
      text.replace(/"signer": \{/, '"signer": { "role": "auditor",'),
    ]
    for (const other of nothingSigned) {
      writeFileSync(manifest, other)
      expect(await verify('--key', key), other.slice(0, 80)).toBe(4)
    }
    writeFileSync(manifest, text)
    expect(await verify('--key', key)).toBe(0)
    expect(await verify('--key', 'nothing')).toBe(2)
  }, 60_000)

  it('names an annex that is not there: what was signed is then not whole', async () => {
    const { path } = await make(await scanned(), { format: 'csv' })
    const made = ReportManifest.parse(JSON.parse(readFileSync(`${path}.manifest.json`, 'utf8')))
    const annex = Buffer.from('an annex')
    const [main] = made.files
    const name = `${main?.name}.annex.xlsx`
    const sha256 = createHash('sha256').update(annex).digest('hex')
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex')
    const manifest = {
      ...made,
      files: [...made.files, { role: 'annex' as const, name, bytes: annex.length, sha256 }],
      signer: { ...made.signer, publicKey: key },
    }
    const signature = sign(null, Buffer.from(manifestText(manifest)), privateKey).toString('hex')
    writeFileSync(`${path}.manifest.json`, manifestFile({ ...manifest, signature }))
    const verify = () => runCommand(temporaryFolder(), 'report', 'verify', path, '--key', key)
    const missing = await verify()
    expect(missing.code).toBe(4)
    expect(missing.stdout).toContain(`${name}: not there`)
    writeFileSync(`${path}.annex.xlsx`, annex)
    expect((await verify()).code).toBe(0)
    writeFileSync(`${path}.annex.xlsx`, 'an Annex')
    expect((await verify()).code).toBe(4)
  }, 30_000)

  it('is what the command line makes, too', async () => {
    const backend = await scanned()
    const { dataFolder } = backend
    await backend.close()
    const file = join(temporaryFolder(), 'r.csv')
    const args = [
      'report',
      'create',
      '--kind',
      'coverage',
      '--lang',
      'de',
      '--format',
      'csv',
      '--out',
      file,
      '--json',
    ]
    const made = await runCommand(dataFolder, ...args)
    expect(made.code, made.stderr).toBe(0)
    expect(JSON.parse(made.stdout)).toMatchObject({ id: 1, saved: [file, `${file}.manifest.json`] })
    expect(readFileSync(file, 'utf8')).toContain('127.80.0.0/28')
    expect((await runCommand(dataFolder, 'report', 'verify', file)).code).toBe(0)
    expect(JSON.parse((await runCommand(dataFolder, 'report', 'list', '--json')).stdout)).toHaveLength(1)
    expect((await runCommand(dataFolder, 'report', 'create', '--kind', 'poem')).code).toBe(2)
  }, 60_000)
})
