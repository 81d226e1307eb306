import { type Actor, type ActorInput, ActorName, Passphrase, Role, roles } from '#shared/domain/actor.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { ActorId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import {
  type ActorRecord,
  actorByName,
  addActor as insertActor,
  listActors as readActors,
} from '../store/actors.ts'
import { type KeptKey, lockedKey } from './actor-keys.ts'
import type { Reading, Transaction } from './context.ts'
import type { Command, Workspace } from './workspace.ts'

export function listActors({ store }: Reading): Actor[] {
  return readActors(store, {}).map(actorOf)
}

interface Gathered {
  readonly key: KeptKey
  readonly account: string
}

/** Adds a person with a key of their own, which only their passphrase unlocks. */
export const addActor: Command<ActorInput, Actor, Actor, Gathered> = {
  // Deriving the key takes a third of a second: before the transaction, not in it.
  gather: async ({ randomBytes, about }: Workspace, { passphrase }) => ({
    key: await lockedKey(passphrase, randomBytes),
    account: about.actor,
  }),
  run: enter,
}

function enter(transaction: Transaction, input: ActorInput, { key, account }: Gathered): Result<Actor> {
  const { store, now, changed } = transaction
  const name = ActorName.safeParse(input.name)
  if (!name.success) return fail('actor-malformed', { actor: input.name })
  const role = Role.safeParse(input.role)
  if (!role.success) return fail('role-unknown', { role: input.role, roles: roles.join(', ') })
  if (!Passphrase.safeParse(input.passphrase).success) return fail('passphrase-short')
  if (actorByName(store, { name: name.data }) !== undefined) return fail('actor-known', { actor: name.data })
  insertActor(store, { name: name.data, role: role.data, ...key, account, at: now })
  const record = actorByName(store, { name: name.data })
  if (record === undefined) throw new Error(`actor ${name.data} was just written and is gone`)
  const actor = actorOf(record)
  changed(`actor ${actor.id}`, null, actor)
  return succeed(actor)
}

/** A pass for acting as somebody, for whoever knows the passphrase. */
export async function unlockActor(
  { identities }: Workspace,
  { actor, passphrase }: { readonly actor: string; readonly passphrase: string },
): Promise<Result<{ pass: string }>> {
  const pass = await identities.unlock(actor, passphrase)
  return pass.ok ? succeed({ pass: pass.value }) : pass
}

export function actorOf(record: ActorRecord): Actor {
  return {
    id: record.id as ActorId,
    name: record.name,
    role: record.role as Role,
    publicKey: Buffer.from(record.public_key).toString('hex'),
    hasPassphrase: record.lock !== null,
    createdAt: isoInstant(record.created_at),
  }
}
