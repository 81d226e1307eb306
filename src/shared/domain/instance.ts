import * as z from 'zod'
import { EndpointId, InstanceId } from '../ids.ts'
import { AdvisoryBasis, AdvisoryMatch } from './advisory-match.ts'
import { CertificateDetail } from './certificate.ts'
import { Access, Cors, Presence, Severity } from './exposure.ts'
import { ExposureFact } from './exposure-fact.ts'
import { Disposition } from './identity.ts'
import { IsoInstant } from './instant.ts'
import { ModelLicence } from './licence.ts'
import { Model, RunningModel } from './model.ts'
import { Ownership } from './ownership.ts'
import { Probe } from './probe.ts'
import { Product, Signal, Suspected } from './product.ts'
import { Zone } from './range.ts'
import { SystemPrompt } from './system-prompt.ts'
import { VersionBracket } from './version-bracket.ts'

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
  /** In how many advisories' affected ranges its version lies; null: no genuine Ollama, or its version says nothing. */
  advisories: z.int().nonnegative().nullable(),
  /** What people said of it. */
  tags: z.array(z.string()),
  note: z.string().nullable(),
  disposition: Disposition.nullable(),
})
export type InstanceRow = z.infer<typeof InstanceRow>

/** Where a model's capabilities were asked, and how they are known. */
export const ClaimRow = z.object({
  digest: z.string(),
  generation: z.string(),
  capabilities: z.array(z.string()),
  method: z.enum(['declared', 'derived']),
  /** null: the model has none. */
  system: SystemPrompt.nullable(),
  licence: ModelLicence,
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

/**
 * Why an endpoint is said to lead to its instance: it was seen there first, it lies behind that front end's login, or it
 * was proven to be the same server (the same models in memory until the same nanosecond; the same models at the same
 * address, with something in front).
 */
export const linkReasons = [
  'first-seen',
  'behind-front-end',
  'same-running',
  'same-models-proxied',
  'moved',
  'merged',
  'split',
] as const
export const LinkReason = z.enum(linkReasons)
export type LinkReason = z.infer<typeof LinkReason>

export const EndpointDetail = EndpointRow.extend({
  id: EndpointId,
  linkReason: LinkReason,
  /** What stands in front, by its own header; null: nothing shows. */
  front: z.string().nullable(),
  /** From the neighbour table of the machine that looked; null: not a neighbour of it. */
  hardwareAddress: z.string().nullable(),
  accessApi: Access,
  accessV1: Access,
  /** What its TLS showed; null: it speaks clear text. */
  certificate: CertificateDetail.nullable(),
  /** Where it was seen from, as text; exposure is always "reachable from". */
  seenFrom: z.string(),
  observedAt: IsoInstant,
  /** What it exposes and what protects it, each with what that rests on. */
  exposure: z.array(ExposureFact),
  signals: z.array(Signal),
  evidence: z.array(Probe),
  spells: z.array(SpellRow),
})
export type EndpointDetail = z.infer<typeof EndpointDetail>

/** Everything known of one instance, with its evidence. */
export const InstanceDetail = InstanceRow.omit({ endpoints: true, advisories: true }).extend({
  severity: Severity,
  score: z.int().min(0).max(100).nullable(),
  cloudDisabled: z.boolean().nullable(),
  /** Which releases it can be by what it does, whatever it states; null: no Ollama. */
  bracket: VersionBracket.nullable(),
  hostnameSources: z.array(z.object({ name: z.string(), source: z.string() })),
  runningModels: z.array(RunningModel).nullable(),
  endpoints: z.array(EndpointDetail),
  claims: z.array(ClaimRow),
  /** What each advisory says about its version; null: as for the row's count. */
  advisories: z.array(AdvisoryMatch).nullable(),
  /** null: no genuine Ollama. */
  advisoryBasis: AdvisoryBasis.nullable(),
  /** Who answers for it, duty by duty, and how that is known. */
  ownerships: z.array(Ownership),
})
export type InstanceDetail = z.infer<typeof InstanceDetail>
