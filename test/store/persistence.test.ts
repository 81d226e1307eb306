import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { compareScans } from '#main/services/compare-scans.ts'
import { editHistorySettings } from '#main/services/history-settings.ts'
import { persistenceOf, summarisePersistence } from '#main/services/persistence.ts'
import { purgeHistory } from '#main/services/retention.ts'
import { showTimeline } from '#main/services/timeline.ts'
import type { HistorySettingsEdit } from '#shared/domain/history-settings.ts'
import { hour, ollamaAt, pulled, type Recorded, recorded, rowsOf } from '../support/recorded.ts'

function persistenceAt(world: Recorded, address: string) {
  const row = rowsOf(world).find(each => each.address === address)
  return persistenceOf(world.store, row?.id ?? 0)
}

function set(world: Recorded, edit: HistorySettingsEdit): void {
  editHistorySettings({ store: world.store, now: world.now, actor: 'Ada' } as never, edit)
}

const purge = (world: Recorded, laterMs = 0) =>
  purgeHistory({
    store: world.store,
    now: () => world.now + laterMs,
    randomBytes,
    about: world.reading.about,
  })

const count = (world: Recorded, table: string) =>
  world.store.connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get()

describe('persistence', () => {
  it('is the share of covering scans in which it answered, since it was first seen', () => {
    const world = recorded()
    world.scan({ seen: [] })
    for (let n = 0; n < 10; n++) {
      const seen = [ollamaAt('10.0.0.1')]
      if (n % 2 === 0) seen.push(ollamaAt('10.0.0.2'))
      if (n === 3) seen.push(ollamaAt('10.0.0.3'))
      if (n === 9) seen.push(ollamaAt('10.0.0.4'))
      world.scan({ seen })
    }
    expect(persistenceAt(world, '10.0.0.1')).toMatchObject({
      answered: 10,
      covering: 10,
      share: 1,
      band: 'persistent',
    })
    expect(persistenceAt(world, '10.0.0.2')).toMatchObject({
      answered: 5,
      covering: 10,
      band: 'intermittent',
    })
    expect(persistenceAt(world, '10.0.0.3')).toMatchObject({ answered: 1, covering: 7, band: 'once' })
    expect(persistenceAt(world, '10.0.0.4')).toMatchObject({ answered: 1, covering: 1, band: 'once' })
    expect(summarisePersistence(world.reading)).toEqual({
      instances: 4,
      bands: {
        once: { instances: 2, answered: 2 },
        intermittent: { instances: 1, answered: 5 },
        persistent: { instances: 1, answered: 10 },
      },
      definition: { persistentShare: 0.8, persistentScans: 5 },
    })
  })

  it('does not count scans that looked elsewhere, were stopped before, or could not look', () => {
    const world = recorded()
    const one = ollamaAt('10.0.3.1')
    world.scan({ seen: [one] })
    world.scan({ seen: [], blocks: ['10.0.0.0/24'] })
    world.scan({ seen: [], exclusions: ['10.0.3.0/24'] })
    world.scan({ seen: [], networks: 3 })
    world.scan({ seen: [], absent: 'failed' })
    world.scan({ seen: [], absent: 'unreachable' })
    expect(persistenceAt(world, '10.0.3.1')).toMatchObject({ answered: 1, covering: 1, share: 1 })
    world.scan({ seen: [one] })
    world.scan({ seen: [] })
    // Gone is not looked for one by one any more, and covered all the same.
    world.scan({ seen: [] })
    expect(persistenceAt(world, '10.0.3.1')).toMatchObject({ answered: 2, covering: 4, share: 0.5 })
  })

  it('follows the settings, which stand beside it', () => {
    const world = recorded()
    for (let n = 0; n < 4; n++) world.scan({ seen: n === 1 ? [] : [ollamaAt('10.0.0.1')] })
    expect(persistenceAt(world, '10.0.0.1').band).toBe('intermittent')
    set(world, { persistentShare: 0.75, persistentScans: 4 })
    expect(persistenceAt(world, '10.0.0.1')).toMatchObject({
      band: 'persistent',
      definition: { persistentShare: 0.75, persistentScans: 4 },
    })
  })
})

describe('a purge', () => {
  it('takes nothing that is present, nothing it showed last, and no count', () => {
    const world = recorded()
    const versions = ['0.10.0', '0.11.0', '0.12.0', '0.13.0']
    const seenWith = (version: string) => [
      ollamaAt('10.0.0.1', {
        version,
        models: [pulled(`model:${version}`, `2026-01-01T00:00:0${version.length}.5Z`)],
      }),
    ]
    const first = world.scan({ seen: [...seenWith('0.9.0'), ollamaAt('10.0.0.2'), ollamaAt('10.0.0.3')] })
    for (const version of versions) world.scan({ seen: [...seenWith(version), ollamaAt('10.0.0.2')] })
    const [lately, last] = [0, 1].map(() => world.scan({ seen: seenWith('0.14.0') }))
    set(world, { keepDays: 7 })
    world.now += 7 * 24 * hour - 1.5 * hour
    const before = {
      rows: rowsOf(world),
      persistence: ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map(address => persistenceAt(world, address)),
    }
    const purged = purge(world)
    expect(purged).toMatchObject({ spells: 5, snapshots: 5 })
    expect({
      rows: rowsOf(world),
      persistence: ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map(address => persistenceAt(world, address)),
    }).toEqual(before)
    expect(count(world, 'artifacts')).toBe(1)
    expect(world.store.connection.pragma('foreign_key_check')).toEqual([])
    const timeline = showTimeline(world.reading, '10.0.0.1:11434')
    expect(timeline).toMatchObject({ ok: true, value: { keptSince: purged.before } })
    expect(timeline.ok && timeline.value.events.map(({ kind, scan }) => [kind, scan])).toEqual([
      ['first-seen', null],
    ])
    expect(compareScans(world.reading, [first, last as never])).toMatchObject({
      failure: { code: 'history-purged' },
    })
    expect(compareScans(world.reading, [lately as never, last as never])).toMatchObject({ ok: true })
    expect(purge(world)).toMatchObject({ spells: 0, snapshots: 0 })
    // What comes back is known, not new.
    world.scan({ seen: [ollamaAt('10.0.0.3')] })
    expect(rowsOf(world)).toHaveLength(3)
  })

  it('is not made unless somebody wants it', () => {
    const world = recorded()
    world.scan({ seen: [ollamaAt('10.0.0.1')] })
    world.scan({ seen: [ollamaAt('10.0.0.1', { version: '0.13.0' })] })
    expect(purge(world, 3650 * 24 * hour)).toEqual({
      spells: 0,
      snapshots: 0,
      before: null,
    })
    expect(count(world, 'spells')).toBe(2)
  })
})
