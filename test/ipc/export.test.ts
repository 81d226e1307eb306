import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { unzipSync } from 'fflate'
import Papa from 'papaparse'
import { beforeAll, describe, expect, it } from 'vitest'
import { held } from '#lab/organisation/held.ts'
import { type ExportRequest, exportTables, queriedTables } from '#shared/domain/export.ts'
import { must, startBackend, type TestBackend } from '../support/backend.ts'
import { register, startServers } from '../support/small-lab.ts'
import { temporaryFolder } from '../support/temporary.ts'

const schemas = join(import.meta.dirname, '..', 'fixtures', 'cyclonedx')
const schema = (name: string) => JSON.parse(readFileSync(join(schemas, `${name}.schema.json`), 'utf8'))

async function write(backend: TestBackend, request: Omit<Partial<ExportRequest>, 'file'>) {
  const { format = 'csv' } = request
  const file = join(temporaryFolder(), `out.${format}`)
  const done = await must(backend.call('export.write', { ...request, format, file }))
  expect(done.bytes).toBe(statSync(file).size)
  return { ...done, text: readFileSync(file, 'utf8') }
}

async function scanned(base: string): Promise<TestBackend> {
  const models = [held('llama3.2:3b', '2026-01-01T10:00:00.1Z'), held('qwen3:8b', '2026-01-01T10:00:00.2Z')]
  await startServers(`${base}.0/24`, { 5: { holds: models }, 6: { holds: models.slice(0, 1) } })
  const backend = await startBackend()
  await register(backend, `${base}.0/24`, '=Site;"A"')
  await backend.scan({ rate: 5000 })
  return backend
}

let validate: (bom: unknown) => string[]
beforeAll(() => {
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats['default'](ajv)
  // Two formats that the schema names and no validator has: what they are is checked by the code that makes them.
  ajv.addFormat('iri-reference', true)
  ajv.addFormat('idn-email', true)
  ajv.addSchema(schema('jsf-0.82'), 'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json')
  ajv.addSchema(schema('spdx'), 'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json')
  const check = ajv.compile(schema('bom-1.6'))
  validate = bom =>
    check(bom) ? [] : (check.errors ?? []).map(error => `${error.instancePath} ${error.message}`)
})

describe('a bill of materials', () => {
  it('is valid by the official schema, which refuses what is not', async () => {
    const backend = await scanned('127.99.0')
    const { text } = await write(backend, { format: 'cyclonedx' })
    const bom = JSON.parse(text)
    expect(validate(bom)).toEqual([])
    expect(validate({ ...bom, components: [{ name: 'x' }] })).not.toEqual([])

    expect(bom.components.map((each: { name: string }) => each.name).sort()).toEqual([
      'llama3.2:3b',
      'qwen3:8b',
    ])
    const [model] = bom.components
    expect(model).toMatchObject({ type: 'machine-learning-model', hashes: [{ alg: 'SHA-256' }] })
    expect(model['bom-ref']).toBe(`model:${model.hashes[0].content}`)
    // One licence has an identifier of SPDX, the other has none and goes by its name.
    const licenses = bom.components.flatMap((each: { licenses: { license: object }[] }) => each.licenses)
    expect(licenses).toContainEqual({ license: { id: 'Apache-2.0' } })
    expect(licenses).toContainEqual({ license: { name: 'Llama 3.2 Community License' } })
    expect(model.modelCard.modelParameters.architectureFamily).toMatch(/^(llama|qwen3)$/)
    expect(bom.services[0]).toMatchObject({
      name: 'ollama',
      endpoints: ['http://127.99.0.5:11434/'],
      authenticated: false,
    })
    expect(bom.dependencies.map((each: { dependsOn: string[] }) => each.dependsOn.length)).toEqual([2, 1])

    const again = await write(backend, { format: 'cyclonedx' })
    expect(again.text).toBe(text)
    const narrowed = await write(backend, { format: 'cyclonedx', query: 'address:127.99.0.6' })
    const { services, serialNumber } = JSON.parse(narrowed.text)
    expect(services.length).toBe(1)
    expect(serialNumber).not.toBe(bom.serialNumber)
    expect(validate(JSON.parse(narrowed.text))).toEqual([])
  })

  it('of nothing is valid too', async () => {
    const backend = await startBackend()
    const { text, rows } = await write(backend, { format: 'cyclonedx' })
    expect(rows).toBe(0)
    expect(validate(JSON.parse(text))).toEqual([])
  })
})

describe('a table', () => {
  it('is written whole in every format, and narrowed where a query can narrow it', async () => {
    const backend = await scanned('127.99.1')
    for (const table of exportTables) {
      const json = await write(backend, { table, format: 'json' })
      const parsed = JSON.parse(json.text)
      expect(parsed).toMatchObject({ format: 'paddock', schema: 1, table })
      expect(parsed.rows.length).toBe(json.rows)
      const csv = await write(backend, { table, format: 'csv' })
      const { data, errors } = Papa.parse<string[]>(csv.text.trimEnd())
      expect(errors.filter(({ code }) => code !== 'UndetectableDelimiter')).toEqual([])
      // Each export is an entry of the audit itself.
      expect(data.length - 1 - json.rows).toBe(table === 'audit' ? 1 : 0)
      expect(new Set(data.map(row => row.length)).size).toBe(1)
      const xlsx = await write(backend, { table, format: 'xlsx' })
      expect(xlsx.rows - json.rows).toBe(table === 'audit' ? 2 : 0)
    }
    const finding = await write(backend, { table: 'findings', format: 'json', query: 'address:127.99.1.6' })
    const rows: { address: string }[] = JSON.parse(finding.text).rows
    expect(rows.length).toBeGreaterThan(0)
    expect(new Set(rows.map(({ address }) => address))).toEqual(new Set(['127.99.1.6']))
    const file = join(temporaryFolder(), 'a.csv')
    for (const table of exportTables.filter(each => !queriedTables.includes(each))) {
      const refused = await backend.call('export.write', { table, format: 'csv', file, query: 'tools:yes' })
      expect(refused).toMatchObject({ failure: { code: 'export-query' } })
    }
  }, 120_000)

  it('guards spreadsheets against formulas, with the mark and the separator they want', async () => {
    const backend = await scanned('127.99.2')
    const { text } = await write(backend, { format: 'csv', bom: true, delimiter: ';' })
    expect(text.startsWith('\uFEFFid;site;')).toBe(true)
    const { data } = Papa.parse<Record<string, string>>(text.slice(1).trimEnd(), {
      header: true,
      delimiter: ';',
    })
    expect(data[0]?.['site']).toBe(`'=Site;"A"`)
    const file = join(temporaryFolder(), 'a.xlsx')
    await must(backend.call('export.write', { format: 'xlsx', file }))
    const sheet = new TextDecoder().decode(unzipSync(readFileSync(file))['xl/worksheets/sheet1.xml'])
    expect(sheet).toContain('t="inlineStr"><is><t xml:space="preserve">=Site;&quot;A&quot;</t></is>')
    expect(sheet).not.toContain('<f>')
  })

  it('comes back as it went out', async () => {
    const backend = await startBackend()
    for (const [block, site] of [
      ['10.1.0.0/24', '=cmd|A1'],
      ['10.2.0.1-10.2.0.9', 'Zürich, "Nord"'],
    ] as const)
      await register(backend, block, site)
    await must(
      backend.call('owner.import', { file: 'a.csv', csv: 'name,email,id\n+49 Team,a@example.org,7\n' }),
    )
    const other = await startBackend()
    for (const table of ['ranges', 'owners'] as const) {
      const file = join(temporaryFolder(), `${table}.csv`)
      await must(backend.call('export.write', { table, format: 'csv', file, bom: table === 'owners' }))
      expect(await must(other.call('import.apply', { file }))).toMatchObject({
        format: table,
        stored: table === 'ranges' ? 2 : 1,
        rejectedCount: 0,
      })
    }
    const proposals = await must(other.call('range.proposals', {}))
    expect(proposals.map(({ block, site }) => [block, site])).toEqual([
      ['10.1.0.0/24', '=cmd|A1'],
      ['10.2.0.1-10.2.0.9', 'Zürich, "Nord"'],
    ])
  })
})

it('tags that were exported with their instances come back with them', async () => {
  const backend = await scanned('127.99.3')
  await must(backend.call('instance.tag', { instance: '127.99.3.5', add: ['=one', 'two'], remove: [] }))
  const file = join(temporaryFolder(), 'instances.csv')
  await must(backend.call('export.write', { format: 'csv', file }))
  await must(backend.call('instance.tag', { instance: '127.99.3.5', add: [], remove: ['=one', 'two'] }))
  const result = await must(backend.call('import.apply', { file }))
  expect(result).toMatchObject({ format: 'tags', read: 2, stored: 1 })
  expect(result.rejected).toMatchObject([{ reason: 'tags-missing' }])
  const { tags } = await must(backend.call('instance.annotations', { instance: '127.99.3.5' }))
  expect(tags).toEqual(['=one', 'two'])
})

describe('a file', () => {
  it('is never written into the data folder, nor half', async () => {
    const backend = await startBackend()
    const inside = join(backend.dataFolder, 'paddock.sqlite')
    expect(await backend.call('export.write', { format: 'csv', file: inside })).toMatchObject({
      failure: { code: 'export-folder' },
    })
    const nowhere = join(temporaryFolder(), 'none', 'a.csv')
    expect(await backend.call('export.write', { format: 'csv', file: nowhere })).toMatchObject({
      failure: { code: 'export-unwritable' },
    })
    const file = join(temporaryFolder(), 'a.csv')
    writeFileSync(file, 'old')
    expect(await backend.call('export.write', { format: 'csv', file, query: '((' })).toMatchObject({
      ok: false,
    })
    expect(readFileSync(file, 'utf8')).toBe('old')
    await must(backend.call('export.write', { format: 'csv', file }))
    expect(readFileSync(file, 'utf8')).toMatch(/^id,site,/)
    const [entry] = await must(backend.call('audit.list', { command: 'export.write', outcome: 'done' }))
    expect(entry?.input).toMatchObject({ format: 'csv', table: 'instances' })
  })
})
