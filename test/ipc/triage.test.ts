import { describe, expect, it } from 'vitest'
import type { OwnerId } from '#shared/ids.ts'
import { must, startBackend, type TestBackend } from '../support/backend.ts'
import { fillFolder } from '../support/fill-folder.ts'
import { temporaryFolder } from '../support/temporary.ts'

const csv = `name,email,id,unit,kind
Ada Lovelace,ada@example.org,17,Analytics,person
Ada L.,ada.l@example.org,18,Analytics,person
Platform,,19,IT,team
`

async function filled(count = 300): Promise<TestBackend> {
  const folder = temporaryFolder()
  fillFolder(folder, count)
  const backend = await startBackend(folder)
  await must(backend.call('owner.import', { file: 'people.csv', csv }))
  return backend
}

const ownerIds = async (backend: TestBackend) =>
  Object.fromEntries(
    (await must(backend.call('owner.list', {}))).map(({ name, id }) => [name, id as OwnerId]),
  )

describe('the queue of owners', () => {
  it('holds every instance once, and says the same in pages, in counts and as a list', async () => {
    // More than one thread looks at by itself: a worker judges them, and places them here.
    const backend = await filled(700)
    const ids = (await must(backend.call('inventory.list', {}))).map(row => String(row.id))
    await must(backend.call('owner.assign', { instances: ids.slice(0, 40), owner: '17' }))
    await must(backend.call('owner.move', { instances: ids.slice(0, 10), step: 'acknowledge' }))
    await must(backend.call('owner.move', { instances: ids.slice(10, 15), step: 'dispute' }))

    const summary = await must(backend.call('owner.summarise', {}))
    expect(summary.pending).toBe(0)
    expect(Object.values(summary.counts).reduce((sum, count) => sum + count, 0)).toBe(ids.length)
    expect((await must(backend.call('finding.list', {}))).length).toBeGreaterThan(0)
    expect(await must(backend.call('evaluation.show', {}))).toBeNull()
    expect(summary.counts).toMatchObject({ assigned: 25, acknowledged: 10, disputed: 5 })

    const seen: string[] = []
    for (let start = 0; ; start += 100) {
      const page = await must(backend.call('owner.queue', { start, limit: 100 }))
      expect(page.total).toBe(ids.length)
      expect(page.version).toBe(summary.version)
      if (page.rows.length === 0) break
      seen.push(...page.rows.map(row => String(row.instance)))
    }
    expect(seen.toSorted()).toEqual(ids.toSorted())
    const listed = await must(backend.call('owner.triage', {}))
    expect(listed.map(row => String(row.instance))).toEqual(seen)
    for (const state of ['assigned', 'disputed', 'unowned'] as const) {
      const page = await must(backend.call('owner.queue', { states: [state], limit: 0 }))
      expect(page.total, state).toBe(summary.counts[state])
    }
  }, 60_000)

  it('asks who runs an instance, as the rule does: data and risk alone are not enough for either', async () => {
    const backend = await filled(12)
    await must(backend.call('policy.set', { key: 'unowned', params: { days: 0 } }))
    const [row] = await must(backend.call('inventory.list', {}))
    const instance = String(row?.id)
    const openFindings = async () =>
      (await must(backend.call('finding.list', { query: 'rule:unowned status:active' }))).filter(
        finding => String(finding.instanceId) === instance,
      ).length
    const states = async () =>
      (await must(backend.call('owner.triage', {})))
        .filter(each => String(each.instance) === instance)
        .map(({ ownership }) => ownership.isOwned)
    expect(await openFindings()).toBe(1)
    for (const duty of ['risk', 'data'] as const) {
      await must(backend.call('owner.assign', { instances: [instance], owner: '17', duty }))
      expect(await openFindings()).toBe(1)
      expect(await states()).toEqual([false])
    }
    await must(backend.call('owner.assign', { instances: [instance], owner: '17' }))
    expect(await openFindings()).toBe(0)
    expect(await states()).toEqual([true])
    // The other duties stay, and do not bring it back: it is the one who runs it that is asked for.
    await must(backend.call('owner.move', { instances: [instance], step: 'release', duty: 'technical' }))
    expect(await openFindings()).toBe(1)
  })

  it('is narrowed by the query language, by owner, by what is escalated and what is overdue', async () => {
    const backend = await filled()
    const open = await must(backend.call('inventory.list', { query: 'access:open' }))
    const page = await must(backend.call('owner.queue', { query: 'access:open', limit: 500 }))
    expect(page.rows.map(row => String(row.instance)).toSorted()).toEqual(
      open.map(row => String(row.id)).toSorted(),
    )
    expect(await backend.call('owner.queue', { query: 'bogus:1' })).toMatchObject({
      failure: { code: 'query-field-unknown' },
    })

    const [first, second] = open.map(row => String(row.id))
    const { 'Ada Lovelace': ada } = await ownerIds(backend)
    await must(
      backend.call('owner.assign', {
        instances: [first ?? '', second ?? ''],
        owner: '17',
        dueOn: '2020-02-29',
      }),
    )
    await must(backend.call('owner.move', { instances: [second ?? ''], step: 'acknowledge' }))
    const of = async (filter: object) =>
      (await must(backend.call('owner.queue', { ...filter, limit: 500 }))).rows.map(row =>
        String(row.instance),
      )
    expect((await of({ owner: ada })).toSorted()).toEqual([first, second].toSorted())
    expect(await of({ only: 'overdue' })).toEqual([first])

    const everything = await must(backend.call('owner.queue', { limit: 500 }))
    const escalated = everything.rows.filter(row => row.isEscalated).map(row => String(row.instance))
    expect((await of({ only: 'escalated' })).toSorted()).toEqual(escalated.toSorted())
    const days = (await must(backend.call('owner.summarise', {}))).escalateAfterDays
    expect(days).toBe(7)
    expect(
      everything.rows.every(row => row.isEscalated === (!row.ownership.isOwned && row.ageDays >= 7)),
    ).toBe(true)
  }, 60_000)

  it('takes a step for all that a filter finds, unless the list is another one by now', async () => {
    const backend = await filled()
    const filter = { states: ['unowned' as const], query: 'access:open' }
    const page = await must(backend.call('owner.queue', { ...filter, limit: 0 }))
    expect(page.total).toBeGreaterThan(3)
    const bulk = { filter, version: page.version, count: page.total, step: 'assign' as const, owner: '19' }

    const other = await must(
      backend.call('owner.queue', { states: ['unowned'], query: 'not access:open', limit: 1 }),
    )
    await must(backend.call('owner.assign', { instances: [String(other.rows[0]?.instance)], owner: '17' }))
    expect(await backend.call('owner.bulk', bulk)).toMatchObject({ failure: { code: 'list-changed' } })
    expect(await must(backend.call('owner.queue', { ...filter, limit: 0 }))).toMatchObject({
      total: page.total,
    })

    const now = await must(backend.call('owner.queue', { ...filter, limit: 0 }))
    expect(
      await must(backend.call('owner.bulk', { ...bulk, version: now.version, count: now.total })),
    ).toMatchObject({
      assigned: page.total,
      refused: 0,
    })
    expect(await must(backend.call('owner.queue', { ...filter, limit: 0 }))).toMatchObject({ total: 0 })
    const [entry] = await must(
      backend.call('audit.list', { command: 'owner.bulk', outcome: 'done', mostChanges: 3 }),
    )
    expect(entry).toMatchObject({ changeCount: page.total })
    expect(entry?.changes).toHaveLength(3)
    const rest = await must(backend.call('audit.changes', { entry: entry?.id ?? 0, start: 3, limit: 1000 }))
    expect(rest.total).toBe(page.total)
    expect(rest.changes).toHaveLength(page.total - 3)
    expect(await must(backend.call('audit.verify', {}))).toMatchObject({ intact: true })
  }, 60_000)

  it('keeps what happened to each instance', async () => {
    const backend = await filled(20)
    const [id = ''] = (await must(backend.call('inventory.list', {}))).map(row => String(row.id))
    await must(backend.call('owner.assign', { instances: [id], owner: '17', note: 'from the lab' }))
    await must(backend.call('owner.move', { instances: [id], step: 'dispute' }))
    await must(backend.call('owner.assign', { instances: [id], owner: '19', note: 'asked Ada first' }))
    expect(await must(backend.call('owner.history', { instance: id }))).toMatchObject([
      { step: 'assign', owner: 'Platform', note: 'asked Ada first', state: 'assigned' },
      { step: 'dispute', owner: 'Ada Lovelace', state: 'disputed' },
      { step: 'assign', owner: 'Ada Lovelace', note: 'from the lab' },
    ])
    const about = await must(backend.call('audit.list', { subject: `instance ${id} ` }))
    expect(about.map(entry => entry.command)).toEqual(['owner.assign', 'owner.move', 'owner.assign'])
  }, 60_000)
})

describe('the register of owners', () => {
  it('counts exactly the rows its query finds, and makes one of two entries', async () => {
    const backend = await filled()
    const ids = (await must(backend.call('inventory.list', {}))).map(row => String(row.id))
    await must(backend.call('owner.assign', { instances: ids.slice(0, 12), owner: '17' }))
    await must(backend.call('owner.assign', { instances: ids.slice(12, 20), owner: '18' }))
    await must(
      backend.call('owner.inherit', {
        scope: 'site',
        value: (await must(backend.call('site.list', {})))[0]?.name ?? '',
        owner: '19',
      }),
    )
    const check = async () => {
      for (const owner of await must(backend.call('owner.list', {}))) {
        const found = await must(backend.call('inventory.page', { query: `owner:"${owner.name}"`, limit: 0 }))
        expect(found.total, owner.name).toBe(owner.instanceCount)
      }
    }
    await check()
    const { 'Ada L.': from, 'Ada Lovelace': into } = await ownerIds(backend)
    if (from === undefined || into === undefined) throw new Error('nobody there')
    expect(await backend.call('owner.merge', { from, into: from })).toMatchObject({
      failure: { code: 'owner-merge-same' },
    })
    expect(await must(backend.call('owner.merge', { from, into }))).toMatchObject({
      stated: { technical: 20 },
    })
    expect(Object.keys(await ownerIds(backend)).toSorted()).toEqual(['Ada Lovelace', 'Platform'])
    await check()
    expect((await must(backend.call('inventory.page', { query: 'owner:"Ada L."', limit: 0 }))).total).toBe(0)
  }, 60_000)

  it('is edited by hand, without two entries of one directory id', async () => {
    const backend = await filled(5)
    const input = { kind: 'person' as const, name: 'Grace', email: ' ', externalId: '17', unit: null }
    expect(await backend.call('owner.add', input)).toMatchObject({ failure: { code: 'owner-known' } })
    const grace = await must(backend.call('owner.add', { ...input, externalId: '20' }))
    expect(grace).toMatchObject({ email: null, instanceCount: 0 })
    expect(await must(backend.call('owner.edit', { id: grace.id, unit: 'Compilers' }))).toMatchObject({
      name: 'Grace',
      unit: 'Compilers',
      externalId: '20',
    })
    expect(await must(backend.call('owner.imports', {}))).toMatchObject([
      { file: 'people.csv', added: 3, undoneAt: null },
    ])
  }, 60_000)
})

describe('the first actor', () => {
  it('is given a passphrase afterwards, keeps the key, and acts only by it from then on', async () => {
    const backend = await startBackend()
    const [first] = await must(backend.call('actor.list', {}))
    const name = first?.name ?? ''
    expect(await must(backend.call('actor.acting', {}))).toMatchObject({
      id: first?.id,
      isProven: false,
      canSign: true,
    })
    const passphrase = 'correct horse battery'
    expect(await backend.call('actor.set-passphrase', { actor: name, passphrase: 'short' })).toMatchObject({
      failure: { code: 'passphrase-short' },
    })
    const changed = await must(backend.call('actor.set-passphrase', { actor: name, passphrase }))
    expect(changed).toEqual({ ...first, hasPassphrase: true })

    expect(await must(backend.call('actor.acting', {}))).toMatchObject({
      id: null,
      role: 'analyst',
      canSign: false,
    })
    const { pass } = await must(backend.call('actor.unlock', { actor: name, passphrase }))
    expect(await must(backend.call('actor.acting', { pass }))).toMatchObject({
      id: first?.id,
      role: 'administrator',
      isProven: true,
    })
    const again = { actor: name, passphrase: 'another long one', currentPassphrase: 'not this one' }
    expect(await backend.callAs(pass, 'actor.set-passphrase', again)).toMatchObject({
      failure: { code: 'passphrase-wrong' },
    })
    expect(
      await backend.call('actor.set-passphrase', { ...again, currentPassphrase: passphrase }),
    ).toMatchObject({
      failure: { code: 'passphrase-others' },
    })
    expect(
      await backend.callAs(pass, 'actor.set-passphrase', { ...again, currentPassphrase: passphrase }),
    ).toMatchObject({
      ok: true,
    })
    const said = JSON.stringify(await must(backend.call('audit.list', {})))
    for (const secret of [passphrase, 'another long one', 'not this one']) expect(said).not.toContain(secret)
    expect(await must(backend.call('audit.verify', {}))).toMatchObject({ intact: true })
  }, 60_000)
})
