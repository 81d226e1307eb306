import { type Exception, type ExceptionRequest, exceptionStatuses } from '#shared/domain/exception.ts'
import type { ExceptionLimit } from '#shared/domain/exception-limit.ts'
import { dateOf, endOfDate, isoInstant } from '#shared/domain/instant.ts'
import type { ExceptionId, FindingId, InstanceId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { basisOf } from '../governance/exception-life.ts'
import * as store from '../store/exceptions.ts'
import { type FindingRecord, findingById, markStale } from '../store/findings.ts'
import type { Reading, Transaction } from './context.ts'
import { exceptionLimit } from './exception-limit.ts'
import { subjectOf } from './findings.ts'
import { factCache, readFacts } from './instance-facts.ts'
import { leadingOwner, type OwnershipBasis, ownershipBasis, ownershipsOf } from './ownership.ts'

/** The register: what is asked for, in force, expiring, and over; what ends first comes first. */
export function listExceptions({ store: readable, now }: Reading): Exception[] {
  return store.listExceptions(readable, {}).map(record => exceptionOf(record, now()))
}

const active = ['open', 'in-remediation', 'awaiting-verification', 'not-verifiable']

/** Asks for leave to break a rule for a while, in the name and with the key of whoever asks. */
export function requestException(transaction: Transaction, request: ExceptionRequest): Result<Exception> {
  const { store: writable, now } = transaction
  const finding = findingById(writable, { id: request.finding })
  if (finding === undefined) return fail('finding-unknown', { finding: request.finding })
  if (!active.includes(finding.status)) return notOpen(finding)
  const terms = readTerms(request, now, exceptionLimit(writable, now))
  if (!terms.ok) return terms
  const basis = ownershipBasis(writable, false)
  const facts = readFacts(writable, [finding.instance_id], now, basis, factCache(writable, null))
  const asked = askForException(transaction, {
    finding,
    terms: terms.value,
    basis,
    facts,
    owner: request.owner,
  })
  return asked.ok ? shown(transaction, asked.value) : asked
}

interface Asked {
  readonly finding: FindingRecord
  readonly terms: Terms
  readonly basis: OwnershipBasis
  readonly facts: ReturnType<typeof readFacts>
  readonly owner: string | undefined
}

/** Writes one request, signed; its number. */
export function askForException(transaction: Transaction, asked: Asked): Result<number> {
  const { store: writable, now, identity, changed } = transaction
  const { finding, terms, basis, facts } = asked
  if (!active.includes(finding.status)) return notOpen(finding)
  const pending = store
    .exceptionsOfInstance(writable, { instance: finding.instance_id })
    .find(each => each.finding_id === finding.id && each.status === 'requested')
  if (pending !== undefined) return fail('exception-pending', { finding: finding.id, exception: pending.id })
  const judged = facts.get(finding.instance_id)
  if (judged === undefined) return fail('finding-unknown', { finding: finding.id })
  const ownerships = ownershipsOf(writable, judged.record, basis)
  const owner = asked.owner || leadingOwner(ownerships) || identity.name
  const written = { ...terms, owner, basis: JSON.stringify(basisOf(judged.facts)) }
  const signature = identity.sign(requestText(finding.id, written))
  if (signature === null) return fail('actor-required')
  const { id } = store.addException(writable, {
    finding: finding.id,
    instance: finding.instance_id,
    ...written,
    at: now,
    by: identity.name,
    key: identity.publicKey,
    signature,
  })
  changed(`exception ${id}`, null, { ...written, finding: finding.id, status: 'requested', signature })
  return succeed(id)
}

function notOpen({ id, status }: FindingRecord): Result<never> {
  return fail('exception-not-open', { finding: id, status })
}

interface Terms {
  readonly reason: string
  readonly control: string
  readonly expiresOn: string
}

export function readTerms(
  { reason, control, expires }: Pick<ExceptionRequest, 'reason' | 'control' | 'expires'>,
  now: number,
  { latest }: ExceptionLimit,
): Result<Terms> {
  if (reason === '') return fail('exception-incomplete', { field: 'reason' })
  if (control === '') return fail('exception-incomplete', { field: 'control' })
  const end = endOfDate(expires)
  if (end === null) return fail('date-malformed', { text: expires })
  if (expires < dateOf(now)) return fail('exception-over', { date: expires })
  // What is asked for beyond the longest time ends with it: the answer says when.
  return succeed({ reason, control, expiresOn: latest !== null && expires > latest ? latest : expires })
}

/** What a request says, as it is signed. */
export function requestText(
  finding: number,
  { reason, control, expiresOn, owner, basis }: Terms & { owner: string; basis: string },
): string {
  return JSON.stringify(['paddock-exception-request', finding, reason, control, expiresOn, owner, basis])
}

/** Somebody else decides: with another key, unlocked by a passphrase, so that one person alone cannot do both. */
export function decideException(
  transaction: Transaction,
  { id, approve }: { readonly id: number; readonly approve: boolean },
): Result<Exception> {
  const { store: writable, now, identity, changed } = transaction
  const record = store.exceptionById(writable, { id })
  if (record === undefined) return fail('exception-unknown', { exception: id })
  if (record.status !== 'requested')
    return fail('exception-decided', { exception: id, status: record.status })
  if (!identity.isProven) return fail('actor-required')
  if (identity.publicKey === record.request_key)
    return fail('exception-own', { exception: id, actor: identity.name })
  if (approve && record.expires_on < dateOf(now)) return fail('exception-over', { date: record.expires_on })
  const status = approve ? 'approved' : 'rejected'
  const signature = identity.sign(decisionText(id, status, record.request_signature))
  if (signature === null) return fail('actor-required')
  const decided = { status, at: now, by: identity.name, key: identity.publicKey, signature }
  store.decideException(writable, { id, ...decided })
  markStale(writable, { instance: record.instance_id })
  changed(`exception ${id}`, { status: record.status }, { status, signature })
  return shown(transaction, id)
}

/** What a decision says, as it is signed: about this very request. */
export function decisionText(id: number, status: string, requestSignature: string): string {
  return JSON.stringify(['paddock-exception-decision', id, status, requestSignature])
}

function shown({ store: readable, now }: Transaction, id: number): Result<Exception> {
  const record = store.listExceptions(readable, {}).find(each => each.id === id)
  return record === undefined
    ? fail('exception-unknown', { exception: id })
    : succeed(exceptionOf(record, now))
}

const soonMs = 30 * 86_400_000

function exceptionOf(record: store.ListedException, now: number): Exception {
  const orNull = (at: number | null) => (at === null ? null : isoInstant(at))
  const status = exceptionStatuses.find(each => each === record.status) ?? 'requested'
  return {
    id: record.id as ExceptionId,
    finding: record.finding_id as FindingId,
    instanceId: record.instance_id as InstanceId,
    address: record.address,
    port: record.port,
    rule: record.rule,
    subject: subjectOf(record),
    status,
    isExpiring: status === 'approved' && (endOfDate(record.expires_on) ?? 0) - now <= soonMs,
    reason: record.reason,
    control: record.control,
    owner: record.owner,
    expiresOn: record.expires_on,
    requestedBy: record.requested_by,
    requestedAt: isoInstant(record.requested_at),
    decidedBy: record.decided_by,
    decidedAt: orNull(record.decided_at),
    endedAt: orNull(record.ended_at),
    endReason: record.end_reason,
  }
}
