import { type KeyObject, sign } from 'node:crypto'
import type { Role } from '#shared/domain/actor.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type ActorRecord, actorByName, addActor, firstActor } from '../store/actors.ts'
import { transaction, type WritableStore } from '../store/statement.ts'
import { keyOf, openKey, unlockKey } from './actor-keys.ts'
import { appendAudit } from './audit-chain.ts'
import type { Identity, RandomBytes } from './identity.ts'

/** Who acts: those whose passphrase was given, each shown by a pass; else the actor of the first start. */
export interface Identities {
  /** A pass for acting as somebody. It is good until the backend ends. */
  unlock(name: string, passphrase: string): Promise<Result<string>>
  /** `null`: nobody said who acts. */
  of(pass: string | null): Result<Identity>
}

/** Who tries passphrases leaves a trace too. */
function refuse(
  { store, randomBytes, account, now }: Parts,
  refusal: ReturnType<typeof fail>,
): Result<never> {
  const values = [
    { name: 'actor', value: account },
    { name: 'account', value: account },
    { name: 'result', value: JSON.stringify(refusal.failure) },
  ] as const
  transaction(store, () =>
    appendAudit(store, { at: now(), command: 'actor.unlock', outcome: 'refused', values }, randomBytes),
  )
  return refusal
}

interface Parts {
  readonly now: () => number
  readonly store: WritableStore
  readonly randomBytes: RandomBytes
  readonly account: string
}

export function createIdentities(parts: Parts): Identities {
  const { store, randomBytes, account } = parts
  const unlocked = new Map<string, Identity>()
  return {
    async unlock(name, passphrase) {
      const record = actorByName(store, { name: name.trim() })
      if (record === undefined) return refuse(parts, fail('actor-unknown', { actor: name }))
      const key = await unlockKey(record, passphrase)
      if (key === null) return refuse(parts, fail('passphrase-wrong', { actor: record.name }))
      const pass = Buffer.from(randomBytes(32)).toString('hex')
      unlocked.set(pass, identityOf(record, key, record.lock !== null))
      return succeed(pass)
    },
    of(pass) {
      if (pass !== null) {
        const known = unlocked.get(pass)
        return known === undefined ? fail('pass-unknown') : succeed(withRoleNow(store, known))
      }
      const first = firstActor(store, {})
      if (first === undefined) throw new Error('there is no actor')
      return succeed(
        first.lock === null ? identityOf(first, keyOf(first.private_key), false) : accountOnly(account),
      )
    },
  }
}

/** The role is the one of now: whoever lost one does not keep it for as long as a pass is good. */
function withRoleNow(store: WritableStore, identity: Identity): Identity {
  const record = actorByName(store, { name: identity.name })
  return record === undefined ? identity : { ...identity, role: record.role as Role }
}

/** Without asking anything: the person at the keyboard, with a key that is as safe as the data folder. */
export function makeFirstActor({ store, randomBytes, account, now }: Parts): void {
  if (firstActor(store, {}) !== undefined) return
  const at = now()
  const name = account === '' ? 'administrator' : account
  transaction(store, () => {
    const { id } = addActor(store, { name, role: 'administrator', ...openKey(randomBytes), account, at })
    const after = { id, name, role: 'administrator' }
    const values = [
      { name: 'actor', value: name },
      { name: 'account', value: account },
      { name: 'change', value: JSON.stringify({ subject: `actor ${id}`, before: null, after }) },
    ] as const
    appendAudit(store, { at, command: 'actor.first', outcome: 'done', values }, randomBytes)
  })
}

/** Everybody has a passphrase, and nobody gave one: whoever has the account may work, but decides nothing. */
function accountOnly(account: string): Identity {
  return { id: null, name: account, role: 'analyst', publicKey: '', isProven: false, sign: () => null }
}

function identityOf(record: ActorRecord, key: KeyObject, isProven: boolean): Identity {
  return {
    id: record.id,
    name: record.name,
    role: record.role as Role,
    publicKey: Buffer.from(record.public_key).toString('hex'),
    isProven,
    sign: text => sign(null, Buffer.from(text), key).toString('hex'),
  }
}
