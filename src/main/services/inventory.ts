import type { InstanceRow } from '#shared/domain/instance.ts'
import type { InventoryPage, InventoryRequest } from '#shared/domain/inventory.ts'
import { inventoryCsv } from '../exchange/inventory-csv.ts'
import { countMatching, type InstanceQuery, type InstanceRecord, listInstances } from '../store/instances.ts'
import type { Reading } from './context.ts'
import { instanceRow, severityOfRecord } from './instance-rows.ts'
import { ownershipBasis } from './ownership.ts'

/** One page of the inventory, with the number of rows that match in all. */
export function inventoryPage({ store }: Reading, request: InventoryRequest): InventoryPage {
  const words = request.text.toLowerCase().split(/\s+/)
  const query: InstanceQuery = { words: words.filter(word => word !== ''), sort: request.sort }
  const records = listInstances(store, query, request.start, request.limit)
  const basis = ownershipBasis(store, false)
  return {
    total: countMatching(store, query),
    rows: records.map(record => ({
      ...instanceRow(store, record, basis),
      severity: severityOfRecord(record),
    })),
  }
}

/** Every row, by site, address and port; or the riskiest first. */
export function inventoryList({ store }: Reading, riskiestFirst: boolean): InstanceRow[] {
  const sort = riskiestFirst ? [{ column: 'risk' as const, descending: false }] : []
  const all: InstanceRecord[] = listInstances(store, { words: [], sort }, 0, -1)
  const basis = ownershipBasis(store, false)
  return all.map(record => instanceRow(store, record, basis))
}

/** The whole inventory as a file's text. */
export function exportInventory(reading: Reading): string {
  return inventoryCsv(inventoryList(reading, false))
}
