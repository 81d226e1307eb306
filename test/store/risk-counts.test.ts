import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AddressTally, tallyOf } from '#main/services/address-tally.ts'
import { authorisedStretches, networkText } from '#main/services/authorised-space.ts'
import { heatmap } from '#main/services/heatmaps.ts'
import { refreshInstance } from '#main/services/instance-summary.ts'
import { inventoryPage } from '#main/services/inventory.ts'
import { siteBlocks } from '#main/services/network-blocks.ts'
import { rebuildRows } from '#main/services/rebuild-rows.ts'
import { listSites } from '#main/services/sites.ts'
import { setPresence } from '#main/store/endpoints.ts'
import { keepFindingFacts } from '#main/store/finding-writes.ts'
import { addFinding } from '#main/store/findings.ts'
import { setMerged } from '#main/store/instances.ts'
import { assessRow } from '#main/store/inventory-rows.ts'
import { presentByNetwork } from '#main/store/network-counts.ts'
import { openMemory } from '#main/store/open.ts'
import { addOwner } from '#main/store/owners.ts'
import { keepOwnership } from '#main/store/ownerships.ts'
import { addProfile, keepRisk } from '#main/store/risks.ts'
import { severities } from '#shared/domain/exposure.ts'
import { type HeatmapKind, heatmapKinds } from '#shared/domain/heatmap.ts'
import { InventoryRequest } from '#shared/domain/inventory.ts'
import { fillInventory } from '../support/fill-inventory.ts'
import { imaginedInventory, imaginedNow } from '../support/imagined-inventory.ts'
import { shippedAdvisories } from '../support/shipped-advisories.ts'

const store = openMemory()
const ids = fillInventory(store, imaginedInventory(120, 3, 4))
const reading = {
  store,
  now: () => imaginedNow,
  about: { version: 'test', dataFolder: '', actor: 'test' },
  advisories: shippedAdvisories,
}
const profile = (score: number, likelihood: number, impact: number) =>
  addProfile(store, {
    ...{ weights: 'w', facts: String(score), score, level: 'high', likelihood, impact, least: 0, most: 100 },
    factors: JSON.stringify([{ name: 'tools', value: 'yes', points: score }]),
  }).id
const profiles = [profile(12, 10, 20), profile(60, 60, 59), profile(99, 100, 98)]
const owner = addOwner(store, {
  ...{ kind: 'team', name: 'Lab team', email: null, externalId: null, unit: null },
  at: 1,
}).id
let nextPart = 1
const facts = keepFindingFacts(store, '{}')
const levels = ['none', 'low', 'medium', 'high', 'critical'] as const

const operation = fc.oneof(
  fc.record({
    kind: fc.constant('assess' as const),
    id: fc.constantFrom(...ids),
    profile: fc.constantFrom(...profiles),
    score: fc.integer({ min: 0, max: 100 }),
    level: fc.constantFrom(...levels),
  }),
  fc.record({
    kind: fc.constant('presence' as const),
    id: fc.constantFrom(...ids),
    presence: fc.constantFrom('present', 'gone', 'not-covered'),
  }),
  fc.record({ kind: fc.constant('merge' as const), id: fc.constantFrom(...ids) }),
  fc.record({ kind: fc.constant('unmerge' as const), id: fc.constantFrom(...ids) }),
  fc.record({ kind: fc.constant('tag' as const), id: fc.constantFrom(...ids) }),
  fc.record({ kind: fc.constant('own' as const), id: fc.constantFrom(...ids) }),
  fc.record({
    kind: fc.constant('find' as const),
    id: fc.constantFrom(...ids),
    severity: fc.constantFrom('critical', 'low'),
    dueAt: fc.constantFrom(null, 1000, 2000),
  }),
  fc.record({
    kind: fc.constant('move' as const),
    id: fc.constantFrom(...ids),
    status: fc.constantFrom('open', 'resolved'),
  }),
  fc.constant({ kind: 'rebuild' as const, id: 0 }),
)
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

function perform(done: Operation): void {
  switch (done.kind) {
    case 'assess': {
      const { id, profile: of, score, level } = done
      keepRisk(store, { instance: id, profile: of, score, level })
      assessRow(store, { id, profile: of, score, level })
      return
    }
    case 'presence': {
      const endpoints = store.connection
        .prepare('SELECT endpoint_id FROM instance_endpoints WHERE instance_id = ?')
        .pluck()
        .all(done.id) as number[]
      for (const id of endpoints) setPresence(store, { id, presence: done.presence } as never)
      refreshInstance(store, done.id)
      return
    }
    case 'merge':
      setMerged(store, { id: done.id, into: ids[0] === done.id ? (ids[1] ?? 0) : (ids[0] ?? 0) })
      return
    case 'unmerge':
      setMerged(store, { id: done.id, into: null })
      refreshInstance(store, done.id)
      return
    case 'tag':
      refreshInstance(store, done.id)
      return
    case 'own':
      keepOwnership(store, {
        ...{ instance: done.id, duty: 'technical', state: 'assigned', owner, note: '', dueOn: null, at: 1 },
        reason: JSON.stringify({ kind: 'stated', detail: 'test' }),
      })
      refreshInstance(store, done.id)
      return
    case 'find': {
      const { id, severity, dueAt } = done
      addFinding(store, {
        ...{ rule: 'r', instance: id, part: String(nextPart++), label: '', severity, verdict: 'broken' },
        ...{ revision: '', facts, observations: '[]', status: 'open', statusBefore: null, reason: 'broken' },
        ...{ openedAt: 1, statusAt: 1, dueAt, dueLeftMs: null },
      })
      return
    }
    case 'move':
      store.connection
        .prepare('UPDATE findings SET status = ? WHERE instance_id = ?')
        .run(done.status, done.id)
      return
    case 'rebuild':
      rebuildRows(store)
  }
}

/** What triggers have counted, and the same counted anew from the rows. */
function counted() {
  const bits = (field: number) => `facts & ${field}`
  const presence = 7 << 22
  const owner = presence | (7 << 19)
  const capability = presence | (3 << 17)
  const site = owner | (3 << 17) | (3 << 12)
  const network = 'substr(address_key, 1, length(address_key) - 1)'
  const tables = {
    counts_by_site: `SELECT site_id, ${bits(site)} AS f, count(*) FROM inventory_rows GROUP BY 1, 2`,
    counts_by_owner: `SELECT ifnull(owner_id, 0), ${bits(owner)} AS f, count(*) FROM inventory_rows GROUP BY 1, 2`,
    counts_by_profile: `SELECT site_id, ifnull(profile_id, 0), ifnull(score, -1), ${bits(presence)} AS f, count(*)
      FROM inventory_rows GROUP BY 1, 2, 3, 4`,
    counts_by_time: 'SELECT first_seen_at / 900000, count(*) FROM inventory_rows GROUP BY 1',
    counts_by_capability: `SELECT ifnull(capability_set, 0), ifnull(remote_set, 0), ${bits(capability)} AS f, count(*)
      FROM inventory_rows GROUP BY 1, 2, 3`,
    counts_by_finding: `SELECT instances.site_id, severity, status, ifnull(due_at, 0), count(*)
      FROM findings JOIN instances ON instances.id = instance_id GROUP BY 1, 2, 3, 4`,
    counts_by_network: `SELECT site_id, ${network}, ${bits(owner)} AS f, owner_id IS NOT NULL, count(*)
      FROM inventory_rows GROUP BY 1, 2, 3, 4`,
  }
  const all = (sql: string) =>
    (store.connection.prepare(sql).raw().all() as unknown[][]).map(row => JSON.stringify(row)).sort()
  return Object.entries(tables).map(([table, recount]) => ({
    table,
    kept: all(`SELECT * FROM ${table}`),
    anew: all(recount),
  }))
}

/** Of each site, those that are not another's. */
function instancesBySite(): Map<number, number> {
  const count = 'count(instances.id) FILTER (WHERE merged_into IS NULL)'
  const sites = store.connection.prepare(
    `SELECT sites.id, ${count} FROM sites LEFT JOIN instances ON site_id = sites.id GROUP BY 1`,
  )
  return new Map(sites.raw().all() as [number, number][])
}

it('counts as rows are written what a full recount finds, whatever happens to them', () => {
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 25 }), operations => {
      for (const each of operations) perform(each)
      for (const { table, kept, anew } of counted()) expect(kept, table).toEqual(anew)
      const bySite = listSites(reading).map(({ id, instanceCount }) => [id, instanceCount])
      expect(new Map(bySite as [number, number][])).toEqual(instancesBySite())
    }),
    { numRuns: 40 },
  )
})

it('follows what changes on the map and in its blocks, and has what is counted anew', () => {
  const { stretches, total } = authorisedStretches(store)
  const grid = { stretches, total, perCell: 64, cellCount: Math.ceil(total / 64) }
  const shown = (tally: AddressTally) =>
    [...tally.counts.keys()]
      .filter(cell => tally.counts[cell] !== 0)
      .map(cell => [cell, tally.counts[cell], tally.unowned[cell], tally.rankOf(cell)])
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 25 }), operations => {
      tallyOf(store, grid)
      for (const each of operations) perform(each)
      const anew = new AddressTally(grid)
      for (const [site, key, rank, isOwned, count] of presentByNetwork(store))
        anew.add(site, key, rank, isOwned, count)
      expect(shown(tallyOf(store, grid))).toEqual(shown(anew))
      const blocks = siteBlocks(store).map(({ siteId, block, count }) => `${siteId} ${block} ${count}`)
      expect(blocks.sort()).toEqual(blocksAnew().sort())
    }),
    { numRuns: 25 },
  )
})

/** The /24 networks of IPv4 as text, and the others as they are told. */
function blocksAnew(): string[] {
  const found = new Map<string, number>()
  for (const [site, key, , , count] of presentByNetwork(store)) {
    const block =
      key[0] === 4
        ? `${key[1]}.${key[2]}.${key[3]}.0/24`
        : networkText(6, BigInt(`0x${Buffer.from(key.subarray(1)).toString('hex')}`))
    found.set(`${site} ${block}`, (found.get(`${site} ${block}`) ?? 0) + count)
  }
  return [...found].map(([place, count]) => `${place} ${count}`)
}

it('lists the riskiest first: by level, and within a level by score', () => {
  for (const [index, id] of ids.entries()) {
    const level = levels[index % levels.length] ?? 'none'
    const score = (index * 37) % 100
    keepRisk(store, { instance: id, profile: profiles[0] ?? 0, score, level })
    assessRow(store, { id, profile: profiles[0] ?? 0, score, level })
  }
  const request = { limit: 200, sort: [{ column: 'risk', descending: false }] }
  const page = inventoryPage(reading, InventoryRequest.parse(request))
  const listed = page.ok
    ? page.value.rows.map(({ severity, score }) => ({ severity, score: score ?? -1 }))
    : []
  expect(listed.length).toBeGreaterThan(40)
  const rank = ({ severity, score }: (typeof listed)[number]) => severities.indexOf(severity) * 1000 - score
  expect(listed).toEqual(listed.toSorted((a, b) => rank(a) - rank(b)))
})

it.each(heatmapKinds)('%s: every cell finds exactly its rows', (kind: HeatmapKind) => {
  const { cells } = heatmap(reading, kind)
  expect(cells.length).toBeGreaterThan(0)
  for (const { query, value } of cells) {
    const page = inventoryPage(reading, InventoryRequest.parse({ query, limit: 0 }))
    expect(page.ok && page.value.total, query).toBe(value)
  }
})
