import { formatBlock, parseBlock } from '#shared/domain/address-block.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { Duty } from '#shared/domain/owner.ts'
import {
  type AssignRequest,
  afterStep,
  type BulkResult,
  type Inheritance,
  type InheritanceInput,
  type Ownership,
  type OwnershipMove,
  type OwnershipOnRecord,
  type OwnershipReason,
  type OwnershipState,
  type OwnershipStep,
  type TriageRow,
} from '#shared/domain/ownership.ts'
import type { Zone } from '#shared/domain/range.ts'
import type { InstanceId, OwnerId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { addDecision } from '../store/audit.ts'
import { instanceIds, instancesByIds } from '../store/instances.ts'
import { ownerById } from '../store/owners.ts'
import * as store from '../store/ownerships.ts'
import { siteByName } from '../store/sites.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { AdvisoryShelf } from './advisory-shelf.ts'
import type { Reading, Transaction } from './context.ts'
import { findInstance } from './find-instance.ts'
import { findOwner } from './owners.ts'
import { type OwnershipBasis, ownershipBasis, ownershipOf, ownershipsOf } from './ownership.ts'
import { chosenInstances } from './selection.ts'

/** Gives instances to somebody, or hands them over. One entry in the audit, a line for each instance. */
export function assign(
  transaction: Transaction,
  request: AssignRequest,
  advisories: AdvisoryShelf,
): Result<BulkResult> {
  const owner = findOwner(transaction.store, request.owner)
  if (!owner.ok) return owner
  const names = assignedTo(transaction, request, advisories)
  if (!names.ok) return names
  const { duty, note, dueOn } = request
  const reason: OwnershipReason = { kind: 'stated', detail: transaction.actor }
  return succeed(
    forEach(transaction, names.value, duty, false, (id, before) => {
      const same =
        before.origin === 'stated' && before.ownerId === owner.value.id && before.state !== 'disputed'
      if (same) return 'unchanged'
      return take(transaction, { id, before, step: 'assign', owner: owner.value.id, reason, note, dueOn })
    }),
  )
}

/** Those named, or those a query found; unknown names are told one by one. */
function assignedTo(
  { store: readable, now }: Transaction,
  { instances, selection }: AssignRequest,
  advisories: AdvisoryShelf,
): Result<string[]> {
  if (selection === undefined) return succeed(instances)
  const found = chosenInstances({ store: readable, advisories }, now, { instances: [], selection })
  return found.ok ? succeed([...instances, ...found.value.map(String)]) : found
}

/** Moves instances along the workflow: what was proposed is accepted or rejected, what was assigned acknowledged or disputed. */
export function moveOwnership(transaction: Transaction, request: OwnershipMove): Result<BulkResult> {
  const { step, duty } = request
  const withProposals = step === 'accept' || step === 'reject'
  return succeed(
    forEach(transaction, request.instances, duty, withProposals, (id, before) => {
      if (withProposals && before.state !== 'proposed') return 'no-proposal'
      if (step === 'reject') return reject(transaction, id, before)
      // What is inherited is changed where it comes from.
      if (step === 'release' && before.origin === 'inherited') return 'step'
      const reason = before.reasons[0] ?? { kind: 'stated' as const, detail: transaction.actor }
      return take(transaction, {
        id,
        before,
        step: step === 'accept' ? 'assign' : step,
        owner: before.ownerId,
        reason,
        note: request.note,
        dueOn: before.dueOn,
      })
    }),
  )
}

type Outcome = 'assigned' | 'unchanged' | BulkResult['refusals'][number]['reason']

/** Refusals told one by one; beyond that only their number. */
const mostRefusals = 100

function forEach(
  { store: readable }: Transaction,
  names: readonly string[],
  duty: Duty,
  withProposals: boolean,
  work: (id: number, before: Ownership) => Outcome,
): BulkResult {
  const result: BulkResult = { assigned: 0, unchanged: 0, refused: 0, refusals: [] }
  const basis = ownershipBasis(readable, withProposals)
  for (const name of new Set(names)) {
    const outcome = one(readable, name.trim(), duty, basis, work)
    if (outcome === 'assigned' || outcome === 'unchanged') result[outcome]++
    else {
      result.refused++
      if (result.refusals.length < mostRefusals) result.refusals.push({ instance: name, reason: outcome })
    }
  }
  return result
}

function one(
  readable: ReadableStore,
  name: string,
  duty: Duty,
  basis: OwnershipBasis,
  work: (id: number, before: Ownership) => Outcome,
): Outcome {
  const found = findInstance(readable, name)
  if (!found.ok) return 'unknown'
  const before = ownershipOf(readable, found.value.id, duty, basis)
  return before === null ? 'unknown' : work(found.value.id, before)
}

interface Taken {
  readonly id: number
  readonly before: Ownership
  readonly step: OwnershipStep
  readonly owner: number | null
  readonly reason: OwnershipReason
  readonly note: string
  readonly dueOn: string | null
}

/** The only place that writes an ownership: what the table of transitions does not know is refused here. */
function take(transaction: Transaction, taken: Taken): Outcome {
  const { store: writable, now, changed } = transaction
  const { id, before, step, reason, note, dueOn } = taken
  const state = afterStep(before.state, step)
  if (state === null || state === 'proposed') return 'step'
  const owner = state === 'unowned' ? null : taken.owner
  const written = {
    state,
    owner,
    reason: JSON.stringify(reason),
    note,
    dueOn: state === 'unowned' ? null : dueOn,
  }
  store.keepOwnership(writable, { instance: id, duty: before.duty, ...written, at: now })
  const { ownerId, state: stateBefore } = before
  changed(`instance ${id} ${before.duty}`, { state: stateBefore, owner: ownerId }, { state, owner, note })
  putOwnershipOnRecord(transaction, id, step, { before, state, owner })
  return 'assigned'
}

/** A decision about the instance, so that its timeline tells of every hand it went through. */
function putOwnershipOnRecord(
  { store: writable, now: at, actor }: Transaction,
  id: number,
  step: OwnershipStep,
  { before, state, owner }: { before: Ownership; state: OwnershipState; owner: number | null },
): void {
  const name = owner === null ? null : (ownerById(writable, { id: owner })?.name ?? null)
  const body: OwnershipOnRecord = {
    duty: before.duty,
    state: { from: before.state, to: state },
    owner: { from: before.owner, to: name },
  }
  addDecision(writable, {
    at,
    actor,
    kind: `ownership.${step}`,
    subject: `instance ${id}`,
    body: JSON.stringify(body),
  })
}

function reject(transaction: Transaction, id: number, before: Ownership): Outcome {
  const { store: writable, now, changed } = transaction
  if (before.ownerId === null || afterStep(before.state, 'reject') === null) return 'no-proposal'
  store.rejectProposal(writable, { instance: id, owner: before.ownerId, at: now })
  changed(
    `instance ${id} ${before.duty}`,
    { state: before.state, owner: before.ownerId },
    { state: 'unowned' },
  )
  putOwnershipOnRecord(transaction, id, 'reject', { before, state: 'unowned', owner: null })
  return 'assigned'
}

/** The queue of instances by how long nobody has answered for them: oldest first. */
export function triage(
  reading: Reading,
  { state, limit }: { readonly state?: string | undefined; readonly limit: number },
): TriageRow[] {
  const basis = ownershipBasis(reading.store, true)
  const rows: TriageRow[] = []
  const ids = JSON.stringify(instanceIds(reading.store, {}).map(({ id }) => id))
  const records = instancesByIds(reading.store, { ids })
  records.sort((a, b) => a.first_seen_at - b.first_seen_at || a.id - b.id)
  for (const record of records) {
    const ownership = ownershipsOf(reading.store, record, basis).find(each => each.duty === 'technical')
    if (ownership === undefined || (state !== undefined && ownership.state !== state)) continue
    rows.push({
      instance: record.id as InstanceId,
      site: record.site,
      zone: record.zone as Zone,
      address: record.address,
      port: record.port,
      product: record.product,
      firstSeenAt: isoInstant(record.first_seen_at),
      ageDays: Math.max(0, Math.floor((reading.now() - record.first_seen_at) / 86_400_000)),
      ownership,
    })
    if (rows.length >= limit) break
  }
  return rows
}

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
