import { succeed } from '#shared/result.ts'
import { completeQuery, inventoryFacets } from '../../services/facets.ts'
import { showInstance } from '../../services/instances.ts'
import { exportInventory, inventoryList, inventoryPage } from '../../services/inventory.ts'
import { inventoryOutline } from '../../services/inventory-outline.ts'
import { deleteView, listViews, renameView, saveView } from '../../services/views.ts'
import type { CommandHandlers, QueryHandlers } from '../kinds.ts'

export const inventoryQueries: QueryHandlers<
  | 'inventory.page'
  | 'inventory.outline'
  | 'inventory.list'
  | 'inventory.facets'
  | 'inventory.complete'
  | 'inventory.export'
  | 'instance.show'
  | 'view.list'
> = {
  'inventory.page': inventoryPage,
  'inventory.outline': inventoryOutline,
  'inventory.list': (reading, { query, riskiestFirst }) => inventoryList(reading, query, riskiestFirst),
  'inventory.facets': inventoryFacets,
  'inventory.complete': (reading, request) => succeed(completeQuery(reading, request)),
  'inventory.export': exportInventory,
  'instance.show': (reading, { instance }) => showInstance(reading, instance),
  'view.list': reading => succeed(listViews(reading)),
}

export const inventoryCommands: CommandHandlers<'view.save' | 'view.rename' | 'view.delete'> = {
  'view.save': { run: saveView },
  'view.rename': { run: renameView },
  'view.delete': { run: (transaction, { name }) => deleteView(transaction, name) },
}
