import { describe, expect, it } from 'vitest'
import { inventoryPage } from '#main/services/inventory.ts'
import { inventoryOutline } from '#main/services/inventory-outline.ts'
import { dropRow } from '#main/store/inventory-rows.ts'
import { openMemory } from '#main/store/open.ts'
import { formatAddressPort } from '#shared/domain/address.ts'
import { InventoryRequest } from '#shared/domain/inventory.ts'
import { OutlineRequest, outlineRows } from '#shared/domain/inventory-outline.ts'
import type { Result } from '#shared/result.ts'
import { fillInventory } from '../support/fill-inventory.ts'
import { imaginedInventory, imaginedNow } from '../support/imagined-inventory.ts'
import { shippedAdvisories } from '../support/shipped-advisories.ts'

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

const store = openMemory()
fillInventory(store, imaginedInventory(400, 5, 5))
const reading = {
  store,
  now: () => imaginedNow,
  about: { version: 'test', dataFolder: '', actor: 'test' },
  advisories: shippedAdvisories,
}
const pageOf = (asked: object) => value(inventoryPage(reading, InventoryRequest.parse(asked)))
const outlineOf = (asked: object) => value(inventoryOutline(reading, OutlineRequest.parse(asked)))

describe('the outline of a list', () => {
  it.each([
    { query: '' },
    { query: 'access:open' },
    { query: 'tools:yes', sort: [{ column: 'risk', descending: false }] },
    { query: '', sort: [{ column: 'address', descending: true }] },
    { query: '', sort: [{ column: 'lastSeenAt', descending: true }], start: 37 },
  ])('says of each row what its page says: %o', asked => {
    const page = pageOf({ ...asked, limit: 500 })
    const outline = outlineOf({ ...asked, version: page.version })
    expect(outline).toMatchObject({ version: page.version, total: page.total })
    expect(outlineRows(outline)).toEqual(
      page.rows.map(({ address, port, severity }) => ({ place: formatAddressPort(address, port), severity })),
    )
  })

  it('is as long as was asked for, and empty where nothing is found', () => {
    expect(outlineRows(outlineOf({ query: '', start: 390, limit: 100 }))).toHaveLength(10)
    expect(outlineRows(outlineOf({ query: 'tag:nothing' }))).toEqual([])
  })

  it('refuses what no page could be had of', () => {
    expect(inventoryOutline(reading, OutlineRequest.parse({ query: 'acess:open' }))).toMatchObject({
      ok: false,
    })
  })

  it('keeps the places of the others where a row has gone since', () => {
    const { version, rows } = pageOf({ query: 'presence:present' })
    const before = outlineRows(outlineOf({ query: 'presence:present', version }))
    dropRow(store, rows[3]?.id ?? 0)
    const after = outlineOf({ query: 'presence:present', version })
    expect(after.version).toBe(version)
    expect(outlineRows(after)).toEqual(before.with(3, null))
  })
})
