import { describe, expect, it, onTestFinished } from 'vitest'
import { startLab } from '#lab/lab.ts'
import { listDecisions } from '#main/store/audit.ts'
import { openReader } from '#main/store/open.ts'
import { BlastRadius } from '#shared/domain/blast-radius.ts'
import { Concentration, type HeldModel } from '#shared/domain/held-model.ts'
import { must, startBackend } from '../support/backend.ts'
import { paddock, paddockJson } from '../support/paddock.ts'

describe('models, from the simulated organisation to the command line', () => {
  it('are the inventory turned round, can be approved, and say who is hit', async () => {
    const lab = await startLab({ base: '127.107.0.0/24' })
    onTestFinished(() => lab.stop())
    const backend = await startBackend()
    const [block = ''] = lab.blocks
    const range = { block, site: 'Lab', authorisedBy: 'Ada', reference: 'T-1', exclusions: lab.excluded }
    await must(backend.call('range.add', range))
    await backend.scan({ rate: 5000 })
    const rows = await must(backend.call('inventory.list', {}))
    await backend.close()

    const folder = backend.dataFolder
    const models = await paddockJson<HeldModel[]>(folder, 'model', 'list')
    const held = rows.flatMap(row => (row.models ?? []).map(model => ({ row: row.id, model })))
    const holdersOf = ({ digest, names }: HeldModel) =>
      new Set(
        held
          .filter(({ model }) => (digest === null ? model.name === names[0] : model.digest === digest))
          .map(({ row }) => row),
      )
    expect(models.map(({ instances }) => instances)).toEqual(models.map(model => holdersOf(model).size))
    expect(new Set(models.flatMap(({ names }) => names))).toEqual(
      new Set(held.map(({ model }) => model.name)),
    )

    const wanted = models.find(({ digest }) => digest !== null)
    const digest = wanted?.digest ?? ''
    await paddockJson(folder, 'model', 'approve', digest.slice(0, 16), '--note', 'checked')
    expect(await paddockJson(folder, 'model', 'show', digest)).toMatchObject({
      approved: { note: 'checked' },
    })
    const radius = BlastRadius.parse(await paddockJson(folder, 'blast-radius', `digest=${digest}`))
    expect(radius.instances.map(({ instance }) => instance).sort()).toEqual(
      [...holdersOf(wanted as HeldModel)].sort(),
    )
    await paddockJson(folder, 'model', 'revoke', digest)
    expect((await paddock(folder, 'model', 'revoke', digest)).code).toBe(2)
    const reader = openReader(folder)
    if (!reader.ok) throw new Error(reader.failure.code)
    const kinds = listDecisions(reader.value, {}).map(({ kind, actor }) => [kind, actor !== ''])
    expect(kinds.slice(-2)).toEqual([
      ['model.approved', true],
      ['model.revoked', true],
    ])
    reader.value.connection.close()

    Concentration.parse(await paddockJson(folder, 'model', 'concentration'))
    expect(await paddockJson(folder, 'model', 'drift')).toEqual([])
    for (const args of [
      ['model', 'list'],
      ['model', 'concentration'],
      ['blast-radius', 'family:llama', 'quantization:Q4_K_M'],
    ]) {
      const text = await paddock(folder, ...args)
      expect(text.stdout, args.join(' ')).not.toMatch(/models:|undefined|NaN/)
    }
  }, 90_000)

  it('a blast radius takes the whole query language, and names the owners and how many have none', async () => {
    const lab = await startLab({ base: '127.107.1.0/24' })
    onTestFinished(() => lab.stop())
    const backend = await startBackend()
    const [block = ''] = lab.blocks
    const range = { block, site: 'Lab', authorisedBy: 'Ada', reference: 'T-1', exclusions: lab.excluded }
    await must(backend.call('range.add', range))
    await backend.scan({ rate: 5000 })
    const csv = 'name,email,id\nAda Lovelace,ada@example.org,17\nGrace Hopper,grace@example.org,18\n'
    await must(backend.call('owner.import', { file: 'people.csv', csv }))
    const query = 'family:llama quantization:Q4_K_M version<0.17.1'
    const rows = await must(backend.call('inventory.list', { query }))
    expect(rows.length).toBeGreaterThan(3)
    const blast = () => must(backend.call('model.blast-radius', { query }))
    expect((await blast()).owners).toEqual([{ owner: null, instances: rows.length }])

    const [a = '', b = '', c = ''] = rows.map(row => String(row.id))
    await must(backend.call('owner.assign', { instances: [a, b], owner: '17' }))
    await must(backend.call('owner.assign', { instances: [c], owner: '18', duty: 'risk' }))
    const unowned = rows.length - 3
    await expect.poll(async () => (await blast()).counts.unowned).toBe(unowned)
    const radius = await blast()
    expect(radius.owners).toEqual([
      { owner: 'Ada Lovelace', instances: 2 },
      { owner: 'Grace Hopper', instances: 1 },
      { owner: null, instances: unowned },
    ])
    expect(radius.counts).toMatchObject({ instances: rows.length, sites: 1, owners: 2, unowned })
    expect(radius.instances.map(({ instance }) => instance)).toEqual(rows.map(({ id }) => id))
    const [digest] = radius.models
    const ofDigest = await must(
      backend.call('model.blast-radius', { query: `digest:${digest?.digest?.slice(0, 12)}` }),
    )
    expect(ofDigest.models).toContainEqual(expect.objectContaining({ digest: digest?.digest }))
    expect(await backend.call('model.blast-radius', { query: 'version<new' })).toMatchObject({
      failure: { code: 'query-version-malformed' },
    })
    const { dataFolder: folder } = backend
    await backend.close()

    const told = BlastRadius.parse(await paddockJson(folder, 'blast-radius', query))
    expect(told).toEqual(radius)
    const text = (await paddock(folder, 'blast-radius', ...query.split(' '))).stdout
    expect(text).toContain(`Nobody answers for ${unowned} of them.`)
    expect(text).toContain('2  Ada Lovelace')
    const wrong = await paddock(folder, 'blast-radius', 'famly:llama')
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('famly')
    const narrowed = await paddockJson<HeldModel[]>(folder, 'model', 'list', '--query', query)
    const all = await paddockJson<HeldModel[]>(folder, 'model', 'list')
    expect(narrowed.length).toBeLessThan(all.length)
    expect(new Set(narrowed.flatMap(({ names }) => names))).toEqual(
      new Set(rows.flatMap(({ models }) => models?.map(({ name }) => name) ?? [])),
    )
  }, 90_000)
})
