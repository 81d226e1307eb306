import type { AuditChange, AuditDamage, AuditVerification, SignedHead } from '#shared/domain/audit.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import { listActors } from '../store/actors.ts'
import {
  type AuditEntryRecord,
  type AuditValueRecord,
  auditEntriesAfter,
  auditEntryById,
  auditValuesOf,
  auditValuesOfCommand,
  lastAuditEntry,
  strayAuditValues,
} from '../store/audit-chain.ts'
import { type ListedException, listExceptions } from '../store/exceptions.ts'
import { changedSeals, scansByStatus } from '../store/seals.ts'
import type { ReadableStore } from '../store/statement.ts'
import { commitmentOf, entryHash } from './audit-chain.ts'
import type { Reading } from './context.ts'
import { decisionText, requestText } from './exceptions.ts'
import {
  altered,
  contentDigest,
  coverageLine,
  newest,
  readSeals,
  type SealState,
  strangers,
} from './scan-seal.ts'
import { isSignedBy } from './signatures.ts'

type Problem = NonNullable<AuditVerification['problem']>

export const eraseCommand = 'audit.erase'

/**
 * Compares everything with everything: entries with the chain, values with their commitments, observations and coverage
 * with the seals in it, and its end with a head that was kept elsewhere, if one is given.
 */
export function verifyAudit(
  { store, emit }: Pick<Reading, 'store' | 'emit'>,
  head: SignedHead | null,
): AuditVerification {
  const total = lastAuditEntry(store, {})?.id ?? 0
  const walked = walkChain(store, done => emit?.('audit.progressed', { done, total }))
  const seals = readSeals(store)
  const problem =
    walked.problem ??
    checkStray(store) ??
    checkHead(store, head) ??
    checkSeals(store, seals) ??
    checkExceptions(store)
  const { last, entries, erased } = walked
  return {
    intact: problem === null,
    entries,
    scans: seals.scans.size,
    erased,
    head:
      last === null
        ? null
        : { entry: last.id, hash: Buffer.from(last.hash).toString('hex'), at: isoInstant(last.at) },
    problem,
    tailChecked: head !== null,
  }
}

interface Walked {
  entries: number
  erased: number
  last: AuditEntryRecord | null
  problem: Problem | null
}

const atOnce = 500

function walkChain(store: ReadableStore, tell: (done: number) => void): Walked {
  const walked: Walked = { entries: 0, erased: 0, last: null, problem: null }
  const erasures = erasedEntries(store)
  for (;;) {
    const page = auditEntriesAfter(store, { id: walked.last?.id ?? 0, limit: atOnce })
    for (const entry of page) {
      walked.problem = step(store, walked, entry, erasures)
      if (walked.problem !== null) return walked
    }
    tell(walked.entries)
    if (page.length < atOnce) return walked
  }
}

function step(
  store: ReadableStore,
  walked: Walked,
  entry: AuditEntryRecord,
  erasures: ReadonlySet<number>,
): Problem | null {
  const values = auditValuesOf(store, { entry: entry.id })
  const due = (walked.last?.id ?? 0) + 1
  if (entry.id !== due) return { entry: due, damage: 'entry-missing', scan: null }
  const damage = damageOf(entry, walked.last, values, erasures)
  if (damage !== null) return { entry: entry.id, damage, scan: null }
  walked.entries++
  walked.last = entry
  if (values.some(({ value }) => value === null)) walked.erased++
  return null
}

function damageOf(
  entry: AuditEntryRecord,
  before: AuditEntryRecord | null,
  values: readonly AuditValueRecord[],
  erasures: ReadonlySet<number>,
): AuditDamage | null {
  if (values.some(({ position }, index) => position !== index)) return 'value-missing'
  if (!entryHash(entry, before?.hash ?? null, values).equals(entry.hash)) return 'entry-altered'
  for (const { salt, name, value, commitment } of values) {
    if (salt === null || value === null) {
      if (!erasures.has(entry.id)) return 'erased-without-record'
    } else if (!commitmentOf(salt, name, value).equals(commitment)) return 'value-altered'
  }
  return null
}

/** Entries a later entry says were erased. */
function erasedEntries(store: ReadableStore): ReadonlySet<number> {
  const inputs = auditValuesOfCommand(store, { command: eraseCommand, name: 'input' })
  return new Set(
    inputs.flatMap(({ value }) =>
      value === null ? [] : [Number((JSON.parse(value) as { entry: number }).entry)],
    ),
  )
}

function checkStray(store: ReadableStore): Problem | null {
  const stray = strayAuditValues(store, {})
  return stray === undefined ? null : { entry: stray.entry_id, damage: 'value-stray', scan: null }
}

function checkHead(store: ReadableStore, head: SignedHead | null): Problem | null {
  if (head === null) return null
  if (!isSignedBy(head.publicKey, headText(head), head.signature))
    return { entry: head.entry, damage: 'head-signature', scan: null }
  const entry = auditEntryById(store, { id: head.entry })
  const same = entry !== undefined && Buffer.from(entry.hash).toString('hex') === head.hash
  return same ? null : { entry: head.entry, damage: 'head-not-found', scan: null }
}

/** The text of a head that is signed: its fields in this order. */
export function headText({
  entry,
  hash,
  at,
  organisation,
  actor,
  publicKey,
}: Omit<SignedHead, 'signature'>): string {
  return JSON.stringify(['paddock-audit-head', entry, hash, at, organisation, actor, publicKey])
}

/** Leave whose words are not those that were signed, or signed by nobody known. */
function checkExceptions(store: ReadableStore): Problem | null {
  const keys = new Set(listActors(store, {}).map(actor => Buffer.from(actor.public_key).toString('hex')))
  const forged = listExceptions(store, {}).find(record => !isGenuine(record, keys))
  if (forged === undefined) return null
  const requests = ['exception.request', 'exception.request-all'].flatMap(command =>
    auditValuesOfCommand(store, { command, name: 'change' }),
  )
  const entry = requests.find(
    ({ value }) => value !== null && (JSON.parse(value) as AuditChange).subject === `exception ${forged.id}`,
  )
  return { entry: entry?.id ?? 1, damage: 'exception-altered', scan: null }
}

function isGenuine(record: ListedException, keys: ReadonlySet<string>): boolean {
  const { finding_id, reason, control, owner, basis, request_key, request_signature } = record
  const request = requestText(finding_id, { reason, control, owner, basis, expiresOn: record.expires_on })
  if (!keys.has(request_key) || !isSignedBy(request_key, request, request_signature)) return false
  const { decision_key, decision_signature } = record
  if (decision_key === null || decision_signature === null) return record.status === 'requested'
  const decided = record.status === 'rejected' ? 'rejected' : 'approved'
  const decision = decisionText(record.id, decided, request_signature)
  return keys.has(decision_key) && isSignedBy(decision_key, decision, decision_signature)
}

/** The problem whose entry comes first in the chain. */
function checkSeals(store: ReadableStore, seals: SealState): Problem | null {
  const problems = [...sealedProblems(store, seals), ...unsealedProblems(store, seals)]
  return problems.sort((a, b) => a.entry - b.entry)[0] ?? null
}

function sealedProblems(store: ReadableStore, seals: SealState): Problem[] {
  const running = runningScans(store)
  const sets = altered(store, seals, [...seals.sets.keys()]).map(scan => ({
    entry: seals.sets.get(scan)?.entry ?? 1,
    damage: 'observation-altered' as const,
    scan,
  }))
  const coverage = [...seals.scans].flatMap(([scan, said]) =>
    running.has(scan) || coverageLine(store, scan) === said.coverage
      ? []
      : [{ entry: said.entry, damage: 'coverage-altered' as const, scan }],
  )
  const contents = seals.contents.flatMap(({ scan, entry, from, to, content }) =>
    contentDigest(store, from, to) === content
      ? []
      : [{ entry, damage: 'observation-altered' as const, scan }],
  )
  const unseen = seals.all.flatMap(({ entry, unseen }) =>
    unseen.map(each => ({ entry, damage: 'observation-changed-unseen' as const, scan: each })),
  )
  return [...sets, ...coverage, ...contents, ...unseen]
}

/** Observations no seal speaks of: only a running scan has such. */
function unsealedProblems(store: ReadableStore, seals: SealState): Problem[] {
  const running = runningScans(store)
  const entry = seals.all.at(-1)?.entry ?? 1
  const strange = strangers(store, seals).filter(scan => !running.has(scan))
  const left =
    running.size === 0 ? changedSeals(store, { seal: newest(seals) }).map(each => each.scan_id) : []
  return [...new Set([...strange, ...left])].map(scan => ({ entry, damage: 'observation-unsealed', scan }))
}

function runningScans(store: ReadableStore): ReadonlySet<number> {
  const running = scansByStatus(store, {}).filter(({ status }) => status === 'running')
  return new Set(running.map(({ id }) => id))
}
