import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { verifyAudit } from '#main/services/audit-verify.ts'
import { rebuildRows } from '#main/services/rebuild-rows.ts'
import { sealScan } from '#main/services/scan-seal.ts'
import { setScanStatus } from '#main/store/scans.ts'
import { transaction } from '#main/store/statement.ts'
import type { ScanId } from '#shared/ids.ts'
import { hour, ollamaAt, pulled, type Recorded, recorded } from '../support/recorded.ts'

const models = [pulled('llama3:8b', '2026-01-01T00:00:01.5Z')]
const seen = [ollamaAt('10.0.0.1', { models }), ollamaAt('10.0.0.2')]

function seal(world: Recorded, id: ScanId): void {
  const { store, now, reading } = world
  transaction(store, () => sealScan({ store, now: () => now, randomBytes, about: reading.about }, id))
}

function all(world: Recorded, sql: string): unknown[] {
  return world.store.connection.prepare(sql).all()
}

function besides(world: Recorded): unknown {
  return world.store.connection
    .prepare('SELECT beside NOT NULL FROM last_looks ORDER BY endpoint_id')
    .pluck()
    .all()
}

const rows =
  'SELECT instance_id, facts, last_seen_at, host_set, model_count FROM inventory_rows ORDER BY instance_id'

describe('the last look at an endpoint', () => {
  it('tells how far its spell reaches, of which the own row is written when it ends', () => {
    const world = recorded()
    for (let scan = 0; scan < 3; scan++) world.scan({ seen })
    const reached = { last_scan_id: 3, last_at: world.now, scan_count: 3 }
    expect(all(world, 'SELECT last_scan_id, last_at, scan_count FROM spells WHERE endpoint_id = 1')).toEqual([
      reached,
    ])
    expect(all(world, 'SELECT last_scan_id FROM spell_records WHERE endpoint_id = 1')).toEqual([
      { last_scan_id: 1 },
    ])
    world.scan({ seen: [ollamaAt('10.0.0.1', { version: '0.13.0' })] })
    expect(
      all(
        world,
        'SELECT last_scan_id, last_at, scan_count FROM spell_records WHERE endpoint_id = 1 ORDER BY id',
      ),
    ).toEqual([reached, { last_scan_id: 4, last_at: world.now, scan_count: 0 }])
  })

  it.each([
    ['where it is seen from', 'UPDATE endpoints SET vantage_id = NULL WHERE id = 1'],
    ['its range', 'UPDATE endpoints SET range_id = range_id WHERE id = 1'],
    ['how sure it is', 'UPDATE endpoints SET confidence = 40 WHERE id = 1'],
    ['its names', "UPDATE endpoints SET host_names = '[]' WHERE id = 1"],
    ['its hardware address', "UPDATE endpoints SET hardware_address = '02:00:00:00:00:01' WHERE id = 1"],
  ])('is no longer enough once somebody changes %s', (_, sql) => {
    const world = recorded()
    world.scan({ seen })
    world.scan({ seen })
    expect(besides(world)).toEqual([1, 1])
    world.store.connection.exec(sql)
    expect(besides(world)).toEqual([0, 1])
    world.scan({ seen })
    expect(besides(world)).toEqual([1, 1])
    const recordedRows = all(world, rows)
    rebuildRows(world.store)
    expect(recordedRows).toEqual(all(world, rows))
  })

  it('is written under whoever the endpoint belongs to by then', () => {
    const world = recorded()
    world.scan({ seen })
    world.store.connection.exec(
      'UPDATE instance_endpoints SET instance_id = 2 WHERE endpoint_id = 1; UPDATE instances SET merged_into = 2 WHERE id = 1',
    )
    expect(besides(world)).toEqual([0, 1])
    world.scan({ seen })
    expect(all(world, 'SELECT instance_id FROM last_looks ORDER BY endpoint_id')).toEqual([
      { instance_id: 2 },
      { instance_id: 2 },
    ])
  })

  it.each([
    ['the same again', {}],
    ['something else', { version: '0.13.0' }],
  ])('in a scan that sees it twice, the second time showing %s, leaves the seals true', (_, second) => {
    const world = recorded()
    for (let scan = 0; scan < 2; scan++) seal(world, world.scan({ seen }))
    const [first] = seen
    if (first === undefined) throw new Error('nothing to see')
    const id = world.scan({ seen: [...seen, { ...first, ...second }] })
    setScanStatus(world.store, { id, at: world.now, status: 'running', reason: null })
    expect(verifyAudit(world, null)).toMatchObject({ intact: true, problem: null })
    setScanStatus(world.store, { id, at: world.now, status: 'finished', reason: null })
    seal(world, id)
    expect(verifyAudit(world, null)).toMatchObject({ intact: true, problem: null })
    const counts = all(world, 'SELECT sum(scan_count) AS count FROM spells GROUP BY endpoint_id')
    expect(counts).toEqual([{ count: 'version' in second ? 4 : 3 }, { count: 3 }])
  })

  it('of a scan that sees twice what was absent begins one spell', () => {
    const world = recorded()
    world.scan({ seen })
    world.scan({ seen: [], absent: 'silent' })
    const [first] = seen
    if (first === undefined) throw new Error('nothing to see')
    world.scan({ seen: [first, first] })
    expect(all(world, 'SELECT outcome, scan_count FROM spells WHERE endpoint_id = 1 ORDER BY id')).toEqual([
      { outcome: 'answered', scan_count: 1 },
      { outcome: 'silent', scan_count: 1 },
      { outcome: 'answered', scan_count: 1 },
    ])
  })

  it('was before a clock that was set back: it is looked at anew', () => {
    const world = recorded()
    world.scan({ seen })
    const last = world.now
    world.scan({ seen, at: last - 5 * hour })
    expect(all(world, 'SELECT last_scan_id FROM spells WHERE endpoint_id = 1')).toEqual([{ last_scan_id: 2 }])
    const recordedRows = all(world, rows)
    rebuildRows(world.store)
    expect(recordedRows).toEqual(all(world, rows))
  })
})
