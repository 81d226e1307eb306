import * as z from 'zod'
import { ExceptionId, FindingId, InstanceId } from '../ids.ts'
import { IsoDate, IsoInstant } from './instant.ts'

export const exceptionStatuses = ['requested', 'approved', 'rejected', 'expired', 'lapsed'] as const
export const ExceptionStatus = z.enum(exceptionStatuses)
export type ExceptionStatus = z.infer<typeof ExceptionStatus>

const statement = z.string().trim().max(4000)

/** Leave to break a rule for a while. It always ends. */
export const ExceptionRequest = z.object({
  finding: FindingId,
  reason: statement,
  /** What keeps the risk down meanwhile. */
  control: statement,
  expires: z.string().max(20),
  /** Who answers for it; absent: who answers for the instance, else who asks. */
  owner: z.string().trim().max(320).optional(),
})
export type ExceptionRequest = z.infer<typeof ExceptionRequest>

/** So many exceptions can be asked for with one command: each is signed. */
export const mostExceptions = 1000

/** The same for many findings. */
export const ExceptionsRequest = ExceptionRequest.omit({ finding: true }).extend({
  findings: z.array(FindingId).min(1).max(mostExceptions),
  /** Nothing is done if one of them has moved since. */
  seenAt: IsoInstant,
})
export type ExceptionsRequest = z.infer<typeof ExceptionsRequest>

/** The two add up to those named. */
export const ExceptionsRequested = z.object({
  requested: z.int().nonnegative(),
  /** Not open, or asked for already. */
  refused: z.int().nonnegative(),
  /** The last day they would hold: that asked for, or the latest there may be. */
  expiresOn: IsoDate,
})
export type ExceptionsRequested = z.infer<typeof ExceptionsRequested>

export const Exception = z.object({
  id: ExceptionId,
  finding: FindingId,
  instanceId: InstanceId,
  address: z.string(),
  port: z.int(),
  rule: z.string(),
  subject: z.string(),
  status: ExceptionStatus,
  /** In force and ends within 30 days. */
  isExpiring: z.boolean(),
  reason: z.string(),
  control: z.string(),
  owner: z.string(),
  /** Inclusive. */
  expiresOn: IsoDate,
  requestedBy: z.string(),
  requestedAt: IsoInstant,
  decidedBy: z.string().nullable(),
  decidedAt: IsoInstant.nullable(),
  endedAt: IsoInstant.nullable(),
  /** What ended it: the date, or what changed. */
  endReason: z.string().nullable(),
})
export type Exception = z.infer<typeof Exception>
