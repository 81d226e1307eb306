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

/** Who acts, as the backend sees it. */
export const Acting = z.object({
  /** null: everybody has a passphrase and nobody gave one, so that only the account is known. */
  id: ActorId.nullable(),
  name: z.string(),
  role: Role,
  /** Whether a passphrase showed who it is. */
  isProven: z.boolean(),
  /** Whether what this person decides can be signed. */
  canSign: z.boolean(),
  /** The account of the operating system, recorded beside. */
  account: z.string(),
})
export type Acting = z.infer<typeof Acting>

export const PassphraseInput = z.object({
  actor: z.string().max(200),
  passphrase: z.string().max(2000),
  /** The one until now; empty where there is none. */
  currentPassphrase: z.string().max(2000).default(''),
})
export type PassphraseInput = z.infer<typeof PassphraseInput>

export const ActorRoleEdit = z.object({ actor: z.string().max(200), role: z.string().max(40) })
export type ActorRoleEdit = z.infer<typeof ActorRoleEdit>

export const ActorInput = z.object({
  name: z.string().max(200),
  role: z.string().max(40).default('analyst'),
  passphrase: z.string().max(2000),
})
export type ActorInput = z.infer<typeof ActorInput>
