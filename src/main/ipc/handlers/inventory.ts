import { succeed } from '#shared/result.ts'
import { showInstance } from '../../services/instances.ts'
import { exportInventory, inventoryList, inventoryPage } from '../../services/inventory.ts'
import type { QueryHandlers } from '../kinds.ts'

export const inventoryQueries: QueryHandlers<
  'inventory.page' | 'inventory.list' | 'inventory.export' | 'instance.show'
> = {
  'inventory.page': (reading, request) => succeed(inventoryPage(reading, request)),
  'inventory.list': (reading, { riskiestFirst }) => succeed(inventoryList(reading, riskiestFirst)),
  'inventory.export': reading => succeed(exportInventory(reading)),
  'instance.show': (reading, { instance }) => showInstance(reading, instance),
}
