import * as z from 'zod'
import { HeldModel } from './held-model.ts'

/** Columns models can be ordered by. */
export const modelSortColumns = [
  'name',
  'digest',
  'instances',
  'family',
  'parameters',
  'size',
  'quantization',
  'licence',
  'source',
  'remote',
  'register',
  'drift',
  'firstSeenAt',
  'lastSeenAt',
] as const
export const ModelSortColumn = z.enum(modelSortColumns)
export type ModelSortColumn = z.infer<typeof ModelSortColumn>

export const ModelRequest = z.object({
  /** Models held by the instances this query finds. */
  query: z.string().max(100_000).default(''),
  /** Default: the most widespread first. */
  sort: z.object({ column: ModelSortColumn, descending: z.boolean() }).nullable().default(null),
  /** Of an earlier page: rows stay where they are while scans write, as long as that list is kept. */
  version: z.string().max(100).optional(),
  start: z.int().nonnegative().default(0),
  limit: z.int().min(0).max(500).default(100),
})
export type ModelRequest = z.infer<typeof ModelRequest>

export const ModelPage = z.object({
  version: z.string(),
  total: z.int().nonnegative(),
  /** Instances the query finds that hold a model. */
  instances: z.int().nonnegative(),
  rows: z.array(HeldModel),
})
export type ModelPage = z.infer<typeof ModelPage>
