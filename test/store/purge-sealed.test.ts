import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { verifyAudit } from '#main/services/audit-verify.ts'
import { editHistorySettings } from '#main/services/history-settings.ts'
import { purgeHistory } from '#main/services/retention.ts'
import { sealScan } from '#main/services/scan-seal.ts'
import { transaction } from '#main/store/statement.ts'
import { hour, ollamaAt, pulled, type Recorded, recorded } from '../support/recorded.ts'

const day = 24 * hour

function sealing(world: Recorded) {
  return { store: world.store, now: () => world.now, randomBytes, about: world.reading.about }
}

/** Five versions one after the other, each with a model of its own, a day apart; every scan is sealed. */
function changing(): Recorded {
  const world = recorded()
  for (const version of ['0.9.0', '0.10.0', '0.11.0', '0.12.0', '0.13.0']) {
    const models = [pulled(`model:${version}`, '2026-01-01T00:00:01.5Z')]
    const id = world.scan({
      seen: [ollamaAt('10.0.0.1', { version, models }), ollamaAt('10.0.0.2')],
      at: world.now + day,
    })
    transaction(world.store, () => sealScan(sealing(world), id))
  }
  editHistorySettings({ store: world.store, now: world.now, actor: 'Ada' } as never, { keepDays: 7 })
  world.now += 7 * day - 1.5 * day
  return world
}

describe('a purge of sealed history', () => {
  it('leaves a chain that verifies, before and after later scans', () => {
    const world = changing()
    expect(verifyAudit(world, null)).toMatchObject({ intact: true, scans: 5 })
    const purged = purgeHistory(sealing(world))
    expect(purged.spells).toBeGreaterThan(1)
    expect(purged.snapshots).toBeGreaterThan(1)
    expect(verifyAudit(world, null)).toMatchObject({ intact: true, problem: null })
    const later = world.scan({ seen: [ollamaAt('10.0.0.1', { version: '0.14.0' })] })
    transaction(world.store, () => sealScan(sealing(world), later))
    expect(verifyAudit(world, null)).toMatchObject({ intact: true, problem: null })
  })

  it.each([
    ['a spell that was not purged is taken away', 'DELETE FROM spell_records WHERE id = 1'],
    ['a snapshot is altered', "UPDATE snapshots SET version = '9.9.9'"],
    ['a spell is altered', 'UPDATE spell_records SET first_at = first_at + 1'],
    ['how far a spell reaches is altered', 'UPDATE last_looks SET scan_count = scan_count + 1'],
  ])('hides nothing: %s after it', (_, tampering) => {
    const world = changing()
    purgeHistory(sealing(world))
    world.store.connection.pragma('foreign_keys = OFF')
    const { changes } = world.store.connection
      .prepare(tampering.replace('id = 1', 'id = (SELECT max(id) FROM spell_records)'))
      .run()
    expect(changes).toBeGreaterThan(0)
    expect(verifyAudit(world, null)).toMatchObject({ intact: false })
  })

  it.each([
    ['spells', 'UPDATE spell_records SET first_at = first_at + 1 WHERE id = 1'],
    ['looks', 'UPDATE last_looks SET at = at + 1'],
    ['snapshots', "UPDATE snapshots SET version = '9.9.9' WHERE id = 1"],
  ])('does not make good what was done to %s before it', (_, tampering) => {
    const world = changing()
    world.store.connection.prepare(tampering).run()
    expect(verifyAudit(world, null)).toMatchObject({ intact: false })
    purgeHistory(sealing(world))
    expect(verifyAudit(world, null)).toMatchObject({ intact: false })
  })
})
