import { createHash } from 'node:crypto'
import {
  type AuditEntryRecord,
  type AuditValueRecord,
  insertAuditEntry,
  insertAuditValue,
  lastAuditEntry,
} from '../store/audit-chain.ts'
import type { WritableStore } from '../store/statement.ts'
import type { RandomBytes } from './identity.ts'

/** What an entry says, value by value. `change` may occur any number of times: a bulk command is one entry. */
export interface AuditValue {
  readonly name: 'actor' | 'account' | 'input' | 'result' | 'change' | 'seal'
  readonly value: string
}

export interface AuditStatement {
  readonly at: number
  readonly command: string
  readonly outcome: 'done' | 'refused'
  readonly values: readonly AuditValue[]
}

const beforeTheFirst = '0'.repeat(64)

/** Appends an entry to the chain; call it in the transaction of what it tells of. Returns its number. */
export function appendAudit(
  store: WritableStore,
  { at, command, outcome, values }: AuditStatement,
  randomBytes: RandomBytes,
): number {
  const last = lastAuditEntry(store, {})
  const id = (last?.id ?? 0) + 1
  const salted = values.map(({ name, value }) => {
    const salt = randomBytes(16)
    return { name, value, salt, commitment: commitmentOf(salt, name, value) }
  })
  const hash = entryHash({ id, at, command, outcome }, last?.hash ?? null, salted)
  insertAuditEntry(store, { id, at, command, outcome, hash })
  for (const [position, each] of salted.entries()) insertAuditValue(store, { entry: id, position, ...each })
  return id
}

/** Without the salt, a short value (a name, yes or no) could be guessed from its commitment after it was erased. */
export function commitmentOf(salt: Uint8Array, name: string, value: string): Buffer {
  return createHash('sha256')
    .update(salt)
    .update(JSON.stringify([name, value]))
    .digest()
}

/** The hash of an entry: of what it is, of what it commits itself to, and of everything before it. */
export function entryHash(
  { id, at, command, outcome }: Omit<AuditEntryRecord, 'hash'>,
  before: Uint8Array | null,
  values: readonly Pick<AuditValueRecord, 'name' | 'commitment'>[],
): Buffer {
  const previous = before === null ? beforeTheFirst : Buffer.from(before).toString('hex')
  const commitments = values.map(({ name, commitment }) => [name, Buffer.from(commitment).toString('hex')])
  const text = JSON.stringify([id, previous, at, command, outcome, commitments])
  return createHash('sha256').update(text).digest()
}
