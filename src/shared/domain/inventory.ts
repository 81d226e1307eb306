import * as z from 'zod'
import { Severity } from './exposure.ts'
import { InstanceRow } from './instance.ts'

/** Columns the inventory can be ordered by. */
export const sortColumns = [
  'risk',
  'score',
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
  /** In the query language (docs/user-guide/query.md). */
  query: z.string().max(100_000).default(''),
  /**
   * Of an earlier page: rows stay where they are while scans write. An answer with another version is the beginning of a
   * new list, because the old one is no longer kept.
   */
  version: z.int().optional(),
  /** Default: site, address, port. */
  sort: z
    .array(z.object({ column: SortColumn, descending: z.boolean() }))
    .max(5)
    .default([]),
  start: z.int().nonnegative().default(0),
  /** At most so many rows; 0: only how many there are. */
  limit: z.int().min(0).max(500).default(100),
})
export type InventoryRequest = z.infer<typeof InventoryRequest>

export const InventoryPageRow = InstanceRow.extend({
  /** The level of the score; before it is judged, what its exposure says at first sight. */
  severity: Severity,
  /** 0 to 100; null: not judged yet. */
  score: z.int().min(0).max(100).nullable(),
})
export type InventoryPageRow = z.infer<typeof InventoryPageRow>

export const InventoryPage = z.object({
  /** The state of the data the list was opened with: it rises with every change. */
  version: z.int(),
  total: z.int().nonnegative(),
  rows: z.array(InventoryPageRow),
})
export type InventoryPage = z.infer<typeof InventoryPage>
