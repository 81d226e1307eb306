import * as z from 'zod'
import { ActorId } from '../ids.ts'
import { IsoInstant } from './instant.ts'

/** What somebody may do: `governance/permissions.ts` says which command needs which. */
export const roles = ['administrator', 'analyst', 'approver', 'auditor'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

export const ActorName = z.string().trim().min(1).max(120)

/** A person using Paddock, with an own key. */
export const Actor = z.object({
  id: ActorId,
  name: z.string(),
  role: Role,
  /** Ed25519, 64 hex digits: what signatures of this actor are checked with. */
  publicKey: z.string(),
  /** Whether a passphrase is needed to act in this name. */
  hasPassphrase: z.boolean(),
  createdAt: IsoInstant,
})
export type Actor = z.infer<typeof Actor>

/** Long enough that guessing is slow beside scrypt; what a person chooses beyond that is theirs. */
export const Passphrase = z.string().min(8).max(1000)

export const ActorInput = z.object({
  name: z.string().max(200),
  role: z.string().max(40).default('analyst'),
  passphrase: z.string().max(2000),
})
export type ActorInput = z.infer<typeof ActorInput>
