import * as z from 'zod'
import { FindingId, InstanceId } from '../ids.ts'
import { Finding, FindingStatus, FindingStep } from './finding.ts'
import { IsoInstant } from './instant.ts'

/** Columns findings can be ordered by. */
export const findingColumns = ['severity', 'rule', 'address', 'status', 'openedAt', 'dueAt', 'owner'] as const
export const FindingColumn = z.enum(findingColumns)
export type FindingColumn = z.infer<typeof FindingColumn>

export const FindingSort = z.object({ column: FindingColumn, descending: z.boolean() })
export type FindingSort = z.infer<typeof FindingSort>

export const FindingPageRequest = z.object({
  /** In the query language, over fields of the finding and of its instance. */
  query: z.string().max(100_000).default(''),
  /** Of an earlier page: rows stay where they are while scans write. */
  version: z.int().optional(),
  /** Default: the most severe and oldest first. */
  sort: z.array(FindingSort).max(3).default([]),
  /** Findings of one rule at one instance (a version in several advisories) are one row. */
  grouped: z.boolean().default(false),
  start: z.int().nonnegative().default(0),
  limit: z.int().min(0).max(5000).default(100),
})
export type FindingPageRequest = z.infer<typeof FindingPageRequest>

export const FindingPageRow = Finding.extend({
  site: z.string(),
  /** How many findings of the list the row stands for, and about what; at most twenty are named. */
  count: z.int().positive(),
  subjects: z.array(z.string()),
})
export type FindingPageRow = z.infer<typeof FindingPageRow>

export const FindingPage = z.object({
  version: z.int(),
  /** Rows. */
  total: z.int().nonnegative(),
  /** Findings: more than rows where they are grouped. */
  findings: z.int().nonnegative(),
  rows: z.array(FindingPageRow),
})
export type FindingPage = z.infer<typeof FindingPage>

/** So many findings can be moved with one command. */
export const mostAtOnce = 10_000

export const FindingSelectionRequest = z.object({
  query: z.string().max(100_000).default(''),
  /** Only these of what the query finds; absent: all of it. */
  rows: z.array(FindingId).max(mostAtOnce).optional(),
  /** All but these. */
  except: z.array(FindingId).max(mostAtOnce).default([]),
  /** Each row stands for all findings of its rule at its instance. */
  grouped: z.boolean().default(false),
})
export type FindingSelectionRequest = z.infer<typeof FindingSelectionRequest>

/** Which findings a query finds, to do something with all of them. */
export const FindingSelection = z.object({
  total: z.int().nonnegative(),
  /** At most so many as can be moved at once. */
  findings: z.array(z.object({ id: FindingId, instance: InstanceId, status: FindingStatus })),
  /** When they were so. */
  at: IsoInstant,
})
export type FindingSelection = z.infer<typeof FindingSelection>

export const FindingsMove = z.object({
  ids: z.array(FindingId).min(1).max(mostAtOnce),
  step: FindingStep,
  /** Nothing is done if one of them has moved since. */
  seenAt: IsoInstant,
})
export type FindingsMove = z.infer<typeof FindingsMove>

/** The two add up to those named. */
export const FindingsMoved = z.object({
  moved: z.int().nonnegative(),
  /** From where they are, the step cannot be taken. */
  refused: z.int().nonnegative(),
})
export type FindingsMoved = z.infer<typeof FindingsMoved>
