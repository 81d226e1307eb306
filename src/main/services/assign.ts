import { parseAddress } from '#shared/domain/address.ts'
import type { Duty } from '#shared/domain/owner.ts'
import {
  type AssignRequest,
  actionsOf,
  afterStep,
  type BulkResult,
  type Ownership,
  type OwnershipAction,
  type OwnershipMove,
  type OwnershipOnRecord,
  type OwnershipReason,
  type OwnershipState,
  type OwnershipStep,
} from '#shared/domain/ownership.ts'
import { type Result, succeed } from '#shared/result.ts'
import { addDecision } from '../store/audit.ts'
import { instanceById } from '../store/instances.ts'
import { ownerById } from '../store/owners.ts'
import * as store from '../store/ownerships.ts'
import type { ReadableStore } from '../store/statement.ts'
import { addOwnershipEvent, markNeighboursStale } from '../store/triage.ts'
import type { AdvisoryShelf } from './advisory-shelf.ts'
import type { Transaction } from './context.ts'
import { findInstance } from './find-instance.ts'
import { findOwner } from './owners.ts'
import { neighbourhood, type OwnershipBasis, ownershipBasis, ownershipOf } from './ownership.ts'
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
      return take(transaction, {
        id,
        before,
        step: 'assign',
        action: 'assign',
        owner: owner.value.id,
        reason,
        note,
        dueOn,
      })
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
  // A query that finds nothing gives nothing to anybody: that is an answer, not a mistake.
  if (!found.ok) return found.failure.code === 'selection-empty' ? succeed(instances) : found
  return succeed([...instances, ...found.value.map(String)])
}

/** Moves instances along the workflow: what was proposed is accepted or rejected, what was assigned acknowledged or disputed. */
export function moveOwnership(transaction: Transaction, request: OwnershipMove): Result<BulkResult> {
  const { step, duty } = request
  const withProposals = step === 'accept' || step === 'reject'
  return succeed(
    forEach(transaction, request.instances, duty, withProposals, (id, before) => {
      if (!actionsOf(before).includes(step)) return withProposals ? 'no-proposal' : 'step'
      if (step === 'reject') return reject(transaction, id, before)
      const reason = before.reasons[0] ?? { kind: 'stated' as const, detail: transaction.actor }
      return take(transaction, {
        id,
        before,
        step: step === 'accept' ? 'assign' : step,
        action: step,
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
  { store: writable }: Transaction,
  names: readonly string[],
  duty: Duty,
  withProposals: boolean,
  work: (id: number, before: Ownership) => Outcome,
): BulkResult {
  const result: BulkResult = { assigned: 0, unchanged: 0, refused: 0, refusals: [] }
  const basis = ownershipBasis(writable, withProposals)
  const near = new Map<string, Neighbourhood>()
  for (const name of new Set(names)) {
    const outcome = one(writable, name.trim(), duty, basis, (id, before) => {
      const done = work(id, before)
      if (done === 'assigned' && duty === 'technical') noteNeighbourhood(writable, id, near)
      return done
    })
    if (outcome === 'assigned' || outcome === 'unchanged') result[outcome]++
    else {
      result.refused++
      if (result.refusals.length < mostRefusals) result.refusals.push({ instance: name, reason: outcome })
    }
  }
  // Once each, however many of a neighbourhood were named.
  for (const each of near.values()) markNeighboursStale(writable, { ...each })
  return result
}

interface Neighbourhood {
  readonly site: number
  readonly first: Uint8Array
  readonly last: Uint8Array
}

function noteNeighbourhood(readable: ReadableStore, id: number, near: Map<string, Neighbourhood>): void {
  const record = instanceById(readable, { id })
  const address = record === undefined ? null : parseAddress(record.address)
  if (record === undefined || address === null) return
  const key = `${record.site_id} ${address.family} ${address.value >> 8n}`
  if (!near.has(key)) near.set(key, { site: record.site_id, ...neighbourhood(address) })
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
  /** What the person did: acceptance assigns, too. */
  readonly action: OwnershipAction
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
  noteStep(transaction, { id, duty: before.duty, action: taken.action, state, owner, note })
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
  if (before.ownerId === null) return 'no-proposal'
  store.rejectProposal(writable, { instance: id, owner: before.ownerId, at: now })
  changed(
    `instance ${id} ${before.duty}`,
    { state: before.state, owner: before.ownerId },
    { state: 'unowned' },
  )
  const { duty, ownerId: owner } = before
  putOwnershipOnRecord(transaction, id, 'reject', { before, state: 'unowned', owner: null })
  noteStep(transaction, { id, duty, action: 'reject', state: 'unowned', owner, note: '' })
  return 'assigned'
}

interface Step {
  readonly id: number
  readonly duty: Duty
  readonly action: OwnershipAction
  readonly state: string
  readonly owner: number | null
  readonly note: string
}

function noteStep({ store: writable, now, actor }: Transaction, { id, action, ...step }: Step): void {
  addOwnershipEvent(writable, { instance: id, at: now, actor, step: action, ...step })
}
