import * as z from 'zod'
import { FindingId, InstanceId, ScanId } from '../ids.ts'
import { Presence, Severity } from './exposure.ts'
import { IsoInstant } from './instant.ts'
import { Persistence } from './persistence.ts'
import { Product, Suspected } from './product.ts'

/** What a fact can be in a comparison; null: unknown, or not there. */
export const FactValue = z.union([z.string(), z.number(), z.boolean()]).nullable()
export type FactValue = z.infer<typeof FactValue>

/**
 * One fact that differs. `model:<name>` holds digests, null where the model is not held; `model:<name>.pulledAt` the
 * instants of two pulls of the same content.
 */
export const FieldChange = z.object({ name: z.string(), from: FactValue, to: FactValue })
export type FieldChange = z.infer<typeof FieldChange>

/** An instance as a comparison or a list names it. */
export const InstanceName = z.object({
  instance: InstanceId,
  site: z.string(),
  address: z.string(),
  port: z.int(),
  product: Product,
  suspected: Suspected,
})
export type InstanceName = z.infer<typeof InstanceName>

export const ComparedScan = z.object({
  id: ScanId,
  startedAt: IsoInstant,
  finishedAt: IsoInstant.nullable(),
  status: z.string(),
})
export type ComparedScan = z.infer<typeof ComparedScan>

/** Why a comparison says nothing of a place: outside the plan, excluded, never reached, or no way there. */
export const MissedWhy = z.enum(['outside', 'excluded', 'not-reached', 'unreachable'])
export type MissedWhy = z.infer<typeof MissedWhy>

/**
 * Two scans side by side. Only what both looked at is compared: everything else that was there is in `notCovered`, so that
 * a short scan never makes anything new or gone.
 */
export const ScanDiff = z.object({
  from: ComparedScan,
  to: ComparedScan,
  new: z.array(InstanceName),
  changed: z.array(InstanceName.extend({ fields: z.array(FieldChange).min(1) })),
  /** `presence`: how its place answers now. */
  gone: z.array(InstanceName.extend({ presence: Presence })),
  /** Known before the first of the two scans, absent in it, there in the second. */
  returned: z.array(InstanceName.extend({ fields: z.array(FieldChange) })),
  notCovered: z.array(InstanceName.extend({ scans: z.array(ScanId).min(1), why: MissedWhy })),
})
export type ScanDiff = z.infer<typeof ScanDiff>

export const timelineKinds = [
  'first-seen',
  'changed',
  'presence',
  'moved',
  'linked',
  'unlinked',
  'decision',
  'ownership',
  'finding',
] as const
export type TimelineKind = (typeof timelineKinds)[number]
export const TimelineEvent = z.object({
  at: IsoInstant,
  kind: z.enum(timelineKinds),
  /** The scan that saw it; null: no scan did, a person decided it. */
  scan: ScanId.nullable(),
  /** The way in it was seen at, `http://10.0.0.1:11434`. */
  endpoint: z.string().nullable(),
  fields: z.array(FieldChange),
  /** Why the endpoint is the instance's (`terms:linkReason.<reason>`), or what was decided (`history:decided.<reason>`, its dot a dash). */
  reason: z.string().nullable(),
  actor: z.string().nullable(),
  /** Of a `finding`: which. Its `fields` say how its status moved, its reason is one of a finding's. */
  finding: z.object({ id: FindingId, rule: z.string(), subject: z.string(), severity: Severity }).nullable(),
})
export type TimelineEvent = z.infer<typeof TimelineEvent>

/** How long a state has lasted, and when a scan last confirmed it. */
export const PresenceClock = z.object({
  endpoint: z.string(),
  presence: Presence,
  since: IsoInstant,
  confirmedAt: IsoInstant,
  /** When something last answered there as this instance. */
  answeredAt: IsoInstant.nullable(),
})
export type PresenceClock = z.infer<typeof PresenceClock>

/** What a purge took away. */
export const HistoryPurged = z.object({
  spells: z.int().nonnegative(),
  snapshots: z.int().nonnegative(),
  /** null: history is kept for good. */
  before: IsoInstant.nullable(),
})
export type HistoryPurged = z.infer<typeof HistoryPurged>

export const Timeline = InstanceName.extend({
  clocks: z.array(PresenceClock),
  persistence: Persistence,
  /** Newest first. */
  events: z.array(TimelineEvent),
  /** Nothing older is kept; null: history is whole. */
  keptSince: IsoInstant.nullable(),
})
export type Timeline = z.infer<typeof Timeline>
