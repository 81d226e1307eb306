import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { HeldModel } from '#shared/domain/held-model.ts'
import { must, startBackend, type TestBackend } from '../support/backend.ts'
import { startHosts } from '../support/ollama-hosts.ts'
import { paddock } from '../support/paddock.ts'
import { temporaryFolder } from '../support/temporary.ts'

const block = '127.123.0.0/28'
const models = ['sql-expert:latest', 'qwen3:8b', 'qwen3:8b-mlx', 'hr-assistant:latest']

/** Two servers with the same models, scanned. */
async function scanned(folder: string): Promise<TestBackend> {
  const backend = await startBackend(folder)
  const range = { block, site: 'Lab', authorisedBy: 'Ada', reference: 'T-1' }
  await must(backend.call('range.add', range))
  await scanAgain(backend)
  return backend
}

async function scanAgain(backend: TestBackend) {
  const hosts = [
    { at: 1, version: '0.12.6', models: models.slice(0, 2) },
    { at: 2, version: '0.12.6', models },
    { at: 3, version: '0.12.6', models: ['llama3.2:3b', 'qwen3:8b'] },
  ]
  const running = await startHosts(block, hosts)
  try {
    return await backend.scan({ rate: 5000 })
  } finally {
    await running.stop()
  }
}

const licenceOf = (list: readonly HeldModel[], name: string) =>
  list.find(({ names }) => names.includes(name))?.licence

describe('licences of models', () => {
  it('are told by the catalogue, the drawer, the query language and exports alike', async () => {
    const backend = await scanned(temporaryFolder())
    const list = await must(backend.call('model.list', {}))
    expect(licenceOf(list, 'sql-expert:latest')).toMatchObject({
      state: 'recognised',
      licences: [{ id: 'LicenseRef-Qwen-Research', use: 'non-commercial' }],
    })
    expect(licenceOf(list, 'qwen3:8b')).toMatchObject({ licences: [{ id: 'Apache-2.0' }] })
    expect(licenceOf(list, 'hr-assistant:latest')).toMatchObject({ state: 'partly' })

    const found = async (query: string) =>
      (await must(backend.call('inventory.list', { query }))).map(row => row.address)
    const at = (...hosts: number[]) => hosts.map(host => `127.123.0.${host}`)
    expect(await found('license:LicenseRef-Qwen-Research')).toEqual(at(1, 2))
    expect(await found('licence:apache-2.0')).toEqual(at(1, 2, 3))
    expect(await found('license:licenseref-llama*')).toEqual(at(3))
    // Part of one model's text is nobody's licence.
    expect(await found('license:unknown')).toEqual(at(2))
    expect(await found('license:none')).toEqual([])
    const { items } = await must(backend.call('inventory.complete', { query: 'license:qwen', cursor: 12 }))
    expect(items.map(({ text }) => text)).toEqual(['LicenseRef-Qwen-Research'])

    const query = 'license:LicenseRef-Qwen-Research'
    const radius = await must(backend.call('model.blast-radius', { query }))
    expect(radius.models.map(({ name }) => name)).toEqual(['sql-expert:latest'])
    const { by } = await must(backend.call('model.concentration', {}))
    const top = by.find(({ dimension }) => dimension === 'licence')?.top ?? []
    expect(top[0]).toMatchObject({ value: 'Apache-2.0', instances: 3, query: 'license:Apache-2.0' })
    for (const value of top) {
      if (value.query !== null) expect(await found(value.query), value.query).toHaveLength(value.instances)
    }
    await backend.close()

    const listed = await paddock(backend.dataFolder, 'model', 'list', '--query', query)
    expect(listed.stdout).toContain('LicenseRef-Qwen-Research')
    expect(listed.stdout).toContain('Apache-2.0 and a text that is not recognised')
  })

  it('are facts for rules; what is not known of one is no fact', async () => {
    const backend = await scanned(temporaryFolder())
    const since = new Date(0).toISOString()
    const rule = await must(backend.call('policy.show', { key: 'uncensored-template' }))
    const { severity, title, rationale } = rule
    const preview = (brokenWhen: string) => {
      const text = {
        key: 'mine',
        each: 'model',
        brokenWhen,
        severity,
        title,
        rationale,
        remedy: {},
        cases: [],
      }
      return must(backend.call('policy.preview', { text: JSON.stringify(text), since }))
    }
    expect(await preview('model.nonCommercial')).toMatchObject({ broken: 2 })
    // The text of one model is only partly known.
    expect(await preview('model.licence.startsWith("LicenseRef-Llama")')).toMatchObject({
      broken: 1,
      unknown: 1,
    })
    await backend.close()
  })

  it('are asked for once more where nobody had read them, and no oftener', async () => {
    const folder = temporaryFolder()
    const before = await scanned(folder)
    await before.close()
    // As a file of an earlier version is.
    const file = new Database(join(folder, 'paddock.sqlite'))
    file.exec('UPDATE capability_claims SET licence = NULL; DELETE FROM model_licences')
    const claims = file.prepare('SELECT count(*) AS n FROM capability_claims').get() as { n: number }
    file.close()

    const backend = await startBackend(folder)
    const stale = await must(backend.call('model.list', {}))
    expect(stale.map(({ licence }) => licence.state)).toEqual(stale.map(() => 'unasked'))
    const again = await scanAgain(backend)
    expect(again.requests.byKind['show']).toBe(claims.n)
    const asked = await must(backend.call('model.list', {}))
    expect(licenceOf(asked, 'qwen3:8b')).toMatchObject({ licences: [{ id: 'Apache-2.0' }] })
    expect((await scanAgain(backend)).requests.byKind['show'] ?? 0).toBe(0)
    await backend.close()
  })

  it('of which servers say different things are not known, and who said what is told', async () => {
    const folder = temporaryFolder()
    const before = await scanned(folder)
    await before.close()
    const file = new Database(join(folder, 'paddock.sqlite'))
    // One of the two said something else.
    file.exec(`INSERT INTO texts (digest, content)
        VALUES (x'00', '{"state":"none","licences":[],"sha256":null,"length":null}');
      UPDATE capability_claims SET licence = last_insert_rowid()
      WHERE (digest, endpoint_id) IN (SELECT digest, min(endpoint_id) FROM capability_claims GROUP BY digest HAVING count(*) > 1);
      DELETE FROM model_licences`)
    file.close()
    const backend = await startBackend(folder)
    await scanAgain(backend)
    const list = await must(backend.call('model.list', {}))
    expect(licenceOf(list, 'qwen3:8b')).toMatchObject({ state: 'disputed', licences: [] })
    const digest = list.find(({ names }) => names.includes('qwen3:8b'))?.digest ?? ''
    const { claims } = await must(backend.call('model.show', { digest }))
    expect(new Set(claims.map(({ licence }) => licence.state))).toEqual(new Set(['none', 'recognised']))
    // Every holder was asked.
    expect(claims).toHaveLength(3)
    await backend.close()
  })
})
