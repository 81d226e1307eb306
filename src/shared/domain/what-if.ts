import * as z from 'zod'
import { Severity } from './exposure.ts'
import { ControlState } from './framework.ts'
import { Localized } from './policy.ts'

/** What could be done, or happen. Nothing of it is stored. */
export const WhatIf = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('close-site'), site: z.string().max(200) }),
  z.object({ kind: z.literal('min-version'), version: z.string().max(100) }),
  z.object({ kind: z.literal('guard'), query: z.string().max(100_000) }),
  z.object({ kind: z.literal('revoke'), exception: z.int().positive() }),
  z.object({ kind: z.literal('broken'), query: z.string().max(100_000) }),
])
export type WhatIf = z.infer<typeof WhatIf>

const bySeverity = z.record(Severity, z.int().nonnegative())

/** How the whole inventory stands. */
export const Standing = z.object({
  instances: z.int(),
  scores: z.object({ sum: z.int(), mean: z.number(), max: z.int() }),
  levels: bySeverity,
  findings: z.object({ open: z.int(), bySeverity }),
})
export type Standing = z.infer<typeof Standing>

export const WhatIfAnswer = z.object({
  before: Standing,
  after: Standing,
  /** Whom it concerns: the query finds exactly so many; null: no query says it. */
  affected: z.object({ count: z.int(), query: z.string().nullable() }),
})
export type WhatIfAnswer = z.infer<typeof WhatIfAnswer>

const byState = z.record(ControlState, z.int().nonnegative())

/** How the controls of one framework would stand; `changed`: those whose state would be another. */
export const ControlsUnder = z.object({
  framework: z.string(),
  name: Localized,
  before: byState,
  after: byState,
  changed: z.array(z.object({ id: z.string(), title: Localized, before: ControlState, after: ControlState })),
})
export type ControlsUnder = z.infer<typeof ControlsUnder>
