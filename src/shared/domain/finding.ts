import * as z from 'zod'
import { FindingId, InstanceId, ScanId } from '../ids.ts'
import { Severity } from './exposure.ts'
import { IsoInstant } from './instant.ts'

/** The life of a finding. The first four are its way; each other end has its own name. */
export const findingStatuses = [
  'open',
  'in-remediation',
  'awaiting-verification',
  'resolved',
  'excepted',
  'withdrawn',
  'merged',
  'retired',
  'dormant',
  'not-verifiable',
] as const
export const FindingStatus = z.enum(findingStatuses)
export type FindingStatus = z.infer<typeof FindingStatus>

/** Counted as open: somebody has to do something. */
export const openStatuses = ['open', 'in-remediation', 'awaiting-verification', 'not-verifiable'] as const

/** What people may do, from where to where. Everything else is done by what scans see. */
export const findingSteps = ['start', 'fixed', 'reopen', 'retire'] as const
export const FindingStep = z.enum(findingSteps)
export type FindingStep = z.infer<typeof FindingStep>

export const findingTransitions = {
  open: { start: 'in-remediation', fixed: 'awaiting-verification', retire: 'retired' },
  'in-remediation': { fixed: 'awaiting-verification', reopen: 'open', retire: 'retired' },
  'awaiting-verification': { reopen: 'open', retire: 'retired' },
  resolved: {},
  excepted: { retire: 'retired' },
  withdrawn: {},
  merged: {},
  retired: { reopen: 'open' },
  dormant: { retire: 'retired' },
  'not-verifiable': { retire: 'retired' },
} as const satisfies Record<FindingStatus, Partial<Record<FindingStep, FindingStatus>>>

/** Where a step of a person leads; null: it cannot be taken from there. */
export function afterFindingStep(status: FindingStatus, step: FindingStep): FindingStatus | null {
  const steps: Partial<Record<FindingStep, FindingStatus>> = findingTransitions[status]
  return steps[step] ?? null
}

/** Why a finding is where it is. */
export const FindingReason = z.enum([
  'broken',
  'returned',
  'still-broken',
  'satisfied',
  'not-listening',
  'removed',
  'part-gone',
  'exception-granted',
  'exception-over',
  'rule-changed',
  'gone',
  'invisible',
  'visible-again',
  'person',
])
export type FindingReason = z.infer<typeof FindingReason>

/** The observations a finding rests on, and what the rule asked of them. */
export const Evidence = z.object({
  scan: ScanId.nullable(),
  observedAt: IsoInstant,
  /** Spells: stretches of scans in which the ways into the instance looked the same. */
  observations: z.array(z.int()),
  facts: z.record(z.string(), z.unknown()),
})
export type Evidence = z.infer<typeof Evidence>

/** The record a broken verdict opens, in the machine interface's shape. */
export const Finding = z.object({
  id: FindingId,
  instanceId: InstanceId,
  address: z.string(),
  port: z.int(),
  rule: z.string(),
  /** What breaks the rule: `instance`, or the model, advisory or exception. */
  subject: z.string(),
  severity: Severity,
  status: FindingStatus,
  reason: FindingReason,
  openedAt: IsoInstant,
  statusAt: IsoInstant,
  /** null: the clock stands still, or the severity has none. */
  dueAt: IsoInstant.nullable(),
  owner: z.string().nullable(),
  evidence: Evidence,
})
export type Finding = z.infer<typeof Finding>

export const FindingEvent = z.object({
  at: IsoInstant,
  status: FindingStatus,
  reason: FindingReason,
  actor: z.string().nullable(),
})
export type FindingEvent = z.infer<typeof FindingEvent>

export const FindingDetail = Finding.extend({ site: z.string(), events: z.array(FindingEvent) })
export type FindingDetail = z.infer<typeof FindingDetail>

export const FindingRequest = z.object({
  /** In the query language, over fields of the finding and of its instance. */
  query: z.string().max(100_000).default(''),
  status: z.array(FindingStatus).optional(),
})
export type FindingRequest = z.infer<typeof FindingRequest>
