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
    const lab = await startLab({ base: '127.102.0.0/24' })
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
})
