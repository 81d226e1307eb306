import { describe, expect, it } from 'vitest'
import { aboutModels, isDemanded } from '#main/governance/about-models.ts'
import { blastRadius } from '#main/services/blast-radius.ts'
import { showConcentration } from '#main/services/concentration.ts'
import type { Reading } from '#main/services/context.ts'
import { inventoryList, inventoryPage } from '#main/services/inventory.ts'
import { listModels, modelPage } from '#main/services/model-list.ts'
import { readQuery } from '#main/services/read-query.ts'
import { openMemory } from '#main/store/open.ts'
import type { WritableStore } from '#main/store/statement.ts'
import { BlastRequest } from '#shared/domain/blast-radius.ts'
import type { InstanceRow } from '#shared/domain/instance.ts'
import { InventoryRequest } from '#shared/domain/inventory.ts'
import { ModelRequest, modelSortColumns } from '#shared/domain/model-list.ts'
import type { Result } from '#shared/result.ts'
import { fillInventory } from '../support/fill-inventory.ts'
import { imaginedInventory, imaginedNow } from '../support/imagined-inventory.ts'
import { shippedAdvisories } from '../support/shipped-advisories.ts'

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

function imagined(count: number): Reading & { readonly store: WritableStore } {
  const store = openMemory()
  fillInventory(store, imaginedInventory(count, 11, 5))
  const about = { version: 'test', dataFolder: '', actor: 'test' }
  return { store, now: () => imaginedNow, about, advisories: shippedAdvisories }
}

const reading = imagined(500)
const blast = (query: string, most = 10_000, of: Reading = reading) =>
  must(blastRadius(of, BlastRequest.parse({ query, most })))
const rowsOf = (query: string, of: Reading = reading) => must(inventoryList(of, query, false))
const totalOf = (query: string) =>
  must(inventoryPage(reading, InventoryRequest.parse({ query, limit: 0 }))).total

/** How often each key occurs, as `[key, count]` in order of the key. */
function tally(keys: readonly string[]): [string, number][] {
  return [...Map.groupBy(keys, key => key)].map(([key, of]) => [key, of.length] as [string, number]).sort()
}

/** What each row holds, by digest, else by name; of each content once. */
function heldBy(row: InstanceRow): string[] {
  return [...new Set((row.models ?? []).map(({ digest, name }) => digest ?? name))]
}

const queries = [
  '',
  'family:llama quantization:Q4_0',
  'version<0.17.1',
  'digest:a1b2',
  'digest:unknown',
  'family:llama or family:qwen2',
  'family:llama or version<0.5',
  '-family:bert access:open',
  'tools:yes',
  'capability:vision size>10gb',
  'models:0',
  'models:unknown',
  'llama',
  'site:"Plant 1"',
  'address:192.0.2.1',
]

describe('a blast radius', () => {
  it.each(queries)('of %j hits the rows of the inventory, where they are, and what they hold', query => {
    const radius = blast(query)
    const rows = rowsOf(query)
    expect(radius.instances.map(({ instance }) => instance)).toEqual(rows.map(({ id }) => id))
    expect(radius.sites.map(({ site, instances }) => [site, instances]).sort()).toEqual(
      tally(rows.map(({ site }) => site)),
    )
    const demand = aboutModels(must(readQuery(query)))
    const holding = rows.map(row => ({
      ...row,
      models: (row.models ?? []).filter(model => demand === null || isDemanded(demand, model)),
    }))
    expect(radius.models.map(({ digest, name, instances }) => [digest ?? name, instances]).sort()).toEqual(
      tally(holding.flatMap(heldBy)),
    )
    expect(radius.counts).toEqual({
      instances: rows.length,
      sites: new Set(rows.map(({ site }) => site)).size,
      owners: 0,
      unowned: rows.length,
      models: new Set(holding.flatMap(heldBy)).size,
      holding: holding.filter(({ models }) => models.length > 0).length,
    })
  })

  it('names as many as were asked for, and counts all', () => {
    const radius = blast('family:llama', 3)
    expect(radius.instances).toHaveLength(3)
    expect(radius.models).toHaveLength(3)
    expect(radius.counts).toEqual(blast('family:llama').counts)
    expect(radius.instances).toEqual(blast('family:llama').instances.slice(0, 3))
  })

  it('says where a query is wrong', () => {
    expect(blastRadius(reading, { query: 'famly:llama', most: 1 })).toMatchObject({
      failure: { code: 'query-field-misspelt', details: { start: 0, end: 5 } },
    })
  })

  it('means a model that is all of it by itself, not one part here and another there', () => {
    const both = must(readQuery('family:llama quantization:Q4_0'))
    const demand = aboutModels(both)
    const model = {
      name: 'm',
      digest: 'd',
      parameterSize: null,
      sizeBytes: null,
      capabilities: null,
      remoteHost: null,
    }
    const of = (family: string, quantization: string) =>
      demand !== null && isDemanded(demand, { ...model, family, quantization })
    expect([of('llama', 'Q4_0'), of('llama', 'F16'), of('qwen3', 'Q4_0')]).toEqual([true, false, false])
    expect(aboutModels(must(readQuery('version<0.5 access:open -family:bert llama')))).toBeNull()
  })

  it('knows of what a scan has added since it was asked before', () => {
    const world = imagined(30)
    const before = blast('', 100, world)
    const [id] = fillInventory(
      world.store,
      [...imaginedInventory(1, 99, 1)].map(seen => ({ ...seen, site: 'New' })),
    )
    const after = blast('', 100, world)
    expect(after.counts.instances).toBe(before.counts.instances + 1)
    expect(after.sites).toContainEqual({ site: 'New', instances: 1 })
    expect(blast('site:New', 1, world).instances.map(({ instance }) => instance)).toEqual([id])
    const held = rowsOf('site:New', world).flatMap(heldBy)
    expect(
      blast('site:New', 100, world)
        .models.map(({ digest, name }) => digest ?? name)
        .sort(),
    ).toEqual(held.sort())
  })
})

describe('the list of models', () => {
  it.each(['', 'access:open', 'family:llama', 'digest:unknown'])(
    'held by %j is the inventory turned round',
    query => {
      const rows = rowsOf(query)
      const listed = must(listModels(reading, query))
      expect(listed.map(({ digest, names, instances }) => [digest ?? names[0], instances]).sort()).toEqual(
        tally(rows.flatMap(heldBy)),
      )
      for (const { digest, names, present, sites, lastSeenAt } of listed) {
        const holders = rows.filter(row => heldBy(row).includes(digest ?? names[0] ?? ''))
        expect(present).toBe(holders.filter(row => row.presence === 'present').length)
        expect(sites).toBe(new Set(holders.map(({ site }) => site)).size)
        expect(lastSeenAt).toBe(
          holders
            .map(row => row.lastSeenAt)
            .sort()
            .at(-1),
        )
      }
    },
  )

  it('comes in any order, page by page the same list', () => {
    for (const column of modelSortColumns) {
      const sort = { column, descending: true }
      const page = (start: number, limit: number, version?: string) =>
        must(modelPage(reading, ModelRequest.parse({ sort, start, limit, version })))
      const all = page(0, 500)
      expect(all.total).toBeLessThanOrEqual(500)
      const parts = [0, 200, 400].flatMap(start => page(start, 200, all.version).rows)
      expect(parts).toEqual(all.rows)
    }
    const families = must(
      modelPage(reading, ModelRequest.parse({ sort: { column: 'family', descending: true }, limit: 500 })),
    ).rows.map(({ family }) => family)
    const known = families.filter(family => family !== null)
    expect(known).toEqual([...known].sort().reverse())
    expect(families.indexOf(null)).toBe(known.length)
  })
})

describe('concentration', () => {
  it('leads from every value to just as many rows', () => {
    const { instances, by } = showConcentration(reading)
    expect(instances).toBe(totalOf('models>0'))
    let led = 0
    for (const { top } of by) {
      for (const { query, instances: count } of top) {
        if (query === null) continue
        expect(totalOf(query), query).toBe(count)
        led++
      }
    }
    expect(led).toBeGreaterThan(30)
  })

  it('counts a pair where one model is both', () => {
    const pairs = showConcentration(reading).by.find(
      ({ dimension }) => dimension === 'family and quantization',
    )
    const [top] = pairs?.top ?? []
    const both = rowsOf('').filter(({ models }) =>
      models?.some(
        ({ family, quantization }) => `${family} ${quantization}`.toLowerCase() === top?.value.toLowerCase(),
      ),
    )
    expect(top?.instances).toBe(both.length)
  })
})
