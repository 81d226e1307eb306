import * as z from 'zod'
import { Actor, ActorInput } from '../domain/actor.ts'
import { AuditEntry, AuditRequest, AuditVerification, SignedHead } from '../domain/audit.ts'
import { Owner, OwnerImport, OwnerImportRequest } from '../domain/owner.ts'
import {
  AssignRequest,
  BulkResult,
  Inheritance,
  InheritanceInput,
  OwnershipMove,
  OwnershipState,
  TriageRow,
} from '../domain/ownership.ts'
import { command, query, state } from './channel.ts'

const nothing = z.object({})

/** The channels of governance: part of the contract. */
export const governanceChannels = {
  'actor.list': query(nothing, z.array(Actor)),
  'actor.add': command(ActorInput, Actor),
  'actor.unlock': state(
    z.object({ actor: z.string().max(200), passphrase: z.string().max(2000) }),
    z.object({ pass: z.string() }),
  ),
  'audit.list': query(AuditRequest, z.array(AuditEntry)),
  'audit.verify': query(z.object({ head: SignedHead.nullable().default(null) }), AuditVerification),
  'audit.sign': command(nothing, SignedHead),
  'audit.erase': command(
    z.object({ entry: z.int().positive(), reason: z.string().trim().min(1).max(500) }),
    z.object({ entry: z.int(), erased: z.int() }),
  ),
  'owner.list': query(nothing, z.array(Owner)),
  'owner.preview': query(OwnerImportRequest, OwnerImport),
  'owner.import': command(OwnerImportRequest, OwnerImport),
  'owner.undo-import': command(
    z.object({ id: z.int().nonnegative() }),
    z.object({ removed: z.int(), restored: z.int() }),
  ),
  'owner.assign': command(AssignRequest, BulkResult),
  'owner.move': command(OwnershipMove, BulkResult),
  'owner.triage': query(
    z.object({ state: OwnershipState.optional(), limit: z.int().min(1).max(200_000).default(200_000) }),
    z.array(TriageRow),
  ),
  'owner.inheritances': query(nothing, z.array(Inheritance)),
  'owner.inherit': command(InheritanceInput, Inheritance),
  'owner.disinherit': command(z.object({ id: z.int().nonnegative() }), z.object({ id: z.int() })),
} as const
