import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { disposeMany, noteMany, tagMany } from '#main/services/annotate-many.ts'
import { assign } from '#main/services/assign.ts'
import { inventoryFacets } from '#main/services/facets.ts'
import { instanceRow } from '#main/services/instance-rows.ts'
import { refreshInstance } from '#main/services/instance-summary.ts'
import { exportInventory, inventoryList, inventoryPage } from '#main/services/inventory.ts'
import { addOwner } from '#main/services/owner-register.ts'
import { queryContext } from '#main/services/query-context.ts'
import { rebuildRows } from '#main/services/rebuild-rows.ts'
import { instanceById } from '#main/store/instances.ts'
import { assessRow } from '#main/store/inventory-rows.ts'
import { keepLicence } from '#main/store/model-licences.ts'
import { openMemory } from '#main/store/open.ts'
import { openIds } from '#main/store/query-open.ts'
import { addProfile, keepRisk } from '#main/store/risks.ts'
import { keepText } from '#main/store/texts.ts'
import type { InventoryPageRow } from '#shared/domain/inventory.ts'
import { InventoryRequest, sortColumns } from '#shared/domain/inventory.ts'
import type { ModelLicence } from '#shared/domain/licence.ts'
import { AssignRequest } from '#shared/domain/ownership.ts'
import { isMatch } from '#shared/query/evaluate.ts'
import { factorWord } from '#shared/query/factor-words.ts'
import { type FieldName, fieldNames } from '#shared/query/fields.ts'
import { parseQuery } from '#shared/query/parse.ts'
import type { QueryRow } from '#shared/query/query-row.ts'
import { quote } from '#shared/query/tokens.ts'
import type { Result } from '#shared/result.ts'
import { fillInventory } from '../support/fill-inventory.ts'
import { imaginedInventory, imaginedNow } from '../support/imagined-inventory.ts'
import { shippedAdvisories } from '../support/shipped-advisories.ts'

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

const store = openMemory()
const ids = fillInventory(store, imaginedInventory(600, 7, 5))
const reading = {
  store,
  now: () => imaginedNow,
  about: { version: 'test', dataFolder: '', actor: 'test' },
  advisories: shippedAdvisories,
}
// What people say of some of them, by the commands that say it of many.
const transaction = {
  store,
  now: imaginedNow,
  actor: 'Ada',
  identity: { id: 1, name: 'Ada', role: 'analyst', publicKey: '', isProven: true, sign: () => null },
  changed: () => {},
} as const
const every = (step: number) => ids.filter((_, index) => index % step === 0).map(String)
value(tagMany(transaction, { instances: every(3), add: ['gpu', 'Plant 7'], remove: [] }, shippedAdvisories))
value(tagMany(transaction, { instances: every(6), add: [], remove: ['gpu'] }, shippedAdvisories))
value(noteMany(transaction, { instances: every(5), text: 'ask Grete' }, shippedAdvisories))
value(disposeMany(transaction, { instances: every(4), disposition: 'ours' }, shippedAdvisories))
const team = {
  kind: 'team',
  name: 'Team Grete',
  email: 'grete@plant.example',
  externalId: null,
  unit: null,
} as const
value(addOwner(transaction, team))
value(
  assign(
    transaction,
    AssignRequest.parse({ instances: every(9), owner: 'grete@plant.example' }),
    shippedAdvisories,
  ),
)
// As the evaluation does that follows each command.
for (const id of every(9)) refreshInstance(store, Number(id))
// What most of them score, and what that rests on.
const profiles = [
  { score: 12, likelihood: 10, impact: 20, level: 'low', factors: { tools: 'no', access: 'open' } },
  { score: 60, likelihood: 60, impact: 59, level: 'high', factors: { tools: 'yes', access: 'open' } },
  { score: 99, likelihood: 100, impact: 98, level: 'critical', factors: { tools: null } },
].map(profile => {
  const factors = Object.entries(profile.factors).map(([name, said]) => ({ name, value: said, points: 1 }))
  const kept = { ...profile, weights: 'w', facts: String(profile.score), least: 0, most: 100 }
  const { id } = addProfile(store, { ...kept, factors: JSON.stringify(factors) })
  return { ...profile, id, factors: factors.map(({ name, value: said }) => factorWord(name, said)) }
})
const basisOf = new Map(ids.flatMap((id, index) => [[id, profiles[index % 4]] as const]))
for (const [id, profile] of basisOf) {
  if (profile === undefined) continue
  const { score, level } = profile
  keepRisk(store, { instance: id, profile: profile.id, score, level })
  assessRow(store, { id, profile: profile.id, score, level })
}
// What some of the models are under; of every fifth, nobody was asked.
const licencesOf: (string | null)[][] = [['Apache-2.0'], ['MIT', null], [], ['LicenseRef-Gemma', 'MIT']]
const digests = new Set(ids.flatMap(id => rowOfStore(id).models?.flatMap(({ digest }) => digest ?? []) ?? []))
for (const [index, digest] of [...digests].entries()) {
  const names = licencesOf[index % 5]
  if (names === undefined) continue
  const licences = names.flatMap(id => (id === null ? [] : [{ id, title: id, use: 'commercial' as const }]))
  const state = names.length === 0 ? 'none' : names.includes(null) ? 'partly' : 'recognised'
  const licence: ModelLicence = { state, licences, sha256: null, length: null }
  keepLicence(store, { digest, licence: keepText(store, JSON.stringify(licence)) })
}
function rowOfStore(id: number) {
  const record = instanceById(store, { id })
  if (record === undefined) throw new Error(`no instance ${id}`)
  return instanceRow(store, shippedAdvisories, record)
}
const rows: QueryRow[] = ids.map(id => {
  const basis = basisOf.get(id)
  return {
    ...rowOfStore(id),
    ...(basis !== undefined && { riskBasis: basis }),
  }
})

const page = (query: string, more: object = {}) =>
  value(inventoryPage(reading, InventoryRequest.parse({ query, limit: 500, ...more })))
/** Without the rows themselves, which take most of the time. */
function idsOf(query: string): number[] {
  const parsed = parseQuery(query)
  if (!parsed.ok) throw new Error(`${query}: ${JSON.stringify(parsed.mistake)}`)
  return [...openIds(queryContext(reading, imaginedNow), parsed.condition, [])]
}

/** What the language means, row by row. */
function expected(query: string): number[] {
  const parsed = parseQuery(query)
  if (!parsed.ok) throw new Error(`${query}: ${JSON.stringify(parsed.mistake)}`)
  return rows.filter(row => isMatch(parsed.condition, row, imaginedNow)).map(row => row.id)
}

const sorted = (all: readonly number[]) => [...all].sort((a, b) => a - b)

const from = (...texts: string[]) => fc.constantFrom(...texts)
const comparison = from('<', '<=', '>', '>=', ':')
const oneRow = fc.constantFrom(...rows)
const partOf = (text: string) =>
  fc.tuple(fc.nat(text.length), fc.integer({ min: 1, max: 8 })).map(([at, size]) => text.slice(at, at + size))
/** What each field is asked: a field without an entry does not compile. */
const termsOf: Readonly<Record<FieldName, readonly string[]>> = {
  access: ['access:open', 'access:open,forbidden', 'access:unknown'],
  tools: ['tools:yes', 'tools:no', 'tools:unknown'],
  tls: ['tls:yes'],
  risk: ['risk:critical,high', 'risk:none', 'level:low'],
  score: ['score>=60', 'score<60', 'score:12', 'score:unknown'],
  likelihood: ['likelihood>20', 'likelihood:100', 'likelihood<=10', 'likelihood:unknown'],
  impact: ['impact>=59', 'impact:20', 'impact<98', 'impact:unknown'],
  factor: ['factor:tools-yes', 'factor:tools-no,access-open', 'factor:tools-unknown', 'factor:unknown'],
  presence: ['presence:gone', 'presence:present'],
  zone: ['zone:dmz', 'zone:unknown'],
  product: ['product:ollama', 'product:unknown'],
  suspected: ['suspected:none', 'suspected:honeypot'],
  cors: ['cors:any', 'cors:unknown'],
  owner: ['owner:none', 'owner:ada', 'owner:"Team Grete"', 'owner:team*'],
  tag: ['tag:none', 'tag:gpu'],
  note: ['note:none', 'note:ask'],
  disposition: ['disposition:ours', 'disposition:none'],
  model: ['model:none', 'model:unknown', 'model:llama'],
  digest: ['digest:unknown', 'digest:a1b2', 'digest:none'],
  advisories: ['advisories:unknown', 'advisories:0', 'advisories>3'],
  family: ['family:llama', 'family:BERT', 'family:*bert', 'family:unknown', 'family:none'],
  capability: ['capability:tools', 'capability:unknown', 'capability:none'],
  license: [
    ...['license:apache-2.0', 'licence:MIT', 'license:licenseref-*', 'license:mit,apache-2.0'],
    ...['license:unknown', 'license:none'],
  ],
  quantization: [
    'quantization:Q4_K_M',
    'quantization:"unknown"',
    'quantization:unknown',
    'quantization:none',
  ],
  parameters: [
    ...['parameters:8b', 'parameters:8.2b', 'parameters="8.2B"', 'parameters>7b', 'parameters<=1.5b'],
    ...['parameters:unknown', 'parameters:none'],
  ],
  size: ['size>20gb', 'size<1gib', 'size<=100mb', 'size:unknown', 'size:none'],
  models: ['models:0', 'models>3', 'models:unknown'],
  remote: ['remote:none', 'remote:*', 'remote:ollama', 'remote:unknown'],
  running: ['running:none', 'running:llama', 'running:unknown'],
  host: ['host:none', 'host:plant', 'host:host-1*'],
  site: ['site:"plant 1"', 'site:plant*'],
  port: ['port:443', 'port>8004'],
  confidence: ['confidence>=90'],
  version: ['version:unknown', 'version="dirty"'],
  address: [
    ...['address:10.0.0.0/9', 'address:fd00::/8', 'address:172.16.0.0/12', 'address:10.0.0.1-10.30.0.0'],
  ],
  network: ['network:10.0.0.0/9', 'network:172.16.0.0/12', 'network:fd00::/8'],
  firstSeen: ['firstSeen>=1y', 'firstSeen:2026-11-01', 'firstSeen<2026-06-01'],
  lastSeen: ['lastSeen<30d', 'lastSeen>12w', 'lastSeen>=2026-11-01T08:00:00.000Z'],
}
const term = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...fieldNames).chain(field => from(...termsOf[field])) },
  fc
    .tuple(comparison, from('0.5', '0.5.1', '0.17.1', '1', '0.9.0-rc1', '0.12.x'))
    .map(([sign, version]) => `version${sign}${version}`),
  from(
    'plant',
    'llama',
    'll',
    '443',
    '10.1',
    ':1143',
    'fd00',
    'vision',
    '"none 1"',
    'dirty',
    '[',
    'vllm',
    '0.5',
    '%',
    '*',
  ),
  oneRow.chain(row => partOf(row.models?.[0]?.name ?? row.address).map(text => quote(text || 'x'))),
  oneRow.map(row => `model=${quote(row.models?.[0]?.name ?? 'x')}`),
  oneRow.map(row => `digest:${(row.models?.[0]?.digest ?? 'ff').slice(0, 12)}`),
  oneRow.map(row => `address:${row.address}`),
)
const query = fc.letrec<{ query: string; item: string }>(tie => ({
  item: fc.oneof(
    { weight: 5, arbitrary: term },
    { weight: 2, arbitrary: term.map(each => `-${each}`) },
    { weight: 1, arbitrary: tie('query').map(each => `not (${each})`) },
    { weight: 1, arbitrary: tie('query').map(each => `(${each})`) },
  ),
  query: fc
    .tuple(fc.array(tie('item'), { minLength: 1, maxLength: 3 }), from(' ', ' or ', ' and '))
    .map(([items, by]) => items.join(by)),
})).query

describe('a query', () => {
  it('finds what the language means', () => {
    fc.assert(
      fc.property(query, text => {
        expect(sorted(idsOf(text))).toEqual(sorted(expected(text)))
      }),
      { numRuns: 1000 },
    )
  })

  it('each term of it finds something and leaves something out', () => {
    const found = [
      'access:open',
      'tools:unknown',
      'family:bert',
      'parameters:8b',
      'address:172.16.0.0/12',
      'host:plant',
      'port:443',
    ]
    for (const text of found) {
      expect(idsOf(text).length, text).toBeGreaterThan(0)
      expect(idsOf(text).length, text).toBeLessThan(rows.length)
    }
  })

  it('counts, lists, pages and exports the same rows', () => {
    fc.assert(
      fc.property(query, text => {
        const { total, facets } = value(inventoryFacets(reading, { query: text, most: 1000 }))
        const list = value(inventoryList(reading, text, false)).map(row => row.id)
        expect(list).toEqual(idsOf(text))
        expect(page(text, { limit: 1 }).total).toBe(list.length)
        expect(total).toBe(list.length)
        const csv = value(exportInventory(reading, { query: text })).split('\r\n')
        expect(csv.slice(1).filter(line => line !== '')).toHaveLength(total)
        for (const { values } of facets.slice(0, 3)) {
          for (const { term: narrowed, count } of values) {
            expect(idsOf(`(${text}) ${narrowed}`).length, `${text} ${narrowed}`).toBe(count)
          }
        }
      }),
      { numRuns: 25 },
    )
  })

  it('every value of every facet finds as many rows as it says', () => {
    for (const text of ['', 'access:open', '-family:llama']) {
      const { facets } = value(inventoryFacets(reading, { query: text, most: 1000 }))
      for (const { field, values } of facets) {
        for (const { term: narrowed, count } of values) {
          const both = `${text} ${narrowed}`
          expect([field, both, idsOf(both).length]).toEqual([field, both, count])
          expect(expected(both).length).toBe(count)
        }
      }
    }
  })
})

describe('the order of rows', () => {
  const keyOf: Partial<Record<(typeof sortColumns)[number], (row: InventoryPageRow) => number | null>> = {
    confidence: row => row.confidence,
    models: row => row.models?.length ?? null,
    lastSeenAt: row => Date.parse(row.lastSeenAt),
    firstSeenAt: row => Date.parse(row.firstSeenAt),
    risk: row => ['critical', 'high', 'medium', 'low', 'none'].indexOf(row.severity),
    access: row =>
      row.access === 'unknown' ? null : ['open', 'auth-required', 'forbidden'].indexOf(row.access),
  }

  it.each(sortColumns)('by %s is total, repeatable, reversible', column => {
    for (const descending of [false, true]) {
      const all = [
        ...page('', { sort: [{ column, descending }] }).rows,
        ...page('', { sort: [{ column, descending }], start: 500 }).rows,
      ]
      expect(sorted(all.map(row => row.id))).toEqual(sorted(ids))
      const key = keyOf[column]
      if (key === undefined) continue
      const keys = all.map(key)
      const known = keys.filter(each => each !== null)
      expect(keys.slice(0, known.length)).toEqual(known)
      expect(known).toEqual(known.toSorted((a, b) => (descending ? b - a : a - b)))
    }
  })

  it('by risk the level decides, then the score; what is equal stays by site, address, port', () => {
    const place = new Map(idsOf('').map((id, index) => [id, index]))
    const byRisk = page('', { sort: [{ column: 'risk', descending: false }] }).rows
    for (const [index, row] of byRisk.entries()) {
      const after = byRisk[index + 1]
      if (after?.severity === row.severity) expect(row.score ?? -1).toBeGreaterThanOrEqual(after.score ?? -1)
      const next = byRisk[index + 1]
      if (next?.severity === row.severity && next.score === row.score)
        expect(place.get(row.id)).toBeLessThan(place.get(next.id) ?? 0)
    }
  })
})

describe('rows', () => {
  it('built anew are the same', () => {
    const facets = () => value(inventoryFacets(reading, { query: '', most: 1000 })).facets
    const facetsBefore = facets()
    // What people said was written into rows that stood; their names have other numbers when all is built anew.
    rebuildRows(store)
    expect(facets()).toEqual(facetsBefore)
    const before = store.connection.prepare('SELECT * FROM inventory_rows').all()
    rebuildRows(store)
    expect(store.connection.prepare('SELECT * FROM inventory_rows').all()).toEqual(before)
  })

  it('keep their place in an open list while the data changes', () => {
    const opened = page('access:open', { limit: 10 })
    fillInventory(
      store,
      [...imaginedInventory(630, 7, 5)].slice(600).map(each => ({ ...each, site: 'Another' })),
    )
    const later = page('access:open', { limit: 10, start: 10, version: opened.version })
    expect(later).toMatchObject({ version: opened.version, total: opened.total })
    const anew = page('access:open', { limit: 10 })
    expect(anew.version).toBeGreaterThan(opened.version)
    expect(anew.total).toBeGreaterThan(opened.total)
    expect(page('access:open', { version: 1 }).version).toBe(anew.version)
  })
})
