import {
  AuditChange,
  type AuditChanges,
  type AuditEntry,
  type AuditKinds,
  type AuditRequest,
  type SignedHead,
} from '#shared/domain/audit.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import {
  type AuditEntryRecord,
  auditActors,
  auditChangesOf,
  auditCommands,
  auditEntryById,
  auditHeadValuesOf,
  countAuditChanges,
  eraseAuditValues,
  findAuditEntries,
  lastAuditEntry,
} from '../store/audit-chain.ts'
import type { ReadableStore } from '../store/statement.ts'
import { eraseCommand, headText } from './audit-verify.ts'
import type { Reading, Transaction } from './context.ts'
import { purgeCommand, sealCommand } from './scan-seal.ts'
import { showSettings } from './settings.ts'

/** Entries that fit, newest first. */
export function listAudit({ store }: Reading, request: AuditRequest): AuditEntry[] {
  const { since, until, mostChanges, ...query } = request
  const instant = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text))
  const found = findAuditEntries(store, { ...query, since: instant(since), until: instant(until) })
  return found.map(record => entryOf(store, record, mostChanges))
}

/** Entries before a number, newest first: to go through all of them without holding them. */
export function auditPage({ store }: Pick<Reading, 'store'>, before: number, limit: number): AuditEntry[] {
  return findAuditEntries(store, { before, limit }).map(record =>
    entryOf(store, record, Number.MAX_SAFE_INTEGER),
  )
}

/** What one entry changed, a page of it. */
export function auditChanges(
  { store }: Reading,
  { entry, start, limit }: { readonly entry: number; readonly start: number; readonly limit: number },
): Result<AuditChanges> {
  if (auditEntryById(store, { id: entry }) === undefined) return fail('audit-entry-unknown', { entry })
  return succeed({
    total: countAuditChanges(store, { entry })?.count ?? 0,
    changes: auditChangesOf(store, { entry, start, limit }).map(({ value }) => changeOf(value)),
  })
}

/** What there is to filter by. */
export function auditKinds({ store }: Reading): AuditKinds {
  return {
    entries: lastAuditEntry(store, {})?.id ?? 0,
    commands: auditCommands(store, {}).map(({ command }) => command),
    actors: auditActors(store, {}).flatMap(({ value }) => value ?? []),
  }
}

function changeOf(value: string | null): AuditChange | null {
  return value === null ? null : AuditChange.parse(JSON.parse(value))
}

function entryOf(store: ReadableStore, record: AuditEntryRecord, mostChanges: number): AuditEntry {
  const values = auditHeadValuesOf(store, { entry: record.id, most: mostChanges })
  const text = (name: string) => values.find(value => value.name === name)?.value ?? null
  const json = (value: string | null): unknown => (value === null ? null : JSON.parse(value))
  return {
    id: record.id,
    at: isoInstant(record.at),
    actor: text('actor'),
    account: text('account'),
    command: record.command,
    outcome: record.outcome as AuditEntry['outcome'],
    input: json(text('input')),
    result: json(text('result') ?? text('seal')),
    changes: values.filter(({ name }) => name === 'change').map(({ value }) => changeOf(value)),
    changeCount: countAuditChanges(store, { entry: record.id })?.count ?? 0,
    erased: values.some(({ value }) => value === null),
    hash: Buffer.from(record.hash).toString('hex'),
  }
}

/** Signs the end of the chain as it is before this very command: what is kept elsewhere shows later that nothing was cut off. */
export function signHead({ store, now, identity }: Transaction): Result<SignedHead> {
  const last = lastAuditEntry(store, {})
  if (last === undefined) return fail('audit-empty')
  const unsigned = {
    entry: last.id,
    hash: Buffer.from(last.hash).toString('hex'),
    at: isoInstant(now),
    organisation: showSettings({ store }).organisation,
    actor: identity.name,
    publicKey: identity.publicKey,
  }
  const signature = identity.sign(headText(unsigned))
  return signature === null ? fail('actor-required') : succeed({ ...unsigned, signature })
}

/** A seal holds no personal data, and without it nothing could be said of the observations any more. */
const kept: ReadonlySet<string> = new Set([sealCommand, purgeCommand, eraseCommand])

/** Takes away what an entry says of people. That it was there, and that it was erased, stays in the chain. */
export function eraseEntry(
  { store }: Transaction,
  { entry }: { readonly entry: number; readonly reason: string },
): Result<{ entry: number; erased: number }> {
  const record = auditEntryById(store, { id: entry })
  if (record === undefined || kept.has(record.command)) return fail('audit-entry-unknown', { entry })
  return succeed({ entry, erased: eraseAuditValues(store, { entry }).count })
}
