import * as z from 'zod'
import { IsoInstant } from './instant.ts'

export const heatmapKinds = [
  'site-exposure',
  'owner-severity',
  'likelihood-impact',
  'calendar',
  'address-space',
] as const
export const HeatmapKind = z.enum(heatmapKinds)
export type HeatmapKind = z.infer<typeof HeatmapKind>

/** Exposure as a column: how open, and where it is open, whether it can call tools. */
export const exposureClasses = [
  'open-tools',
  'open-tools-unknown',
  'open',
  'unknown',
  'auth-required',
  'forbidden',
] as const
export type ExposureClass = (typeof exposureClasses)[number]

export const Heatmap = z.object({
  rows: z.array(z.string()),
  columns: z.array(z.string()),
  /** Those that are not empty. `query` finds exactly `value` rows of the inventory. */
  cells: z.array(
    z.object({ row: z.string(), column: z.string(), value: z.int().nonnegative(), query: z.string() }),
  ),
})
export type Heatmap = z.infer<typeof Heatmap>

/** The authorised addresses along a Hilbert curve: neighbours stay neighbours. */
export const AddressMap = z.object({
  /** Cells along one side: a power of two. */
  side: z.int(),
  /** So many networks (/24, in IPv6 /120) are one cell. */
  networksPerCell: z.int(),
  ranges: z.array(z.object({ site: z.string(), block: z.string(), first: z.int(), count: z.int() })),
  /** Cells with instances, by their place along the curve. */
  cells: z.array(
    z.object({
      at: z.int(),
      count: z.int(),
      unowned: z.int(),
      level: z.enum(['critical', 'high', 'medium', 'low', 'none']),
      site: z.string(),
      block: z.string(),
      query: z.string(),
    }),
  ),
  /** Cells all of whose networks were looked at by the newest scan that planned them: bits, base64. */
  covered: z.string(),
  networks: z.int(),
  coveredNetworks: z.int(),
  lastScanAt: IsoInstant.nullable(),
})
export type AddressMap = z.infer<typeof AddressMap>
