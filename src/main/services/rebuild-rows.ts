import { instanceIds } from '../store/instances.ts'
import { rowLayout } from '../store/inventory-columns.ts'
import { dropRows, inventoryState, setLayout } from '../store/inventory-rows.ts'
import { transaction, type WritableStore } from '../store/statement.ts'
import { refreshInstance } from './instance-summary.ts'

/** So many instances are one transaction: readers are never held up for long. */
const perTransaction = 200

/** Builds what queries see anew where the file was written by another layout of it, or has none yet. */
export function bringRowsUpToDate(store: WritableStore): void {
  if (inventoryState(store, {})?.layout !== rowLayout) rebuildRows(store)
}

/** All of it is derived: dropped and built anew it is the same. */
export function rebuildRows(store: WritableStore): void {
  transaction(store, () => dropRows(store))
  const ids = instanceIds(store, {}).map(({ id }) => id)
  for (let start = 0; start < ids.length; start += perTransaction) {
    transaction(store, () => {
      for (const id of ids.slice(start, start + perTransaction)) refreshInstance(store, id)
    })
  }
  transaction(store, () => setLayout(store, { layout: rowLayout }))
}
