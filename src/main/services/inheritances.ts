import { formatBlock, parseBlock } from '#shared/domain/address-block.ts'
import type { Duty } from '#shared/domain/owner.ts'
import type { Inheritance, InheritanceInput } from '#shared/domain/ownership.ts'
import type { OwnerId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import * as store from '../store/ownerships.ts'
import { siteByName } from '../store/sites.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading, Transaction } from './context.ts'
import { findOwner } from './owners.ts'

/** Says who owns everything in a range or a site, or with a host name like this, unless somebody else was named. */
export function addInheritance(transaction: Transaction, input: InheritanceInput): Result<Inheritance> {
  const { store: writable, now, changed } = transaction
  const owner = findOwner(writable, input.owner)
  if (!owner.ok) return owner
  const value = readScope(writable, input)
  if (!value.ok) return value
  const written = { scope: input.scope, value: value.value, owner: owner.value.id, duty: input.duty }
  const { id } = store.addInheritance(writable, { ...written, at: now })
  changed(`inheritance ${id}`, null, written)
  return succeed({ id, ...written, ownerId: owner.value.id as OwnerId, owner: owner.value.name })
}

function readScope(readable: ReadableStore, { scope, value }: InheritanceInput): Result<string> {
  if (scope === 'name') return succeed(value)
  if (scope === 'site') {
    const site = siteByName(readable, { name: value })
    return site === undefined ? fail('site-unknown', { site: value }) : succeed(site.name)
  }
  const block = parseBlock(value)
  return block.ok ? succeed(formatBlock(block.value)) : block
}

export function listInheritances({ store: readable }: Pick<Reading, 'store'>): Inheritance[] {
  return store.listInheritances(readable, {}).map(record => ({
    id: record.id,
    scope: record.scope as Inheritance['scope'],
    value: record.value,
    ownerId: record.owner_id as OwnerId,
    owner: record.owner,
    duty: record.duty as Duty,
  }))
}

export function removeInheritance(
  transaction: Transaction,
  { id }: { readonly id: number },
): Result<{ id: number }> {
  const before = listInheritances(transaction).find(each => each.id === id)
  if (before === undefined) return fail('inheritance-unknown', { id })
  store.removeInheritance(transaction.store, { id, at: transaction.now })
  transaction.changed(`inheritance ${id}`, before, null)
  return succeed({ id })
}
