import { describe, expect, it } from 'vitest'
import { blastRadius } from '#main/services/blast-radius.ts'
import type { Reading } from '#main/services/context.ts'
import { inventoryFacets } from '#main/services/facets.ts'
import { inventoryPage } from '#main/services/inventory.ts'
import { GivenUp, watchGivingUp } from '#main/store/giving-up.ts'
import { openMemory } from '#main/store/open.ts'
import { InventoryRequest, sortColumns } from '#shared/domain/inventory.ts'
import { fillInventory } from '../support/fill-inventory.ts'
import { imaginedInventory, imaginedNow } from '../support/imagined-inventory.ts'
import { shippedAdvisories } from '../support/shipped-advisories.ts'

const store = openMemory()
fillInventory(store, imaginedInventory(4000, 5))
let minutes = 0
const reading: Reading = {
  store,
  // Each opening is a new one: no list that is kept answers.
  now: () => imaginedNow + minutes++ * 60_000,
  about: { version: 'test', dataFolder: '', actor: 'test' },
  advisories: shippedAdvisories,
}

const open = (column: (typeof sortColumns)[number]) => () =>
  inventoryPage(reading, InventoryRequest.parse({ query: '', sort: [{ column, descending: true }] }))
const questions: readonly (readonly [string, () => unknown])[] = [
  ['all facets', () => inventoryFacets(reading, { query: '', most: 5 })],
  ['facets of few', () => inventoryFacets(reading, { query: 'models>1000', most: 5 })],
  ['a blast radius', () => blastRadius(reading, { query: '', most: 5 })],
  ...sortColumns.map(column => [`opening by ${column}`, open(column)] as const),
]

describe('an answer nobody wants any more', () => {
  it.each(questions)('is broken off within the statement that reads the inventory: %s', (_, ask) => {
    let asked = 0
    watchGivingUp(store, () => ++asked === 3)
    expect(ask).toThrow(GivenUp)
    // It did not go through the rest of the rows, and asks no more.
    expect(asked).toBe(3)
    expect(store.connection.inTransaction).toBe(false)
    watchGivingUp(store, () => false)
    expect(ask()).toMatchObject({ ok: true })
  })
})
