import { describe, expect, it, onTestFinished } from 'vitest'
import { startLab } from '#lab/lab.ts'
import { must, startBackend, type TestBackend } from '../support/backend.ts'

const csv = `name,email,id,unit,kind
Ada Lovelace,ada@example.org,17,Analytics,person
Grace Hopper,grace@example.org,18,Compilers,person
Platform,,19,IT,team
Nobody,not-an-address,20,,person
`

async function withInstances(): Promise<{ backend: TestBackend; ids: string[] }> {
  const lab = await startLab({ base: '127.73.0.0/24' })
  onTestFinished(() => lab.stop())
  const backend = await startBackend()
  await must(
    backend.call('range.add', {
      block: lab.blocks[0] ?? '',
      site: 'Lab',
      authorisedBy: 'Grace Hopper',
      reference: 'T-1',
      exclusions: lab.excluded,
    }),
  )
  await backend.scan({ rate: 5000 })
  const rows = await must(backend.call('inventory.list', {}))
  return { backend, ids: rows.map(row => String(row.id)) }
}

describe('owners', () => {
  it('are imported with a preview first, rejects with reasons, and taken back as a whole', async () => {
    const backend = await startBackend()
    const preview = await must(backend.call('owner.preview', { file: 'people.csv', csv }))
    expect(preview).toMatchObject({ id: null, lines: 4, added: 3, changed: 0, unchanged: 0 })
    expect(preview.rejected).toMatchObject([{ line: 5, reason: 'email-malformed' }])
    expect(await must(backend.call('owner.list', {}))).toEqual([])

    const first = await must(backend.call('owner.import', { file: 'people.csv', csv }))
    expect(first).toMatchObject({ id: 1, added: 3 })
    const again = await must(backend.call('owner.import', { file: 'people.csv', csv }))
    expect(again).toMatchObject({ id: null, added: 0, changed: 0, unchanged: 3 })
    const married = 'name,id\nAda King,17\nNew One,21\n'
    expect(await must(backend.call('owner.import', { file: 'more.csv', csv: married }))).toMatchObject({
      id: 2,
      added: 1,
      changed: 1,
    })
    const names = async () => (await must(backend.call('owner.list', {}))).map(owner => owner.name)
    expect(await names()).toEqual(['Ada King', 'Grace Hopper', 'New One', 'Platform'])
    const [ada] = await must(backend.call('owner.list', {}))
    expect(ada).toMatchObject({ email: 'ada@example.org', unit: 'Analytics', kind: 'person' })

    expect(await backend.call('owner.undo-import', { id: 1 })).toMatchObject({
      failure: { code: 'import-overtaken' },
    })
    expect(await must(backend.call('owner.undo-import', { id: 2 }))).toEqual({
      ...{ removed: 1, restored: 1, kept: 0 },
    })
    expect(await names()).toEqual(['Ada Lovelace', 'Grace Hopper', 'Platform'])
    expect(await backend.call('owner.undo-import', { id: 2 })).toMatchObject({
      failure: { code: 'import-unknown' },
    })
    expect(await must(backend.call('owner.undo-import', { id: 1 }))).toEqual({
      ...{ removed: 3, restored: 0, kept: 0 },
    })
    expect(await names()).toEqual([])

    const [undone, , , , imported] = await must(backend.call('audit.list', {}))
    expect(undone?.changes).toHaveLength(3)
    expect(imported?.command).toBe('owner.import')
    expect(await must(backend.call('audit.verify', {}))).toMatchObject({ intact: true })
  })
})

describe('a file of owners', () => {
  const file = 'people.csv'

  it('is refused as a whole where a column that was named is not there, or none is known as the name', async () => {
    const backend = await startBackend()
    const mapped = { file, csv, mapping: { name: 'Wer' } }
    const unknown = { failure: { code: 'column-unknown', details: { column: 'Wer' } } }
    expect(await backend.call('owner.preview', mapped)).toMatchObject(unknown)
    expect(await backend.call('owner.import', mapped)).toMatchObject(unknown)
    const nameless = { file, csv: 'Wer,email\nAda,ada@example.org\n' }
    expect(await must(backend.call('owner.preview', nameless))).toMatchObject({ added: 0 })
    expect(await backend.call('owner.import', nameless)).toMatchObject({
      failure: { code: 'column-missing', details: { columns: 'Wer, email' } },
    })
    expect(await must(backend.call('owner.import', { ...nameless, mapping: { name: 'Wer' } }))).toMatchObject(
      {
        added: 1,
      },
    )
  })
})

describe('an import of owners', () => {
  it('that somebody answers for by now is not taken back as a whole, but its rest is', async () => {
    const { backend, ids } = await withInstances()
    await must(backend.call('owner.import', { file: 'people.csv', csv }))
    const [a = '', b = ''] = ids
    await must(backend.call('owner.assign', { instances: [a, b], owner: '17' }))
    await must(backend.call('owner.assign', { instances: [a], owner: '17', duty: 'risk' }))
    const [owners, names] = [
      await must(backend.call('owner.list', {})),
      async () => (await must(backend.call('owner.list', {}))).map(({ name }) => name),
    ]
    const platform = owners.find(({ name }) => name === 'Platform')
    await must(
      backend.call('owner.inherit', {
        scope: 'name',
        value: 'gpu-*',
        owner: String(platform?.id),
        duty: 'data',
      }),
    )
    const before = await names()
    expect(await backend.call('owner.undo-import', { id: 1 })).toMatchObject({
      failure: {
        code: 'import-in-use',
        // two instances, one of them for two duties; one inheritance
        details: { id: 1, count: 2, who: 'Ada Lovelace (2), Platform (1)' },
      },
    })
    expect(await names()).toEqual(before)
    expect(await must(backend.call('owner.undo-import', { id: 1, rest: true }))).toEqual({
      ...{ removed: 1, restored: 0, kept: 2 },
    })
    expect(await names()).toEqual(['Ada Lovelace', 'Platform'])
    const rows = await must(backend.call('inventory.list', { query: 'owner:"Ada Lovelace"' }))
    expect(rows).toHaveLength(2)
    // Taken back is taken back, once.
    expect(await backend.call('owner.undo-import', { id: 1, rest: true })).toMatchObject({
      failure: { code: 'import-unknown' },
    })
  })
})

describe('ownership', () => {
  it('goes from nobody to somebody who has acknowledged it, with a trace', async () => {
    const { backend, ids } = await withInstances()
    await must(backend.call('owner.import', { file: 'people.csv', csv }))
    const [a = '', b = '', c = '', d = ''] = ids
    const bulk = { unchanged: 0, refused: 0, refusals: [] }
    expect(await must(backend.call('owner.assign', { instances: [a, b], owner: '17' }))).toEqual({
      ...bulk,
      assigned: 2,
    })
    expect(
      await must(
        backend.call('owner.assign', {
          instances: [a, c, '99999', '127.73.0.250:11434'],
          owner: 'ada@example.org',
        }),
      ),
    ).toEqual({
      assigned: 1,
      unchanged: 1,
      refused: 2,
      refusals: [
        { instance: '99999', reason: 'unknown' },
        { instance: '127.73.0.250:11434', reason: 'unknown' },
      ],
    })
    expect(await backend.call('owner.assign', { instances: [a], owner: 'bob' })).toMatchObject({
      failure: { code: 'owner-unknown' },
    })
    const [entry] = await must(backend.call('audit.list', { command: 'owner.assign', outcome: 'done' }))
    expect(entry?.changes).toHaveLength(1)
    expect(
      (await must(backend.call('audit.list', { command: 'owner.assign', outcome: 'done' }))).at(-1)?.changes,
    ).toHaveLength(2)

    const rows = await must(backend.call('inventory.list', {}))
    expect(rows.slice(0, 4).map(row => row.owner)).toEqual([
      'Ada Lovelace',
      'Ada Lovelace',
      'Ada Lovelace',
      null,
    ])
    expect((await must(backend.call('owner.list', {}))).map(owner => owner.instanceCount)).toEqual([3, 0, 0])

    const move = (
      step: 'acknowledge' | 'dispute' | 'release' | 'accept' | 'reject',
      ...instances: string[]
    ) => must(backend.call('owner.move', { instances, step }))
    expect(await move('acknowledge', a, d)).toMatchObject({
      assigned: 1,
      refusals: [{ instance: d, reason: 'step' }],
    })
    expect(await move('acknowledge', a)).toMatchObject({ assigned: 0, refused: 1 })
    expect(await move('dispute', a, b)).toMatchObject({ assigned: 2 })
    expect((await must(backend.call('inventory.list', {})))[0]?.owner).toBeNull()
    expect(await move('release', a)).toMatchObject({ assigned: 1 })
    const triage = await must(backend.call('owner.triage', { state: 'disputed' }))
    expect(triage.map(row => String(row.instance))).toEqual([b])
    expect(await must(backend.call('audit.verify', {}))).toMatchObject({ intact: true })
  }, 60_000)

  it('is inherited unless it is stated, and proposed only where it is neither', async () => {
    const { backend, ids } = await withInstances()
    await must(backend.call('owner.import', { file: 'people.csv', csv }))
    const [a = '', b = ''] = ids
    const technical = async (instance: string) =>
      (await must(backend.call('instance.show', { instance }))).ownerships.find(
        ({ duty }) => duty === 'technical',
      )

    expect(await technical(a)).toMatchObject({
      state: 'proposed',
      isOwned: false,
      owner: 'Grace Hopper',
      confidence: 50,
      reasons: [{ kind: 'range-contact' }],
    })
    expect((await must(backend.call('inventory.list', {})))[0]?.owner).toBeNull()
    expect(await must(backend.call('owner.move', { instances: [a], step: 'accept' }))).toMatchObject({
      assigned: 1,
    })
    expect(await technical(a)).toMatchObject({ state: 'assigned', origin: 'stated', owner: 'Grace Hopper' })
    expect(await must(backend.call('owner.move', { instances: [b], step: 'reject' }))).toMatchObject({
      assigned: 1,
    })
    expect(await technical(b)).toMatchObject({ state: 'unowned', owner: null })

    const rule = await must(backend.call('owner.inherit', { scope: 'site', value: 'lab', owner: '19' }))
    expect(await technical(b)).toMatchObject({
      state: 'assigned',
      origin: 'inherited',
      isOwned: true,
      owner: 'Platform',
      reasons: [{ kind: 'inherited-site', detail: 'Lab' }],
    })
    expect(await technical(a)).toMatchObject({ owner: 'Grace Hopper' })
    expect((await must(backend.call('inventory.list', {})))[1]?.owner).toBe('Platform')
    expect(await must(backend.call('owner.move', { instances: [b], step: 'release' }))).toMatchObject({
      refused: 1,
    })
    // An address block is more particular than a site, and a narrower one than a wider, whether it is a range or not.
    const inBlock = (value: string, owner: string) =>
      must(backend.call('owner.inherit', { scope: 'range', value, owner }))
    const { address } = await must(backend.call('instance.show', { instance: b }))
    const wide = await inBlock('127.0.0.0/8', '17')
    expect(await technical(b)).toMatchObject({
      reasons: [{ kind: 'inherited-range', detail: '127.0.0.0/8' }],
    })
    const narrow = await inBlock(`${address}/32`, '18')
    expect(await technical(b)).toMatchObject({ reasons: [{ kind: 'inherited-range', detail: address }] })
    const elsewhere = await inBlock('10.0.0.0/8', '18')
    for (const { id } of [elsewhere, narrow, wide]) await must(backend.call('owner.disinherit', { id }))
    expect(await technical(b)).toMatchObject({ reasons: [{ kind: 'inherited-site' }] })
    await must(backend.call('owner.disinherit', { id: rule.id }))
    expect(await technical(b)).toMatchObject({ state: 'unowned' })
    expect(await backend.call('owner.inherit', { scope: 'site', value: 'Mars', owner: '19' })).toMatchObject({
      failure: { code: 'site-unknown' },
    })
  }, 60_000)
})
