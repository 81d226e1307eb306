import * as z from 'zod'
import { InstanceId, OwnerId } from '../ids.ts'
import { Severity } from './exposure.ts'
import { IsoDate, IsoInstant } from './instant.ts'
import { Duty } from './owner.ts'
import { BulkResult, Ownership, OwnershipState, ownershipStates } from './ownership.ts'
import { Zone } from './range.ts'

/** A line of the triage queue. */
export const TriageRow = z.object({
  instance: InstanceId,
  site: z.string(),
  zone: Zone,
  address: z.string(),
  port: z.int(),
  product: z.string(),
  hostnames: z.array(z.string()),
  severity: Severity,
  firstSeenAt: IsoInstant,
  /** Whole days since it was first seen: how long nobody has answered for it. */
  ageDays: z.int().nonnegative(),
  /** Nobody answers for it, for longer than the organisation allows. */
  isEscalated: z.boolean(),
  /** Somebody was to have taken it on by a day that is past. */
  isOverdue: z.boolean(),
  ownership: Ownership,
})
export type TriageRow = z.infer<typeof TriageRow>

/** What of the queue is asked for. */
export const TriageFilter = z.object({
  states: z.array(OwnershipState).max(5).default([]),
  /** In the query language of the inventory. */
  query: z.string().max(100_000).default(''),
  /** Assigned or proposed to. */
  owner: OwnerId.nullable().default(null),
  only: z.enum(['escalated', 'overdue']).nullable().default(null),
})
export type TriageFilter = z.infer<typeof TriageFilter>

export const TriageRequest = TriageFilter.extend({
  /** `age`: the oldest first. `confidence`: the surest proposal first. `due`: what is due first. */
  sort: z.enum(['age', 'confidence', 'due']).default('age'),
  start: z.int().nonnegative().default(0),
  limit: z.int().min(0).max(500).default(100),
})
export type TriageRequest = z.infer<typeof TriageRequest>

export const TriagePage = z.object({
  /** The state of the queue: it rises with every change of it. */
  version: z.int(),
  total: z.int().nonnegative(),
  rows: z.array(TriageRow),
})
export type TriagePage = z.infer<typeof TriagePage>

const counts = Object.fromEntries(ownershipStates.map(state => [state, z.int().nonnegative()]))

/** How many instances stand where, whatever is filtered by state. */
export const TriageSummary = z.object({
  version: z.int(),
  counts: z.object(counts as Record<OwnershipState, z.ZodInt>),
  escalated: z.int().nonnegative(),
  overdue: z.int().nonnegative(),
  /** After so many days without an owner an instance is escalated: the parameter of the rule `unowned`; null: there is no such rule. */
  escalateAfterDays: z.int().nullable(),
  /** Instances whose place in the queue is still being worked out. */
  pending: z.int().nonnegative(),
})
export type TriageSummary = z.infer<typeof TriageSummary>

export const bulkSteps = ['assign', 'accept', 'reject', 'acknowledge', 'dispute', 'release'] as const

/** The same for everything a filter finds, as it stood when the person saw how many that is. */
export const TriageBulk = z.object({
  filter: TriageFilter,
  /** Of the list the person saw: another one is refused. */
  version: z.int(),
  count: z.int().nonnegative(),
  step: z.enum(bulkSteps),
  /** Of `assign`: id, e-mail address or id in the directory. */
  owner: z.string().max(320).default(''),
  duty: Duty.default('technical'),
  note: z.string().trim().max(2000).default(''),
  dueOn: IsoDate.nullable().default(null),
})
export type TriageBulk = z.infer<typeof TriageBulk>
export { BulkResult }

/** One step an ownership took. */
export const OwnershipEvent = z.object({
  at: IsoInstant,
  actor: z.string(),
  duty: Duty,
  step: z.enum(['assign', 'accept', 'reject', 'acknowledge', 'dispute', 'release', 'merge']),
  state: OwnershipState,
  owner: z.string().nullable(),
  note: z.string(),
})
export type OwnershipEvent = z.infer<typeof OwnershipEvent>
