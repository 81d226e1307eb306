import * as z from 'zod'
import { Acting, Actor, ActorRoleEdit, PassphraseInput } from '../domain/actor.ts'
import { AuditChanges, AuditKinds } from '../domain/audit.ts'
import { EvaluationProgress } from '../domain/evaluation.ts'
import { Owner, OwnerEdit, OwnerImportRecord, OwnerInput } from '../domain/owner.ts'
import { BulkResult } from '../domain/ownership.ts'
import {
  OwnershipEvent,
  TriageBulk,
  TriageFilter,
  TriagePage,
  TriageRequest,
  TriageSummary,
} from '../domain/triage.ts'
import { OwnerId } from '../ids.ts'
import { command, query, state } from './channel.ts'

const nothing = z.object({})

/** The channels of triage, of the owners' register and of who acts: part of the contract. */
export const triageChannels = {
  'owner.queue': query(TriageRequest, TriagePage),
  'owner.summarise': query(TriageFilter, TriageSummary),
  'owner.bulk': command(TriageBulk, BulkResult),
  'owner.history': query(z.object({ instance: z.string().max(100) }), z.array(OwnershipEvent)),
  'owner.add': command(OwnerInput, Owner),
  'owner.edit': command(OwnerEdit, Owner),
  'owner.merge': command(z.object({ from: OwnerId, into: OwnerId }), Owner),
  'owner.imports': query(nothing, z.array(OwnerImportRecord)),
  'actor.acting': state(z.object({ pass: z.string().max(200).nullable().default(null) }), Acting),
  'actor.set-passphrase': command(PassphraseInput, Actor),
  'actor.set-role': command(ActorRoleEdit, Actor),
  'audit.changes': query(
    z.object({
      entry: z.int().positive(),
      start: z.int().nonnegative().default(0),
      limit: z.int().min(1).max(1000).default(100),
    }),
    AuditChanges,
  ),
  'audit.kinds': query(nothing, AuditKinds),
  'evaluation.show': state(nothing, EvaluationProgress.nullable()),
} as const
