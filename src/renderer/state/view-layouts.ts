import * as z from 'zod'
import type { StoreApi } from 'zustand/vanilla'
import { GridLayout } from './grid-layout.ts'
import { createRemembered, type Memory } from './remembered.ts'

/** How the columns are in each saved view, by its name; a view that is not in it is as it was saved. */
const ViewLayouts = z.record(z.string(), GridLayout)
export type ViewLayoutsStore = StoreApi<z.infer<typeof ViewLayouts>>

export function createViewLayouts(memory: Memory, grid: string): ViewLayoutsStore {
  return createRemembered(memory, `paddock.grid.${grid}.views`, ViewLayouts, {})
}
