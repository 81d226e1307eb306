import * as z from 'zod'
import type { StoreApi } from 'zustand/vanilla'
import { createRemembered, type Memory } from './remembered.ts'

/** Which columns a grid shows, how wide and in which order; columns it does not name are as they come. */
export const GridLayout = z.object({
  order: z.array(z.string()),
  widths: z.record(z.string(), z.number()),
  hidden: z.record(z.string(), z.boolean()),
})
export type GridLayout = z.infer<typeof GridLayout>
export type GridLayoutStore = StoreApi<GridLayout>

const asItComes: GridLayout = { order: [], widths: {}, hidden: {} }

/** Remembered per grid. */
export function createGridLayout(memory: Memory, grid: string): GridLayoutStore {
  return createRemembered(memory, `paddock.grid.${grid}`, GridLayout, asItComes)
}
