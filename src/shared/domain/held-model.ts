import * as z from 'zod'
import { ScanId } from '../ids.ts'
import { Presence } from './exposure.ts'
import { InstanceName } from './history.ts'
import { IsoInstant } from './instant.ts'

const count = z.int().nonnegative()
const share = z.number().min(0).max(1)

/** Whether the organisation approved a model, by whom and when. */
export const Approval = z.object({ at: IsoInstant, by: z.string(), note: z.string() })
export type Approval = z.infer<typeof Approval>

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
  instances: count,
  /** Of them, present when last looked at. */
  present: count,
  sites: count,
  firstSeenAt: IsoInstant.nullable(),
  lastSeenAt: IsoInstant,
  approved: Approval.nullable(),
})
export type HeldModel = z.infer<typeof HeldModel>

export const Holder = InstanceName.extend({
  version: z.string().nullable(),
  presence: Presence,
  lastSeenAt: IsoInstant,
})
export type Holder = z.infer<typeof Holder>

export const HeldModelDetail = HeldModel.extend({
  holders: z.array(Holder.extend({ names: z.array(z.string()), pulledAt: z.string().nullable() })),
})
export type HeldModelDetail = z.infer<typeof HeldModelDetail>

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

export const concentrationBy = ['family', 'quantization', 'family and quantization', 'digest'] as const

/** How much of the organisation rests on how little (study: monoculture). */
export const Concentration = z.object({
  /** Instances whose models are known and not none; copies of models they hold. */
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
          instances: count,
          models: count,
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

const texts = z.array(z.string().max(300)).min(1).max(1000).optional()

/** What is taken to be affected. Within a list any member will do; everything that is given must hold. */
export const BlastRequest = z.object({
  digests: texts,
  names: texts,
  families: texts,
  quantizations: texts,
  /** From this version on … */
  versionFrom: z.string().max(100).optional(),
  /** … below this one. An instance whose version is unknown is not in. */
  versionBelow: z.string().max(100).optional(),
})
export type BlastRequest = z.infer<typeof BlastRequest>

/** Who is hit if a model, family, quantization or version is affected. */
export const BlastRadius = z.object({
  instances: z.array(Holder),
  sites: z.array(z.object({ site: z.string(), instances: count })),
  /** null: nobody answers for them. */
  owners: z.array(z.object({ owner: z.string().nullable(), instances: count })),
  models: z.array(z.object({ digest: z.string().nullable(), name: z.string(), instances: count })),
})
export type BlastRadius = z.infer<typeof BlastRadius>
