import * as z from 'zod'
import { Severity } from './exposure.ts'
import { InstanceRow } from './instance.ts'

/** Columns the inventory can be ordered by. */
export const sortColumns = [
  'risk',
  'site',
  'zone',
  'address',
  'product',
  'confidence',
  'version',
  'access',
  'cors',
  'models',
  'presence',
  'firstSeenAt',
  'lastSeenAt',
] as const
export const SortColumn = z.enum(sortColumns)
export type SortColumn = z.infer<typeof SortColumn>

export const InventoryRequest = z.object({
  /** Words that must all occur in the row: address, site, product, version, host name, model. */
  text: z.string().max(200).default(''),
  /** Default: site, address, port. */
  sort: z
    .array(z.object({ column: SortColumn, descending: z.boolean() }))
    .max(5)
    .default([]),
  start: z.int().nonnegative().default(0),
  /** At most so many rows. */
  limit: z.int().min(1).max(500).default(100),
})
export type InventoryRequest = z.infer<typeof InventoryRequest>

export const InventoryPageRow = InstanceRow.extend({ severity: Severity })
export type InventoryPageRow = z.infer<typeof InventoryPageRow>

export const InventoryPage = z.object({
  total: z.int().nonnegative(),
  rows: z.array(InventoryPageRow),
})
export type InventoryPage = z.infer<typeof InventoryPage>
