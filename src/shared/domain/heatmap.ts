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

/** One place of the address map. `query` finds exactly `count` rows. */
export const MapCell = z.object({
  at: z.int(),
  count: z.int().nonnegative(),
  site: z.string(),
  /** A network, from the first to the last, or an address. */
  block: z.string(),
  query: z.string(),
})
export type MapCell = z.infer<typeof MapCell>

/** The authorised addresses along a Hilbert curve: neighbours stay neighbours. */
export const AddressMap = z.object({
  /** Cells along one side: a power of two. */
  side: z.int(),
  /** Cells along the curve that stand for something. */
  cellCount: z.int(),
  /** So many networks (/24, in IPv6 /120) are one cell; 1/256: each address is one. */
  networksPerCell: z.number(),
  ranges: z.array(z.object({ site: z.string(), block: z.string(), first: z.int(), count: z.int() })),
  /** Cells with instances, each list in the order of `at`; level: place in the list of severities, 0 is critical. */
  cells: z.object({
    at: z.array(z.int()),
    count: z.array(z.int()),
    unowned: z.array(z.int()),
    level: z.array(z.int()),
  }),
  /** Those with most instances. */
  fullest: z.array(MapCell),
  /** Cells (where each address is one: networks) looked at by a scan of the last 30 days: bits, base64. */
  covered: z.string(),
  networks: z.int(),
  coveredNetworks: z.int(),
  lastScanAt: IsoInstant.nullable(),
})
export type AddressMap = z.infer<typeof AddressMap>
