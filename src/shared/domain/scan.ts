import * as z from 'zod'
import { ScanId } from '../ids.ts'
import { Failure } from '../result.ts'
import { AdvisoryEdition } from './advisory-match.ts'
import { IsoInstant } from './instant.ts'
import { ProfileName } from './profile.ts'
import { Vantage } from './vantage.ts'

export const scanStatuses = ['running', 'finished', 'stopped', 'failed'] as const
export const ScanStatus = z.enum(scanStatuses)
export type ScanStatus = z.infer<typeof ScanStatus>

const count = z.int().nonnegative()

/** `targets` is the sum of the six outcomes; excluded addresses are no targets and are counted beside them. */
export const Coverage = z.object({
  targets: count,
  answered: count,
  refused: count,
  silent: count,
  unreachable: count,
  failed: count,
  notReached: count,
  excluded: count,
})
export type Coverage = z.infer<typeof Coverage>

export const InstanceCounts = z.object({ seen: count, new: count, changed: count, missing: count })
export type InstanceCounts = z.infer<typeof InstanceCounts>

export const RequestCounts = z.object({ total: count, byKind: z.record(z.string(), count) })
export type RequestCounts = z.infer<typeof RequestCounts>

export const ScanHead = z.object({
  id: ScanId,
  status: ScanStatus,
  startedAt: IsoInstant,
  finishedAt: IsoInstant.nullable(),
  durationMs: count,
  vantage: Vantage.nullable(),
  /** Why a scan stopped or failed before its end. */
  reason: z.string().nullable(),
})
export type ScanHead = z.infer<typeof ScanHead>

/** A scan with what it covered: the machine interface's shape. */
export const ScanReport = z.object({
  scan: ScanHead,
  coverage: Coverage,
  instances: InstanceCounts,
  requests: RequestCounts,
})
export type ScanReport = z.infer<typeof ScanReport>

/** One authorised piece a scan set out to visit, frozen with it, and what became of it. */
export const PlannedRange = z.object({
  rangeId: z.int(),
  site: z.string(),
  block: z.string(),
  ports: z.array(z.int()),
  authorisedBy: z.string(),
  reference: z.string(),
  validUntil: z.string(),
  coverage: Coverage,
})
export type PlannedRange = z.infer<typeof PlannedRange>

export const ScanDetail = ScanReport.extend({
  ranges: z.array(PlannedRange),
  exclusions: z.array(z.string()),
  /** Networks in which everything answered, and the same: tarpits. Nothing there is an instance. */
  tarpits: z.array(z.string()),
  profile: ProfileName,
  rate: count,
  userAgent: z.string(),
  startedBy: z.string(),
  /** The advisories in force when it began. */
  advisories: AdvisoryEdition,
  /** Whether everything it asked and was answered has been kept: `scan.explanation`. */
  explained: z.boolean(),
})
export type ScanDetail = z.infer<typeof ScanDetail>

/** What a running scan tells while it runs, several times a second. */
export const ScanProgress = z.object({
  id: ScanId,
  /**
   * `paused` by a person; `held`: this machine is not in the network the scan was planned in; `waiting` for a scan window.
   */
  phase: z.enum(['sweeping', 'paused', 'held', 'waiting', 'asking-details', 'finishing']),
  targets: count,
  visited: count,
  answered: count,
  found: count,
  requests: count,
  /** Targets a second over the last few seconds. */
  rate: z.number().nonnegative(),
  elapsedMs: count,
  /** null: too early to say. */
  remainingMs: count.nullable(),
})
export type ScanProgress = z.infer<typeof ScanProgress>

export const ScanRequest = z.object({
  /** Blocks inside registered ranges; absent: every range in force. */
  ranges: z.array(z.string().max(100)).max(1000).optional(),
  site: z.string().max(120).optional(),
  ports: z.array(z.int()).max(1000).optional(),
  /** Default: normal. */
  profile: ProfileName.optional(),
  /** Connection attempts per second; default: the profile's. */
  rate: z.int().optional(),
  confirmVantage: z.boolean().optional(),
  /** Where a window is closed: wait for it, instead of leaving the range out or ending there. */
  wait: z.boolean().optional(),
  /** Keeps everything that was asked and answered; `ranges` then names one address. */
  explain: z.boolean().optional(),
  /** Visits only what imports name inside the ranges, on the ports of the ranges. */
  candidates: z.boolean().optional(),
})
export type ScanRequest = z.infer<typeof ScanRequest>

/** A scan that began, and the ranges it left out with the reason. */
export const ScanStarted = z.object({
  id: ScanId,
  targets: count,
  leftOut: z.array(z.object({ block: z.string(), site: z.string(), failure: Failure })),
})
export type ScanStarted = z.infer<typeof ScanStarted>
