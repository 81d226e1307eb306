import { isoInstant } from '#shared/domain/instant.ts'
import type { Owner, OwnerEdit, OwnerImportRecord, OwnerInput } from '#shared/domain/owner.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import * as owners from '../store/owners.ts'
import { addOwnershipEvent } from '../store/triage.ts'
import type { Reading, Transaction } from './context.ts'
import { inputOf, listOwners } from './owners.ts'

/** Imports as they were, the newest first. */
export function listImports({ store }: Reading): OwnerImportRecord[] {
  return owners.listOwnerImports(store, {}).map(record => ({
    id: record.id,
    at: isoInstant(record.at),
    actor: record.actor,
    file: record.file,
    added: record.added_count,
    changed: record.changed_count,
    unchanged: record.unchanged_count,
    rejected: record.rejected_count,
    undoneAt: record.undone_at === null ? null : isoInstant(record.undone_at),
  }))
}

/** Adds one person or team by hand. */
export function addOwner(transaction: Transaction, given: OwnerInput): Result<Owner> {
  const { store, now, changed } = transaction
  const input = tidy(given)
  if (isTaken(transaction, input.externalId, 0)) return fail('owner-known', { owner: input.externalId ?? '' })
  const { id } = owners.addOwner(store, { ...input, at: now })
  changed(`owner ${id}`, null, input)
  return shown(transaction, id)
}

/** Changes what is known of an owner. Whatever they answer for stays theirs. */
export function editOwner(transaction: Transaction, { id, ...edit }: OwnerEdit): Result<Owner> {
  const { store, changed } = transaction
  const record = owners.ownerById(store, { id })
  if (record === undefined) return fail('owner-unknown', { owner: id })
  const before = inputOf(record)
  const after = tidy({ ...before, ...withoutUndefined(edit) })
  if (isTaken(transaction, after.externalId, id))
    return fail('owner-known', { owner: after.externalId ?? '' })
  owners.updateOwner(store, { id, ...after })
  changed(`owner ${id}`, before, after)
  return shown(transaction, id)
}

/** Makes one of two entries for the same person or team: all that the first answers for is the second's. */
export function mergeOwners(
  transaction: Transaction,
  { from, into }: { readonly from: number; readonly into: number },
): Result<Owner> {
  const { store, now, actor, changed } = transaction
  if (from === into) return fail('owner-merge-same')
  const [left, right] = [owners.ownerById(store, { id: from }), owners.ownerById(store, { id: into })]
  if (left === undefined) return fail('owner-unknown', { owner: from })
  if (right === undefined) return fail('owner-unknown', { owner: into })
  for (const { instance_id: instance, duty, state } of owners.ownershipsOfOwner(store, { owner: from })) {
    changed(`instance ${instance} ${duty}`, { state, owner: from }, { state, owner: into })
    addOwnershipEvent(store, {
      instance,
      duty,
      at: now,
      actor,
      step: 'merge',
      state,
      owner: into,
      note: left.name,
    })
  }
  owners.handOwnerships(store, { from, into })
  owners.handInheritances(store, { from, into })
  owners.handRejections(store, { from, into })
  owners.removeOwner(store, { id: from, at: now })
  changed(`owner ${from}`, inputOf(left), null)
  return shown(transaction, into)
}

function shown(transaction: Transaction, id: number): Result<Owner> {
  const owner = listOwners(transaction).find(each => each.id === id)
  return owner === undefined ? fail('owner-unknown', { owner: id }) : succeed(owner)
}

function isTaken({ store }: Transaction, externalId: string | null, id: number): boolean {
  return externalId !== null && owners.externalIdTaken(store, { externalId, id }) !== undefined
}

/** What was left empty is not known. */
function tidy({ kind, name, email, externalId, unit }: OwnerInput): OwnerInput {
  const text = (value: string | null) => (value === null || value.trim() === '' ? null : value.trim())
  return { kind, name, email: text(email), externalId: text(externalId), unit: text(unit) }
}

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined }

function withoutUndefined(edit: Loose<OwnerInput>): Partial<OwnerInput> {
  return Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined))
}
