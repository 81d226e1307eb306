import * as z from 'zod'
import { type Severity, severities } from './exposure.ts'
import { InventoryRequest } from './inventory.ts'

/** Asked like a page, but for many more rows at once. */
export const OutlineRequest = InventoryRequest.extend({
  /** At most so many rows. */
  limit: z.int().min(1).max(10_000).default(4000),
})
export type OutlineRequest = z.infer<typeof OutlineRequest>

/**
 * The least there is to say of each row, for whoever passes by faster than pages come. Two texts instead of thousands of
 * objects: every row on its way to a screen is copied between processes three times.
 */
export const InventoryOutline = z.object({
  /** Of the list, as in a page. */
  version: z.int(),
  total: z.int().nonnegative(),
  /** Addresses with their ports, each ended by a line break; empty: a row that is no longer there. */
  places: z.string(),
  /** For each row the place of its severity among `severities`, a digit. */
  levels: z.string(),
})
export type InventoryOutline = z.infer<typeof InventoryOutline>

export interface OutlineRow {
  readonly place: string
  readonly severity: Severity
}

/** The rows of an outline, in order; null: no longer there. */
export function outlineRows({
  places,
  levels,
}: Pick<InventoryOutline, 'places' | 'levels'>): (OutlineRow | null)[] {
  const lines = places.split('\n')
  return Array.from(levels, (level, index) => {
    const place = lines[index] ?? ''
    const severity = severities[Number(level)]
    return place === '' || severity === undefined ? null : { place, severity }
  })
}
