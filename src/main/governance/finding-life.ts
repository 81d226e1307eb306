import { usualDueDays } from '#shared/domain/due-days.ts'
import type { Severity } from '#shared/domain/exposure.ts'
import type { FindingReason, FindingStatus } from '#shared/domain/finding.ts'
import type { Verdict } from '#shared/domain/policy.ts'

/** A finding as far as its life goes. */
export interface FindingLife {
  readonly severity: Severity
  readonly verdict: Verdict
  /** Of the rule that was asked. */
  readonly revision: string
  readonly status: FindingStatus
  /** Where it goes back to when what interrupts it is over. */
  readonly statusBefore: FindingStatus | null
  readonly reason: FindingReason
  readonly openedAt: number
  readonly statusAt: number
  readonly dueAt: number | null
  readonly dueLeftMs: number | null
}

/** What is seen of its subject now. */
export interface Seen {
  readonly severity: Severity
  readonly revision: string
  /** Whether the rule is asked of this instance at all. */
  readonly isInForce: boolean
  readonly verdict: Verdict
  /** The model, advisory or exception it was about is not there any more, on known facts. */
  readonly isPartGone: boolean
  /** When the instance last answered. */
  readonly answeredAt: number
  readonly absence: Absence | null
  readonly isExcepted: boolean
}

/** How long the instance has not answered where it did before; only scans that covered it count. */
export interface Absence {
  readonly kind: 'not-listening' | 'gone'
  readonly scanCount: number
  readonly durationMs: number
}

export interface LifeSettings {
  /** Days from opening to due; null: no clock. */
  readonly slaDays: Readonly<Record<Severity, number | null>>
  readonly absentScans: number
  readonly absentDays: number
  readonly dormantDays: number
  /** What returns within so many days goes on with its first opening. */
  readonly returnDays: number
}

export const usualLife: LifeSettings = {
  slaDays: { ...usualDueDays, none: null },
  absentScans: 3,
  absentDays: 7,
  dormantDays: 30,
  returnDays: 30,
}

const dayMs = 86_400_000
const ended: readonly FindingStatus[] = ['resolved', 'withdrawn', 'merged', 'retired']

/**
 * What becomes of a finding by what is seen now. Depends on nothing else, so that findings come out the same in whatever
 * order instances are looked at, and however often.
 */
export function advance(
  before: FindingLife | null,
  seen: Seen,
  now: number,
  settings: LifeSettings,
): FindingLife | null {
  if (before === null) {
    // A new one at once gets to where a second look would bring it.
    return opens(seen, settings) ? advance(open(seen, now, settings), seen, now, settings) : null
  }
  const move = moveOf(before, seen, settings)
  const derived = { ...before, severity: seen.severity, revision: seen.revision, verdict: seen.verdict }
  const kept = withDueDate(derived, before, settings)
  return move === null || move.status === before.status ? kept : moved(kept, move, now, settings)
}

/** Unknown never opens; nor does what was known of an instance that is not there any more. */
function opens(seen: Seen, settings: LifeSettings): boolean {
  return (
    seen.isInForce &&
    seen.verdict === 'broken' &&
    !isProvenAbsent(seen, settings) &&
    !isDormant(seen, settings)
  )
}

function open(seen: Seen, now: number, settings: LifeSettings): FindingLife {
  const life: FindingLife = {
    severity: seen.severity,
    verdict: seen.verdict,
    revision: seen.revision,
    status: 'open',
    statusBefore: null,
    reason: 'broken',
    openedAt: now,
    statusAt: now,
    dueAt: null,
    dueLeftMs: null,
  }
  return { ...life, dueAt: dueOf(life, settings) }
}

interface Move {
  readonly status: FindingStatus
  readonly reason: FindingReason
}

function moveOf(before: FindingLife, seen: Seen, settings: LifeSettings): Move | null {
  if (ended.includes(before.status)) return returning(before, seen, settings)
  if (!seen.isInForce) return { status: 'withdrawn', reason: 'rule-changed' }
  if (isProvenAbsent(seen, settings)) return { status: 'resolved', reason: 'not-listening' }
  if (isDormant(seen, settings)) return { status: 'dormant', reason: 'gone' }
  if (seen.verdict === 'satisfied') return satisfied(before, seen)
  if (seen.isExcepted) return { status: 'excepted', reason: 'exception-granted' }
  return seen.verdict === 'unknown' ? invisible(before) : broken(before, seen)
}

/** Satisfied on known facts. If it is the rule that changed and not the instance, nothing was fixed. */
function satisfied(before: FindingLife, seen: Seen): Move {
  if (before.revision !== seen.revision) return { status: 'withdrawn', reason: 'rule-changed' }
  return { status: 'resolved', reason: seen.isPartGone ? 'part-gone' : 'satisfied' }
}

/** The facts cannot be seen any more: neither fixed nor there. */
function invisible({ status }: FindingLife): Move | null {
  return status === 'not-verifiable' ? null : { status: 'not-verifiable', reason: 'invisible' }
}

function broken(before: FindingLife, seen: Seen): Move | null {
  const { status, statusBefore, statusAt } = before
  if (status === 'excepted') return { status: 'open', reason: 'exception-over' }
  if (status === 'awaiting-verification') {
    // Only a look after somebody said "fixed" says that it is not.
    return seen.answeredAt > statusAt ? { status: 'open', reason: 'still-broken' } : null
  }
  if (status === 'dormant') return { status: statusBefore ?? 'open', reason: 'returned' }
  if (status === 'not-verifiable') return { status: statusBefore ?? 'open', reason: 'visible-again' }
  return null
}

/** What had ended begins again when the verdict turns, or when the instance answers again after it was said to be away. */
function returning(before: FindingLife, seen: Seen, settings: LifeSettings): Move | null {
  const { status, verdict, statusAt } = before
  if (status === 'merged' || !opens(seen, settings)) return null
  const hasTurned = verdict !== 'broken' && status !== 'retired'
  const wasWithdrawn = status === 'withdrawn'
  if (!hasTurned && !wasWithdrawn && seen.answeredAt <= statusAt) return null
  return { status: seen.isExcepted ? 'excepted' : 'open', reason: 'returned' }
}

function isProvenAbsent({ absence }: Seen, { absentScans, absentDays }: LifeSettings): boolean {
  if (absence?.kind !== 'not-listening') return false
  return absence.scanCount >= absentScans && absence.durationMs >= absentDays * dayMs
}

/** Silent may mean switched off, moved or filtered: it is not counted, and not called fixed either. */
function isDormant({ absence }: Seen, { dormantDays }: LifeSettings): boolean {
  return absence?.kind === 'gone' && absence.durationMs > dormantDays * dayMs
}

const interrupting: readonly FindingStatus[] = ['not-verifiable', 'dormant']

function moved(
  life: FindingLife,
  { status, reason }: Move,
  now: number,
  settings: LifeSettings,
): FindingLife {
  const isReturn = ended.includes(life.status)
  const isLate = now - life.statusAt > settings.returnDays * dayMs
  const openedAt = isReturn && isLate ? now : life.openedAt
  const statusBefore = interrupting.includes(status)
    ? interrupting.includes(life.status)
      ? life.statusBefore
      : resumable(life.status)
    : null
  const next = { ...life, status, reason, openedAt, statusAt: now, statusBefore }
  return withClock(next, life, now, isReturn, settings)
}

/** An exception that ended meanwhile, or a fix nobody could look at, begins at the beginning. */
function resumable(status: FindingStatus): FindingStatus {
  return status === 'in-remediation' ? status : 'open'
}

/** The clock stands still while an exception holds, and runs from the first opening otherwise. */
function withClock(
  next: FindingLife,
  before: FindingLife,
  now: number,
  isReturn: boolean,
  settings: LifeSettings,
): FindingLife {
  if (next.status === 'excepted') {
    const left = before.dueAt === null ? before.dueLeftMs : before.dueAt - now
    return { ...next, dueAt: null, dueLeftMs: left }
  }
  if (isReturn) return { ...next, dueAt: dueOf(next, settings), dueLeftMs: null }
  if (before.status === 'excepted') {
    return { ...next, dueAt: before.dueLeftMs === null ? null : now + before.dueLeftMs, dueLeftMs: null }
  }
  return next
}

function dueOf({ severity, openedAt }: FindingLife, { slaDays }: LifeSettings): number | null {
  const days = slaDays[severity]
  return days === null ? null : openedAt + days * dayMs
}

/** Another severity is another clock. */
function withDueDate(life: FindingLife, before: FindingLife, settings: LifeSettings): FindingLife {
  if (life.severity === before.severity || before.dueAt === null) return life
  const shift = (dueOf(life, settings) ?? 0) - (dueOf(before, settings) ?? 0)
  return { ...life, dueAt: before.dueAt + shift }
}
