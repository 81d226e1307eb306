import * as z from 'zod'
import { EndpointId, InstanceId } from '../ids.ts'
import { Access, Cors, Presence, Severity } from './exposure.ts'
import { IsoInstant } from './instant.ts'
import { Model, RunningModel } from './model.ts'
import { Ownership } from './ownership.ts'
import { Probe } from './probe.ts'
import { Product, Signal, Suspected } from './product.ts'
import { Zone } from './range.ts'

export const EndpointRow = z.object({
  address: z.string(),
  port: z.int(),
  scheme: z.enum(['http', 'https']),
  basePath: z.string(),
  access: Access,
  tls: z.boolean(),
  cors: Cors,
})
export type EndpointRow = z.infer<typeof EndpointRow>

/** One running server: a row of the inventory, in the machine interface's shape. */
export const InstanceRow = z.object({
  id: InstanceId,
  site: z.string(),
  zone: Zone,
  address: z.string(),
  port: z.int(),
  endpoints: z.array(EndpointRow),
  product: Product,
  confidence: z.int().min(0).max(100),
  suspected: Suspected,
  version: z.string().nullable(),
  access: Access,
  tls: z.boolean(),
  cors: Cors,
  models: z.array(Model).nullable(),
  capabilities: z.array(z.string()).nullable(),
  toolCalling: z.boolean().nullable(),
  /** Names of the models in memory when last asked. */
  running: z.array(z.string()).nullable(),
  hostnames: z.array(z.string()),
  firstSeenAt: IsoInstant,
  lastSeenAt: IsoInstant,
  presence: Presence,
  owner: z.string().nullable(),
})
export type InstanceRow = z.infer<typeof InstanceRow>

/** Where a model's capabilities were asked, and how they are known. */
export const ClaimRow = z.object({
  digest: z.string(),
  generation: z.string(),
  capabilities: z.array(z.string()),
  method: z.enum(['declared', 'derived']),
  askedAt: IsoInstant,
  askedOf: z.string(),
})
export type ClaimRow = z.infer<typeof ClaimRow>

/** A stretch of scans in which an endpoint looked the same. */
export const SpellRow = z.object({
  outcome: z.enum(['answered', 'refused', 'silent', 'unreachable', 'failed']),
  firstAt: IsoInstant,
  lastAt: IsoInstant,
  scanCount: z.int().positive(),
  version: z.string().nullable(),
  modelCount: z.int().nonnegative().nullable(),
})
export type SpellRow = z.infer<typeof SpellRow>

export const EndpointDetail = EndpointRow.extend({
  id: EndpointId,
  accessApi: Access,
  accessV1: Access,
  /** Where it was seen from, as text; exposure is always "reachable from". */
  seenFrom: z.string(),
  observedAt: IsoInstant,
  signals: z.array(Signal),
  evidence: z.array(Probe),
  spells: z.array(SpellRow),
})
export type EndpointDetail = z.infer<typeof EndpointDetail>

/** Everything known of one instance, with its evidence. */
export const InstanceDetail = InstanceRow.omit({ endpoints: true }).extend({
  severity: Severity,
  cloudDisabled: z.boolean().nullable(),
  hostnameSources: z.array(z.object({ name: z.string(), source: z.string() })),
  runningModels: z.array(RunningModel).nullable(),
  endpoints: z.array(EndpointDetail),
  claims: z.array(ClaimRow),
  /** Who answers for it, duty by duty, and how that is known. */
  ownerships: z.array(Ownership),
})
export type InstanceDetail = z.infer<typeof InstanceDetail>
