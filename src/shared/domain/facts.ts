import * as z from 'zod'

/**
 * What rules can ask about: the documented facts of an instance. A fact that is unknown is absent; what a rule makes of
 * it is then *unknown* too, unless the rest decides. `factDocs` in governance/facts.ts says what each one means.
 */
const EndpointFact = z.strictObject({
  port: z.int(),
  scheme: z.enum(['http', 'https']),
  tls: z.boolean(),
  access: z.enum(['open', 'auth-required', 'forbidden']).optional(),
})

const ModelFact = z.strictObject({
  name: z.string(),
  digest: z.string().optional(),
  family: z.string().optional(),
  quantization: z.string().optional(),
  sizeBytes: z.int().optional(),
  /** Whether it declares `tools`. */
  tools: z.boolean().optional(),
  capabilities: z.array(z.string()).optional(),
  /** Prompts to it are sent elsewhere. */
  remote: z.boolean(),
  remoteHost: z.string().optional(),
  /** The registry its name points to. */
  registry: z.string(),
  /** SPDX identifiers joined by AND; NONE: it carries no licence. */
  licence: z.string().optional(),
  /** Whether its licence forbids commercial use. */
  nonCommercial: z.boolean().optional(),
  approved: z.boolean().optional(),
  drifted: z.boolean().optional(),
  systemPromptReadable: z.boolean().optional(),
  uncensoredTemplate: z.boolean().optional(),
})
export type ModelFact = z.infer<typeof ModelFact>

const AdvisoryFact = z.strictObject({
  id: z.string(),
  severity: z.string(),
  affected: z.boolean().optional(),
})

const ExceptionFact = z.strictObject({
  id: z.int(),
  rule: z.string(),
  status: z.string(),
})

export const Facts = z.strictObject({
  version: z.string().optional(),
  instance: z.strictObject({
    product: z.string(),
    suspected: z.string(),
    confidence: z.int(),
    ageDays: z.int(),
    toolCalling: z.boolean().optional(),
    cloudDisabled: z.boolean().optional(),
    hostNames: z.array(z.string()),
  }),
  exposure: z.strictObject({
    access: z.enum(['open', 'auth-required', 'forbidden']).optional(),
    unauthenticated: z.boolean().optional(),
    originsOpen: z.boolean().optional(),
    managementReachable: z.boolean().optional(),
    foreignHostAccepted: z.boolean().optional(),
    plainText: z.boolean().optional(),
    publicAddress: z.boolean(),
  }),
  endpoints: z.array(EndpointFact),
  models: z.array(ModelFact).optional(),
  advisories: z.array(AdvisoryFact).optional(),
  exceptions: z.array(ExceptionFact),
  owner: z.strictObject({
    isOwned: z.boolean(),
    isAcknowledged: z.boolean(),
    state: z.string(),
    name: z.string(),
    /** Which duties somebody answers for. */
    duties: z.array(z.string()),
  }),
  site: z.strictObject({ name: z.string() }),
  zone: z.string(),
  presence: z.strictObject({ state: z.string(), lastSeenDays: z.int() }),
  history: z.strictObject({ scanCount: z.int() }),
})
export type Facts = z.infer<typeof Facts>

/** Lists a rule can be asked of each member of. */
export const parts = ['instance', 'model', 'advisory', 'exception'] as const
export const Part = z.enum(parts)
export type Part = z.infer<typeof Part>
