import { describe, expect, it } from 'vitest'
import { blastRadius } from '#main/services/blast-radius.ts'
import { compareScans } from '#main/services/compare-scans.ts'
import type { Reading } from '#main/services/context.ts'
import { inventoryPage } from '#main/services/inventory.ts'
import { heldSpells, lastAt, outcomes, shownAt } from '#main/store/held-spells.ts'
import { sitesAndPorts, snapshotAt, spellAt } from '#main/store/history.ts'
import { openReader, openStore } from '#main/store/open.ts'
import type { ReadableStore } from '#main/store/statement.ts'
import { keptUntilWritten } from '#main/store/written-since.ts'
import { InventoryRequest } from '#shared/domain/inventory.ts'
import type { Result } from '#shared/result.ts'
import { seededRandom } from '../support/random.ts'
import { ollamaAt, pulled, type Recorded, recorded } from '../support/recorded.ts'
import { temporaryFolder } from '../support/temporary.ts'

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

/** An organisation in a file, as the writer has it and as readers open it. */
function inFile(range?: string) {
  const folder = temporaryFolder()
  const world = recorded(range, 'Lab', must(openStore(folder)))
  return { world, openReader: () => must(openReader(folder)) }
}

describe('what a reader keeps', () => {
  it('is made anew when another connection has written, and only then', () => {
    const { world, openReader } = inFile('10.0.0.0/24')
    let made = 0
    const count = keptUntilWritten(() => ++made)
    const reader = openReader()
    expect([count(reader), count(reader)]).toEqual([1, 1])
    world.scan({ seen: [ollamaAt('10.0.0.1')] })
    expect([count(reader), count(reader)]).toEqual([2, 2])
    // A connection that writes may take back what it wrote: nothing is kept for it.
    expect([count(world.store), count(world.store)]).toEqual([3, 4])
  })

  it('never makes an answer another than that of a reader that has just been opened', () => {
    const { world, openReader } = inFile()
    const random = seededRandom(7)
    const reader = openReader()
    const scans: number[] = []
    for (let round = 0; round < 6; round++) {
      // More changes at once than are read in one part.
      const seen = Array.from({ length: 620 }, (_, n) => `10.0.${n >> 8}.${n & 255}`)
        .filter(() => random() < 0.95)
        .map((address, n) =>
          ollamaAt(address, {
            version: `0.${round + 1}.0`,
            models: [pulled(`model${n % 7}:8b`, `2026-11-0${round + 1}T08:00:00Z`), pulled('bge:1b', '')],
          }),
        )
      scans.push(world.scan({ seen, absent: round % 2 === 0 ? 'refused' : 'silent' }))
      expect(answersOf(world, reader, scans)).toEqual(answersOf(world, openReader(), scans))
    }
    const compared = compareScans({ store: reader }, [scans[4] as never, scans[5] as never])
    expect(must(compared).changed.length).toBeGreaterThan(500)
  })
})

/** Of everything that is answered from memory. */
function answersOf(world: Recorded, store: ReadableStore, scans: readonly number[]): unknown[] {
  const reading: Reading = { ...world.reading, store }
  const page = InventoryRequest.parse({ query: '', start: 100, limit: 50 })
  const { version: _, ...rows } = must(inventoryPage(reading, page))
  return [
    ...scans.slice(1).map(scan => compareScans(reading, [scans[0] as never, scan as never])),
    ...['', 'model:model3', 'version>=0.3'].map(query => blastRadius(reading, { query, most: 20 })),
    rows,
  ]
}

describe('spells in memory', () => {
  it('tell where each endpoint stood at any instant, in whatever order they were written', () => {
    const world = recorded('10.0.0.0/24')
    const { store } = world
    const random = seededRandom(3)
    const whole = (below: number) => Math.floor(random() * below)
    const scan = world.scan({ seen: Array.from({ length: 5 }, (_, n) => ollamaAt(`10.0.0.${n}`)) })
    const write = store.connection.prepare(
      `INSERT INTO spell_records (endpoint_id, outcome, snapshot_id, first_scan_id, last_scan_id, first_at, last_at, scan_count)
        VALUES (?, ?, ?, ${scan}, ${scan}, ?, ?, 1)`,
    )
    const start = world.now
    const check = () => {
      for (let endpoint = 1; endpoint <= 6; endpoint++)
        for (let at = start - 2; at <= start + 22; at++)
          expect(heldAt(store, endpoint, at)).toEqual(askedAt(store, endpoint, at))
    }
    for (let round = 0; round < 12; round++) {
      for (let n = whole(12); n >= 0; n--) {
        const outcome = outcomes[whole(4)] ?? 'silent'
        // Often at once; answered without anything shown, too.
        const snapshot = outcome === 'answered' && random() < 0.7 ? 1 : null
        const at = start + whole(20)
        write.run(1 + whole(5), outcome, snapshot, at, at)
      }
      check()
      if (round % 4 === 3) {
        store.connection.exec(
          `DELETE FROM spell_records WHERE id % 7 = 0 AND id NOT IN (SELECT spell_id FROM last_looks)`,
        )
        check()
      }
    }
  })
})

function heldAt(store: ReadableStore, endpoint: number, at: number) {
  const spells = heldSpells(store)
  const place = lastAt(spells, endpoint, at)
  if (place === -1) return null
  const outcome = outcomes[spells.outcomes[place] ?? 0]
  return { outcome, since: spells.beginnings[place], shown: shownAt(spells, endpoint, place) }
}

function askedAt(store: ReadableStore, endpoint: number, at: number) {
  const spell = spellAt(store, { endpoint, at })
  const shown = snapshotAt(store, { endpoint, at })?.snapshot_id ?? null
  return spell === undefined ? null : { outcome: spell.outcome, since: spell.first_at, shown }
}

describe('sites and ports', () => {
  it('are all of those at which anything was ever seen', () => {
    const world = recorded('10.0.0.0/24', 'Lab', undefined, [80, 443, 11434, 65535])
    const { store } = world
    expect(sitesAndPorts(store, {})).toEqual([])
    const at = (address: string, port: number) => ollamaAt(address, { target: { address, port } as never })
    world.scan({ seen: [at('10.0.0.1', 443), at('10.0.0.1', 11434), at('10.0.0.2', 443)] })
    const other = recorded('10.0.0.0/24', 'Plant', store, [80, 65535])
    other.now = world.now
    other.scan({ seen: [at('10.0.0.9', 80), at('10.0.0.8', 65535)] })
    const all = store.connection.prepare('SELECT DISTINCT site_id, port FROM endpoints ORDER BY 1, 2').all()
    expect(sitesAndPorts(store, {})).toEqual(all)
    expect(all).toHaveLength(4)
  })
})
