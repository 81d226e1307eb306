import * as z from 'zod'
import { InstanceId } from '../ids.ts'
import { InstanceName } from './history.ts'
import { IsoInstant } from './instant.ts'

/**
 * moved: who is seen now may be who was known before; clones: several show the same at one time; replaced: at a known
 * place nothing is left of what was there.
 */
export const proposalKinds = ['moved', 'clones', 'replaced'] as const

/** A question about who is who that no scan can settle, with what speaks for it. */
export const IdentityProposal = z.object({
  id: z.int().positive(),
  kind: z.enum(proposalKinds),
  /** moved: who is seen now, then who was known. */
  members: z.array(InstanceName.partial().required({ instance: true })).min(1),
  confidence: z.int().min(0).max(100),
  /** Key of the words, `identity:reason.<reason>`, which `details` fill in. */
  reason: z.string(),
  details: z.record(z.string(), z.number()),
  openedAt: IsoInstant,
})
export type IdentityProposal = z.infer<typeof IdentityProposal>

export const dispositions = ['ours', 'not-ours', 'false-identification', 'decommissioned'] as const
export const Disposition = z.enum(dispositions)
export type Disposition = z.infer<typeof Disposition>

export const IdentityChange = z.object({
  at: IsoInstant,
  kind: z.enum(['moved', 'merged', 'split']),
  /** null: a scan followed it, because nothing else could be meant. */
  actor: z.string().nullable(),
  from: InstanceId,
  to: InstanceId,
  undone: z.boolean(),
})
export type IdentityChange = z.infer<typeof IdentityChange>

/** What people said of an instance, and who it is taken to be. */
export const InstanceAnnotations = InstanceName.extend({
  tags: z.array(z.string()),
  note: z.object({ text: z.string(), at: IsoInstant, by: z.string() }).nullable(),
  disposition: z.object({ value: Disposition, at: IsoInstant, by: z.string() }).nullable(),
  proposals: z.array(IdentityProposal),
  /** Newest first. */
  changes: z.array(IdentityChange),
})
export type InstanceAnnotations = z.infer<typeof InstanceAnnotations>

const instance = z.string().max(100)
export const Tag = z.string().trim().min(1).max(60)

export const InstanceMerge = z.object({ keep: instance, other: instance })
/** `endpoint`: one of its ways in, by address and port, or as written by the timeline. */
export const InstanceSplit = z.object({ instance, endpoint: z.string().max(300) })
export const InstanceTag = z.object({ instance, add: z.array(Tag).max(100), remove: z.array(Tag).max(100) })
/** An empty text takes the note away. */
export const InstanceNote = z.object({ instance, text: z.string().trim().max(5000) })
/** null: nothing is said any more. */
export const InstanceDispose = z.object({ instance, disposition: Disposition.nullable() })
export const ProposalAnswer = z.object({ proposal: z.int().positive(), accept: z.boolean() })
