import * as z from 'zod'
import { IsoInstant } from './instant.ts'
import { SortColumn } from './inventory.ts'

const Sort = z.array(z.object({ column: SortColumn, descending: z.boolean() })).max(5)
const Columns = z.array(z.string().max(40)).max(60).nullable()

/** A question somebody wants to ask again, with how the answer is shown. */
export const View = z.object({
  name: z.string(),
  query: z.string(),
  sort: Sort,
  /** null: the columns on show. */
  columns: Columns,
  savedAt: IsoInstant,
  savedBy: z.string(),
})
export type View = z.infer<typeof View>

/** Replaces the one of the same name. */
export const ViewInput = z.object({
  name: z.string().max(200),
  query: z.string().max(100_000),
  sort: Sort.default([]),
  columns: Columns.default(null),
})
export type ViewInput = z.infer<typeof ViewInput>

export const ViewRename = z.object({ name: z.string().max(200), to: z.string().max(200) })

export const ViewName = z.string().trim().min(1).max(80)
