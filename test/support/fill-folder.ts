import { openStore } from '#main/store/open.ts'
import { fillInventory } from './fill-inventory.ts'
import { imaginedInventory } from './imagined-inventory.ts'

/** Makes a data folder with as many imagined instances as wanted, always the same ones. */
export function fillFolder(folder: string, count: number): void {
  const store = openStore(folder)
  if (!store.ok) throw new Error(store.failure.code)
  fillInventory(store.value, imaginedInventory(count, 3, 4))
  store.value.connection.close()
}
