import { type Acting, type Actor, Passphrase, type PassphraseInput } from '#shared/domain/actor.ts'
import type { ActorId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type ActorRecord, actorByName, relockActor } from '../store/actors.ts'
import { type KeptKey, relockKey } from './actor-keys.ts'
import { actorOf } from './actors.ts'
import type { Transaction } from './context.ts'
import type { Command, Workspace } from './workspace.ts'

/** Who acts with this pass, or without one. */
export async function showActing(
  { identities, about }: Workspace,
  { pass }: { readonly pass: string | null },
): Promise<Result<Acting>> {
  const known = identities.of(pass)
  if (!known.ok) return known
  const { id, name, role, isProven, publicKey } = known.value
  return succeed({
    id: id as ActorId | null,
    name,
    role,
    isProven,
    canSign: publicKey !== '',
    account: about.actor,
  })
}

type Gathered = { readonly record: ActorRecord | undefined; readonly key: KeptKey | null }

/** Gives an actor a passphrase, or another one. The key, and with it everything it ever signed, stays the same. */
export const setPassphrase: Command<PassphraseInput, Actor, Actor, Gathered> = {
  // Deriving the key takes a third of a second: before the transaction, not in it.
  async gather({ store, randomBytes }: Workspace, { actor, passphrase, currentPassphrase }) {
    const record = actorByName(store, { name: actor.trim() })
    const isUsable = record !== undefined && Passphrase.safeParse(passphrase).success
    return {
      record,
      key: isUsable ? await relockKey(record, currentPassphrase, passphrase, randomBytes) : null,
    }
  },
  run: relock,
}

function relock(transaction: Transaction, input: PassphraseInput, { record, key }: Gathered): Result<Actor> {
  const { store, identity, changed } = transaction
  if (record === undefined) return fail('actor-unknown', { actor: input.actor })
  // A passphrase is its owner's alone; one that never was may be given by whoever administers.
  const isOwn = identity.id === record.id
  if (!isOwn && (record.lock !== null || identity.role !== 'administrator'))
    return fail('passphrase-others', { actor: record.name })
  if (!Passphrase.safeParse(input.passphrase).success) return fail('passphrase-short')
  if (key === null) return fail('passphrase-wrong', { actor: record.name })
  relockActor(store, { id: record.id, privateKey: key.privateKey, lock: key.lock })
  const before = actorOf(record)
  const after = actorOf({ ...record, private_key: key.privateKey, lock: key.lock })
  changed(`actor ${record.id}`, before, after)
  return succeed(after)
}
