import type { InventoryPageRow } from '#shared/domain/inventory.ts'
import type { InstanceRecord } from '../store/instances.ts'
import type { ReadableStore } from '../store/statement.ts'
import { endpointFacts, modelsOf } from './instance-summary.ts'
import { rowOf } from './row-of.ts'

/** A row of the inventory, put together from the instance's own columns and its endpoints. */
export function instanceRow(store: ReadableStore, record: InstanceRecord): InventoryPageRow {
  const endpoints = endpointFacts(store, record.id)
  return rowOf(record, endpoints, modelsOf(store, endpoints))
}
