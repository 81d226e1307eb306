import * as z from 'zod'
import { IsoInstant } from './instant.ts'
import { PolicyRule, RuleTest } from './policy.ts'

/**
 * What a rule would say, so many instances at a time: whoever asks adds the pieces up, shows how far it is, and stops
 * asking when nobody wants to know any more.
 */
export const PreviewRequest = z.object({
  /** The rule as JSON. */
  text: z.string().max(200_000),
  /** A query: only instances it finds. */
  scope: z.string().max(4000).default(''),
  /** The last instance of the piece before; 0: from the beginning. */
  after: z.int().nonnegative().default(0),
  /** From when on the past is looked at. */
  since: IsoInstant,
  limit: z.int().min(1).max(2000).default(500),
})
export type PreviewRequest = z.infer<typeof PreviewRequest>

export const PreviewPiece = z.object({
  /** Problem and cases of the rule. */
  test: RuleTest,
  instances: z.int().nonnegative(),
  broken: z.int().nonnegative(),
  unknown: z.int().nonnegative(),
  /** How often what scans saw since then turned to breaking the rule, what is so now included. */
  times: z.int().nonnegative(),
  /** null: that was all. */
  next: z.int().nullable(),
  /** Of how many. */
  total: z.int().nonnegative(),
})
export type PreviewPiece = z.infer<typeof PreviewPiece>

/** Instances a rule is broken at, and unknown for, as last judged. */
export const RuleCount = z.object({
  key: z.string(),
  broken: z.int().nonnegative(),
  unknown: z.int().nonnegative(),
})
export type RuleCount = z.infer<typeof RuleCount>

export const RuleVersion = z.object({
  number: z.int().positive(),
  at: IsoInstant,
  actor: z.string(),
  rule: PolicyRule,
})
export type RuleVersion = z.infer<typeof RuleVersion>
