import * as z from 'zod'
import { Severity } from './exposure.ts'
import { IsoInstant } from './instant.ts'

/** Where findings are told of. `secret` signs what is sent; absent: one is made up. */
export const WebhookInput = z.object({
  url: z.string().trim().min(1).max(2000),
  secret: z.string().min(16).max(500).optional(),
  leastSeverity: Severity.default('medium'),
  /** Whether addresses and what breaks the rule are sent along; without, an event names its finding by number. */
  personal: z.boolean().default(false),
})
export type WebhookInput = z.infer<typeof WebhookInput>

const count = z.int().nonnegative()

export const Webhook = z.object({
  id: z.int().positive(),
  url: z.string(),
  leastSeverity: Severity,
  personal: z.boolean(),
  createdAt: IsoInstant,
  createdBy: z.string(),
  waiting: count,
  delivered: count,
  failed: count,
  /** What went wrong last; null: nothing. */
  problem: z.string().nullable(),
})
export type Webhook = z.infer<typeof Webhook>

/** With the secret, which is shown this once. */
export const WebhookMade = Webhook.extend({ secret: z.string() })
export type WebhookMade = z.infer<typeof WebhookMade>

export const WebhookTested = z.object({ id: z.int().positive(), problem: z.string().nullable() })
export type WebhookTested = z.infer<typeof WebhookTested>

/** What goes wrong, in words for a log of another tool: `status 500`, a code of the network or of TLS. */
export type PostOutcome = { readonly problem: string | null }
export type Post = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
) => Promise<PostOutcome>
