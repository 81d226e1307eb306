import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { newest, readSeals, sealScan } from '#main/services/scan-seal.ts'
import { setOf, setsTouched } from '#main/services/scan-sets.ts'
import { sealedSpellLines, spellLines } from '#main/store/seals.ts'
import { transaction } from '#main/store/statement.ts'
import type { ScanId } from '#shared/ids.ts'
import { ollamaAt, type Recorded, recorded } from '../support/recorded.ts'

const hosts = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'].map(address => ollamaAt(address))

function seal(world: Recorded, id: ScanId): void {
  const { store, now, reading } = world
  transaction(store, () => sealScan({ store, now: () => now, randomBytes, about: reading.about }, id))
}

/** Two sealed scans and a third that is not: it saw one host again and another anew, one is new, two are silent. */
function scanned() {
  const world = recorded()
  seal(world, world.scan({ seen: hosts }))
  seal(world, world.scan({ seen: hosts.slice(0, 3) }))
  const [first, second] = hosts
  if (first === undefined || second === undefined) throw new Error('nothing to see')
  const scan = world.scan({
    seen: [first, second, { ...second, version: '0.13.0' }, ollamaAt('10.0.0.9')],
    absent: 'silent',
  })
  return { world, scan }
}

function told(world: Recorded, scan: number) {
  const state = readSeals(world.store)
  const sought = { highest: state.marks.spell, seal: newest(state) }
  const sets = setsTouched(world.store, scan, { spell: sought.highest, seal: sought.seal })
  const scans = JSON.stringify(sets.touched)
  const expected = (lines: Iterable<{ scan: number; count: number; text: string }>) => {
    const found = new Map([...lines].map(each => [each.scan, setOf(each.scan, each.count, each.text)]))
    return sets.touched.map(each => found.get(each) ?? setOf(each, 0, ''))
  }
  return {
    sets,
    now: expected(spellLines(world.store, { scans })),
    before: expected(sealedSpellLines(world.store, { scans, ...sought })),
  }
}

describe('the sets a scan changed', () => {
  it('are what the lines of seals say of them, now and as they were sealed', () => {
    const { world, scan } = scanned()
    const { sets, now, before } = told(world, scan)
    expect(sets.touched).toEqual([2, 3])
    expect(sets.now).toEqual(now)
    expect(sets.before).toEqual(before)
    const sealed = readSeals(world.store).sets
    expect(sets.before.map(({ digest }) => digest)[0]).toBe(sealed.get(2)?.digest)
    expect(sets.now[0]).not.toEqual(sets.before[0])
  })

  it.each([
    ['of a spell that goes on', 'UPDATE spell_records SET first_at = first_at - 1 WHERE endpoint_id = 1'],
    [
      'of a spell that ended',
      'UPDATE spell_records SET first_at = first_at - 1 WHERE endpoint_id = 2 AND scan_count > 0',
    ],
    ['of a spell that is not there any more', 'DELETE FROM last_looks WHERE endpoint_id = 1'],
    [
      'of how far a spell had reached',
      'UPDATE last_looks SET before_at = before_at + 1 WHERE endpoint_id = 1',
    ],
  ])('are not what was sealed where somebody changed what is said %s', (_, change) => {
    const { world, scan } = scanned()
    world.store.connection.exec(change)
    const { sets, now, before } = told(world, scan)
    expect(sets.now).toEqual(now)
    expect(sets.before).toEqual(before)
    seal(world, scan)
    expect(readSeals(world.store).all.at(-1)?.unseen).toEqual([2])
  })

  it('count nobody where a scan saw nothing at all', () => {
    const world = recorded()
    const scan = world.scan({ seen: [] })
    expect(told(world, scan).sets.now).toEqual([setOf(scan, 0, '')])
  })
})
