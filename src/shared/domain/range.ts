import * as z from 'zod'
import { RangeId, SiteId } from '../ids.ts'
import { IsoDate, IsoInstant } from './instant.ts'
import { ScanWindow } from './scan-window.ts'

/** What kind of network a range is. */
export const zones = ['client', 'server', 'dmz', 'guest', 'lab', 'public', 'unknown'] as const
export const Zone = z.enum(zones)
export type Zone = z.infer<typeof Zone>

export const defaultPort = 11434
export const Port = z.int().min(1).max(65535)

const statement = z.string().trim().max(500)

/** Who allowed the range to be scanned, on what paper, until when (inclusive). */
export const Authorisation = z.object({ by: z.string(), reference: z.string(), validUntil: IsoDate })
export type Authorisation = z.infer<typeof Authorisation>

/** What a person fills in. Blocks are text until the range service reads them, so that the error can name the mistake. */
export const RangeInput = z.object({
  block: z.string().max(100),
  site: z.string().max(120),
  authorisedBy: statement,
  reference: statement,
  /** Default: one year. A past date is stored; the scan refuses it. */
  validUntil: z.string().max(20).optional(),
  zone: z.string().max(20).optional(),
  /** Empty or absent: 11434. */
  ports: z.array(z.int()).max(1000).optional(),
  exclusions: z.array(z.string().max(100)).max(10_000).optional(),
  /** When it may be scanned, `mon-fri 20:00-06:00; sat,sun 00:00-24:00` in local time; '': always. */
  windows: z.string().max(500).optional(),
  /** Connection attempts per second for one /24 of it; null: as the scan's profile says. */
  networkRate: z.number().nullable().optional(),
  /** The addresses to visit of an IPv6 prefix that is too large to enumerate. */
  candidates: z.array(z.string().max(100)).max(100_000).optional(),
  confirmPublic: z.boolean().optional(),
})
export type RangeInput = z.infer<typeof RangeInput>

/** Absent fields stay as they are. Block and site never change: what was seen there belongs to them. */
export const RangeEdit = RangeInput.omit({ block: true, site: true }).partial().extend({ id: RangeId })
export type RangeEdit = z.infer<typeof RangeEdit>

export const Range = z.object({
  id: RangeId,
  siteId: SiteId,
  site: z.string(),
  block: z.string(),
  first: z.string(),
  last: z.string(),
  /** How many addresses are visited: all of the block, or the candidates. */
  addressCount: z.int().nonnegative(),
  zone: Zone,
  ports: z.array(Port).min(1),
  exclusions: z.array(z.string()),
  windows: z.array(ScanWindow).nullable(),
  /** Whether a window is open now. */
  windowOpen: z.boolean(),
  networkRate: z.number().positive().nullable(),
  candidates: z.array(z.string()).nullable(),
  authorisation: Authorisation,
  /** Whether the authorisation is in force today. */
  inForce: z.boolean(),
  public: z.boolean(),
  createdAt: IsoInstant,
  /** When a finished scan last covered the whole range; null: never. */
  lastCoveredAt: IsoInstant.nullable(),
})
export type Range = z.infer<typeof Range>
