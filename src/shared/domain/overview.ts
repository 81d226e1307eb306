import * as z from 'zod'
import { IsoInstant } from './instant.ts'

export const overviewFigures = [
  'present',
  'unowned',
  'openTools',
  'criticalFindings',
  'overdue',
  'expiringExceptions',
  'coverage',
  'newSinceLastScan',
  'persistentCore',
] as const
export const OverviewFigure = z.enum(overviewFigures)
export type OverviewFigure = z.infer<typeof OverviewFigure>

export const ActionKind = z.enum(['guard', 'origins', 'management', 'update', 'remote'])
export type ActionKind = z.infer<typeof ActionKind>

export const Overview = z.object({
  figures: z.array(
    z.object({
      name: OverviewFigure,
      /** Of the persistent core: when a scan last ended. It is left out until one has. */
      value: z.int().nonnegative(),
      /** Of so many; null: it is no share. */
      of: z.int().nonnegative().nullable(),
      /** Finds exactly so many rows of the inventory; null: they are no instances. */
      query: z.string().nullable(),
      /** After each scan since the first. */
      trend: z.array(z.object({ at: IsoInstant, value: z.int() })),
    }),
  ),
  levels: z.record(z.enum(['critical', 'high', 'medium', 'low', 'none']), z.int()),
  /** What takes most risk away, most first. */
  actions: z.array(
    z.object({
      kind: ActionKind,
      site: z.string(),
      instances: z.int(),
      /** By how much all scores together fall. */
      removed: z.int(),
      query: z.string(),
    }),
  ),
  changes: z.array(
    z.object({
      at: IsoInstant,
      kind: z.enum(['instance-new', 'finding-opened', 'finding-moved', 'tag-changed', 'scan-ended']),
      /** What it is about: an address, a scan, a model's name. */
      subject: z.string(),
      /** The key of the rule a finding is about. */
      rule: z.string().nullable(),
      /** Of so many that happened at once. */
      count: z.int(),
      detail: z.string(),
      instanceId: z.int().nullable(),
    }),
  ),
  scans: z.object({ count: z.int(), firstAt: IsoInstant.nullable(), lastAt: IsoInstant.nullable() }),
})
export type Overview = z.infer<typeof Overview>

export const ToolExposure = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      capabilities: z.array(z.string()),
      instances: z.int(),
      open: z.int(),
      since: IsoInstant,
      query: z.string(),
    }),
  ),
  instances: z.array(
    z.object({
      instanceId: z.int(),
      address: z.string(),
      port: z.int(),
      site: z.string(),
      access: z.string(),
      owner: z.string().nullable(),
      /** Who approved leave for it to be so. */
      acceptedBy: z.array(z.string()),
      since: IsoInstant,
      models: z.array(z.string()),
      score: z.int().nullable(),
    }),
  ),
  totalInstances: z.int(),
  combined: z.array(z.object({ combination: z.string(), instances: z.int(), query: z.string() })),
  share: z.object({ capable: z.int(), known: z.int() }),
  /** Another population, for orientation only. */
  study: z.object({ percent: z.int(), source: z.string() }),
  trend: z.array(z.object({ at: IsoInstant, value: z.int() })),
})
export type ToolExposure = z.infer<typeof ToolExposure>
