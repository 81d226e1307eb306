import { describe, expect, it } from 'vitest'
import { Timeline } from '#shared/domain/history.ts'
import type { InstanceId } from '#shared/ids.ts'
import { must, startBackend, type TestBackend } from '../support/backend.ts'
import { paddock, paddockJson } from '../support/paddock.ts'
import { pulledFrom, register, startServers } from '../support/small-lab.ts'

const base = '127.102.0.0/24'
const holds = () => pulledFrom('2026-05-12T10:07:33.904718264+02:00', 'llama3.2:3b')

/** Four servers that were seen once. */
async function scanned(): Promise<TestBackend> {
  const backend = await startBackend()
  await register(backend, base)
  const lab = await startServers(base, { 3: { holds: holds() }, 4: { holds: [] }, 5: {}, 6: {} })
  await backend.scan({ rate: 5000 })
  await lab.stop()
  return backend
}

const found = async (backend: TestBackend, query: string) =>
  (await must(backend.call('inventory.list', { query }))).map(row => row.address)

describe('commands about many instances', { timeout: 60_000 }, () => {
  it('say the same of all that a query finds, and rows and facets show it at once', async () => {
    const backend = await scanned()
    const selection = await must(backend.call('inventory.select', { query: 'models:0' }))
    expect(selection).toMatchObject({ query: 'models:0', count: 3 })
    const tagged = await must(backend.call('instances.tag', { selection, add: ['idle'] }))
    expect(tagged).toMatchObject({ count: 3, changed: 3 })
    expect(await found(backend, 'tag:idle')).toEqual(['127.102.0.4', '127.102.0.5', '127.102.0.6'])
    const facets = await must(backend.call('inventory.facets', {}))
    const tags = facets.facets.find(({ field }) => field === 'tag')?.values ?? []
    expect(tags.map(({ value, state, count }) => [value ?? state, count])).toEqual([
      ['idle', 3],
      ['none', 1],
    ])

    // Once more: nothing is left to do. Without some, those stay as they are.
    expect(await must(backend.call('instances.tag', { selection, add: ['idle'] }))).toMatchObject({
      changed: 0,
    })
    const except = (tagged.before?.[0]?.instances ?? []).slice(0, 1) as InstanceId[]
    await must(
      backend.call('instances.dispose', { selection: { ...selection, except }, disposition: 'ours' }),
    )
    expect(await found(backend, 'disposition:ours')).toHaveLength(2)
    await must(backend.call('instances.note', { selection, text: 'ask Grete' }))
    await must(backend.call('instances.note', { selection, text: 'again in May' }))
    expect(await found(backend, 'note:grete note:may')).toHaveLength(3)
    expect(await found(backend, 'grete')).toHaveLength(3)
    // Taken back, the rest of the note stays.
    const back = { selection, text: 'ask Grete', isRemoved: true }
    expect(await must(backend.call('instances.note', back))).toMatchObject({ changed: 3 })
    expect(await must(backend.call('instances.note', back))).toMatchObject({ changed: 0 })
    expect(await found(backend, 'note:grete')).toHaveLength(0)
    expect(await found(backend, 'note:may')).toHaveLength(3)
    await must(backend.call('instances.note', { selection, text: 'again in May', isRemoved: true }))
    expect(await must(backend.call('instance.annotations', { instance: '127.102.0.5' }))).toMatchObject({
      note: null,
    })
    const text = await must(backend.call('inventory.export', { query: '', format: 'csv', except }))
    expect(text.trimEnd().split('\r\n')).toHaveLength(1 + 3)
    await backend.close()
  })

  it('are refused, and do nothing, once the query finds others', async () => {
    const backend = await scanned()
    const selection = await must(backend.call('inventory.select', { query: 'tag:none' }))
    await must(backend.call('instance.tag', { instance: '127.102.0.5', add: ['new'], remove: [] }))
    const refused = await backend.call('instances.dispose', { selection, disposition: 'ours' })
    expect(refused).toEqual({
      ok: false,
      failure: { code: 'selection-changed', details: { query: 'tag:none', before: 4, count: 3 } },
    })
    expect(await found(backend, 'disposition:none')).toHaveLength(4)
    await must(backend.call('owner.import', { file: 'o.csv', csv: 'name,email\nGrete,grete@example.com\n' }))
    const assigned = await backend.call('owner.assign', { selection, owner: 'grete@example.com' })
    expect(assigned).toMatchObject({ ok: false, failure: { code: 'selection-changed' } })
    const again = await must(backend.call('inventory.select', { query: 'tag:none' }))
    expect(
      await must(backend.call('owner.assign', { selection: again, owner: 'grete@example.com' })),
    ).toMatchObject({ assigned: 3, refused: 0 })
    await backend.close()
  })

  it('are refused where there is nothing to do them to', async () => {
    const backend = await scanned()
    const selection = await must(backend.call('inventory.select', { query: 'tag:nowhere' }))
    expect(await backend.call('instances.tag', { selection, add: ['x'] })).toMatchObject({
      failure: { code: 'selection-empty' },
    })
    expect(await backend.call('instances.tag', { instances: ['10.9.9.9'], add: ['x'] })).toMatchObject({
      failure: { code: 'instance-unknown' },
    })
    await backend.close()
  })

  it('are done by query on the command line, with the same result', async () => {
    const backend = await scanned()
    await backend.close()
    const folder = backend.dataFolder
    const tagged = await paddock(folder, 'instance', 'tag', '--query', 'models:0', 'idle', 'spare')
    expect(tagged.stdout).toContain('Changed: 3. Was so already: 0.')
    const query = ['--query', 'tag:idle']
    expect(await paddockJson(folder, 'instance', 'dispose', ...query, 'not-ours')).toMatchObject({
      count: 3,
      changed: 3,
    })
    expect(await paddockJson(folder, 'instance', 'note', ...query, 'spare machine')).toMatchObject({
      changed: 3,
    })
    expect(await paddockJson(folder, 'inventory', '--query', 'disposition:not-ours note:spare')).toHaveLength(
      3,
    )
    expect(await paddockJson(folder, 'instance', 'tag', ...query, '--remove', 'idle')).toMatchObject({
      changed: 3,
    })
    expect((await paddock(folder, 'instance', 'tag', ...query, 'x')).code).toBe(2)
    expect((await paddock(folder, 'instance', 'note', '127.102.0.3')).code).toBe(2)
    expect(await paddockJson(folder, 'instance', 'tag', '127.102.0.3', 'busy')).toMatchObject({
      tags: ['busy'],
    })
    expect(
      await paddockJson(
        folder,
        'view',
        'save',
        'Idle',
        '--query',
        'models:0',
        '--sort',
        '-lastSeenAt',
        '--columns',
        'address,tags',
      ),
    ).toMatchObject({ sort: [{ column: 'lastSeenAt', descending: true }], columns: ['address', 'tags'] })
    expect(await paddockJson(folder, 'view', 'rename', 'idle', 'Nothing held')).toMatchObject({
      name: 'Nothing held',
      query: 'models:0',
    })
    expect((await paddock(folder, 'view', 'rename', 'Idle', 'Other')).code).toBe(2)
  })
})

describe('the timeline', { timeout: 60_000 }, () => {
  it('tells through whose hands an instance went, and what was found about it', async () => {
    const backend = await scanned()
    await must(
      backend.call('owner.import', {
        file: 'o.csv',
        csv: 'name,email\nGrete,g@example.com\nOtto,o@example.com\n',
      }),
    )
    const instance = '127.102.0.3'
    await must(backend.call('owner.assign', { instances: [instance], owner: 'g@example.com' }))
    await must(backend.call('owner.assign', { instances: [instance], owner: 'o@example.com' }))
    await must(backend.call('owner.move', { instances: [instance], step: 'dispute' }))
    const timeline = await must(backend.call('instance.timeline', { instance }))
    const hands = timeline.events.filter(({ kind }) => kind === 'ownership')
    expect(hands.map(({ reason }) => reason)).toEqual([
      'ownership.dispute',
      'ownership.assign',
      'ownership.assign',
    ])
    expect(hands[1]?.fields).toContainEqual({ name: 'owner.technical', from: 'Grete', to: 'Otto' })
    const findings = timeline.events.filter(({ kind }) => kind === 'finding')
    const open = await must(backend.call('finding.list', {}))
    const own = open.filter(({ address }) => address === instance)
    expect(own.length).toBeGreaterThan(0)
    expect(new Set(findings.map(({ finding }) => finding?.id))).toEqual(new Set(own.map(({ id }) => id)))
    expect(findings[0]?.fields).toEqual([{ name: 'status', from: null, to: 'open' }])
    await backend.close()
    const shown = Timeline.parse(await paddockJson(backend.dataFolder, 'timeline', instance))
    expect(shown.events).toEqual(timeline.events)
    const text = await paddock(backend.dataFolder, 'timeline', instance)
    expect(text.stdout).toContain('owner.technical: Grete → Otto')
    expect(text.stdout).toContain('status: – → open')
  })
})
