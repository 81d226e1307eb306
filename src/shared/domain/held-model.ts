import * as z from 'zod'
import { ScanId } from '../ids.ts'
import { Presence } from './exposure.ts'
import { InstanceName } from './history.ts'
import { IsoInstant } from './instant.ts'
import { ModelLicence } from './licence.ts'

const count = z.int().nonnegative()
const share = z.number().min(0).max(1)

/** Whether the organisation approved a model, by whom and when. */
export const Approval = z.object({ at: IsoInstant, by: z.string(), note: z.string() })
export type Approval = z.infer<typeof Approval>

/** What the register says of a model. Revoked: it was approved once. */
export const registerStates = ['approved', 'revoked', 'not-judged'] as const
export const RegisterState = z.enum(registerStates)
export type RegisterState = z.infer<typeof RegisterState>

/** A model across the organisation: equal digests are the same content, whatever they are called where. */
export const HeldModel = z.object({
  /** null: its server gives none, so its name stands for it. */
  digest: z.string().nullable(),
  names: z.array(z.string()).min(1),
  family: z.string().nullable(),
  parameterSize: z.string().nullable(),
  quantization: z.string().nullable(),
  sizeBytes: count.nullable(),
  /** Registries its names point to; a name without one comes from the default registry, or was made on the spot. */
  sources: z.array(z.string()),
  remoteModel: z.string().nullable(),
  remoteHost: z.string().nullable(),
  /** null: nobody said, or those who were asked disagree. */
  capabilities: z.array(z.string()).nullable(),
  licence: ModelLicence,
  instances: count,
  /** Of them, present when last looked at. */
  present: count,
  sites: count,
  firstSeenAt: IsoInstant.nullable(),
  lastSeenAt: IsoInstant,
  approved: Approval.nullable(),
  register: RegisterState,
  /** Who took it off the register, and why; null: nobody, or it is on it again. */
  revoked: Approval.nullable(),
  /** How often a name silently came to mean this content, and how often one ceased to. */
  drift: z.object({ to: count, from: count }),
})
export type HeldModel = z.infer<typeof HeldModel>

export const Holder = InstanceName.extend({
  version: z.string().nullable(),
  presence: Presence,
  lastSeenAt: IsoInstant,
})
export type Holder = z.infer<typeof Holder>

/** A name that came to mean another content, without anybody saying so. */
export const TagChange = InstanceName.extend({
  name: z.string(),
  from: z.string(),
  to: z.string(),
  at: IsoInstant,
  scan: ScanId,
  fromApproved: z.boolean(),
  toApproved: z.boolean(),
})
export type TagChange = z.infer<typeof TagChange>

/** What a server said of a model: what it can do, and its licence. */
export const ModelClaim = z.object({
  capabilities: z.array(z.string()),
  method: z.enum(['declared', 'derived']),
  licence: ModelLicence,
  site: z.string(),
  /** Servers from this version on, up to the next that computes otherwise. */
  generation: z.string(),
  askedOf: z.string(),
  askedAt: IsoInstant,
})
export type ModelClaim = z.infer<typeof ModelClaim>

/** Everything known of one model. */
export const HeldModelDetail = HeldModel.extend({
  /** Finds its holders in the inventory. */
  query: z.string(),
  /** Names that mean it now, each with how many instances call it so. */
  tags: z.array(z.object({ name: z.string(), instances: count })),
  /** By site, address and port, at most as many as were asked for; `instances` says how many there are. */
  holders: z.array(Holder.extend({ names: z.array(z.string()), pulledAt: z.string().nullable() })),
  /** Names that came to mean it, or ceased to; newest first. */
  changes: z.array(TagChange),
  claims: z.array(ModelClaim),
})
export type HeldModelDetail = z.infer<typeof HeldModelDetail>

export const concentrationBy = [
  'family',
  'quantization',
  'family and quantization',
  'licence',
  'digest',
] as const

/** A share the public study of exposed instances states, and the organisation's own, counted the same way. */
export const StudyComparison = z.object({
  figure: z.enum(['q4km', 'fourBit', 'sixteenBit']),
  /** null: nothing is known to take a share of. */
  own: share.nullable(),
  study: share,
})
export type StudyComparison = z.infer<typeof StudyComparison>

/** How much of the organisation rests on how little (study: monoculture). */
export const Concentration = z.object({
  study: z.array(StudyComparison),
  /** Instances whose models are known and not none; copies of models they hold, one for each content at each of them. */
  instances: count,
  models: count,
  by: z.array(
    z.object({
      dimension: z.enum(concentrationBy),
      /** Different known values. */
      distinct: count,
      /** Copies of which the value is unknown: in no share, and never small. */
      unknownModels: count,
      /** Largest first, at most twenty. */
      top: z.array(
        z.object({
          value: z.string(),
          /** How people call it, where the value is a digest or an identifier. */
          name: z.string().nullable(),
          instances: count,
          models: count,
          /** Finds these instances in the inventory; null: no query says it. */
          query: z.string().nullable(),
          /** Of all instances; an instance counts at each value it holds, so these add up to more than one. */
          instanceShare: share,
          /** Of all copies whose value is known. */
          modelShare: share,
        }),
      ),
      /** Herfindahl index, 0 to 1: the sum of squared shares. By instances: shares of (instance, value) pairs. */
      herfindahlByInstances: share,
      herfindahlByModels: share,
    }),
  ),
})
export type Concentration = z.infer<typeof Concentration>
