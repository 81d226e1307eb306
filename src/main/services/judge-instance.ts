import type { Severity } from '#shared/domain/exposure.ts'
import type { Facts } from '#shared/domain/facts.ts'
import type { FindingReason, FindingStatus } from '#shared/domain/finding.ts'
import { dateOf, endOfDate } from '#shared/domain/instant.ts'
import type { PolicyRule, Verdict } from '#shared/domain/policy.ts'
import type { Judgement } from '../governance/evaluate.ts'
import { basisOf, changedBasis, type ExceptionBasis } from '../governance/exception-life.ts'
import { nextDay } from '../governance/facts.ts'
import {
  type Absence,
  advance,
  type FindingLife,
  type LifeSettings,
  type Seen,
} from '../governance/finding-life.ts'
import * as exceptions from '../store/exceptions.ts'
import * as findings from '../store/findings.ts'
import type { WritableStore } from '../store/statement.ts'
import { type JudgedInstance, readFacts } from './instance-facts.ts'
import type { OwnershipBasis } from './ownership.ts'
import { isAskedAt, type readyRules } from './policies.ts'

export interface Judging {
  readonly store: WritableStore
  readonly now: number
  readonly rules: ReturnType<typeof readyRules>
  readonly basis: OwnershipBasis
  readonly life: LifeSettings
}

type FindingRecord = ReturnType<typeof findings.findingsOfInstance>[number]

/** Judges one instance by every rule, and moves its findings. What is written depends on this instance alone. */
export function judgeInstance(judging: Judging, id: number): void {
  const { store, now, basis } = judging
  const bare = readFacts(store, id, now, basis, [])
  if (bare === null) return
  const leave = endLeave(judging, id, bare.facts)
  const facts: Facts = {
    ...bare.facts,
    exceptions: leave.map(({ id: number, rule, status }) => ({ id: number, rule, status })),
  }
  const instance = { ...bare, facts }
  const known = new Map(
    findings.findingsOfInstance(store, { instance: id }).map(each => [keyOf(each.rule, each.part), each]),
  )
  const seenBy = lookAt(judging, id, instance, leave)
  const unknown: string[] = []
  for (const { rule, ready } of judging.rules) {
    if (!isAskedAt(rule, instance.record.site)) continue
    const judgements = ready.evaluate(facts)
    if (judgements.some(({ verdict }) => verdict === 'unknown')) unknown.push(rule.key)
    for (const [part, judgement] of partsOf(rule, judgements, known)) {
      const key = keyOf(rule.key, part)
      move(
        judging,
        { instance: id, rule: rule.key, part },
        seenBy(rule, judgement),
        judgement,
        known.get(key),
      )
      known.delete(key)
    }
  }
  // What is left is of rules that are not asked any more.
  for (const record of known.values()) {
    const { rule, part } = record
    move(judging, { instance: id, rule, part }, seenBy(null, null), null, record)
  }
  findings.keepVerdicts(store, {
    instance: id,
    at: now,
    lookAgainAt: nextLook(instance.record.first_seen_at, leave, now),
    unknown: JSON.stringify(unknown),
  })
}

function keyOf(rule: string, part: string): string {
  return `${rule}\n${part}`
}

interface Leave {
  readonly id: number
  readonly finding: number
  readonly rule: string
  readonly status: string
  readonly expiresOn: string
}

/** Leave ends by its date, or early when what it was granted on has changed. */
function endLeave({ store, now }: Judging, instance: number, facts: Facts): Leave[] {
  const current = basisOf(facts)
  return exceptions.exceptionsOfInstance(store, { instance }).map(record => {
    const leave = {
      id: record.id,
      finding: record.finding_id,
      rule: record.rule,
      expiresOn: record.expires_on,
    }
    if (record.status !== 'approved') return { ...leave, status: record.status }
    const isOver = record.expires_on < dateOf(now)
    const change = isOver ? null : changedBasis(JSON.parse(record.basis) as ExceptionBasis, current)
    const status = isOver ? 'expired' : change === null ? 'approved' : 'lapsed'
    if (status !== 'approved') {
      exceptions.endException(store, { id: record.id, status, at: now, reason: change ?? 'date' })
    }
    return { ...leave, status }
  })
}

/** Time alone changes facts that count days, and ends leave. */
function nextLook(firstSeenAt: number, leave: readonly Leave[], now: number): number {
  const ends = leave
    .filter(({ status }) => status === 'approved')
    .map(({ expiresOn }) => endOfDate(expiresOn) ?? Number.POSITIVE_INFINITY)
  return Math.min(nextDay(firstSeenAt, now), ...ends)
}

interface Sight {
  readonly life: Omit<Seen, 'isExcepted'>
  readonly evidence: string
  readonly approved: ReadonlySet<number>
}

/** What is seen of the instance, by whatever rule it is looked at. */
function lookAt({ store }: Judging, id: number, { record }: JudgedInstance, leave: readonly Leave[]) {
  const spells = findings.spellsNow(store, { instance: id })
  const absence = absenceOf(spells)
  const approved = new Set(leave.filter(({ status }) => status === 'approved').map(({ finding }) => finding))
  return (rule: PolicyRule | null, judgement: PartJudgement | null): Sight => ({
    life: {
      severity: rule?.severity ?? 'none',
      revision: rule?.revision ?? '',
      isInForce: rule !== null,
      verdict: judgement?.verdict ?? 'unknown',
      isPartGone: judgement?.isPartGone ?? false,
      answeredAt: record.last_seen_at,
      absence,
    },
    approved,
    // Which scan saw it last is told by the spells themselves: they go on while nothing changes.
    evidence: JSON.stringify({ observations: spells.map(spell => spell.id), facts: judgement?.facts ?? {} }),
  })
}

/** Away only if every way in is: one that answers is enough, and one that could not be looked at says nothing. */
function absenceOf(spells: ReturnType<typeof findings.spellsNow>): Absence | null {
  if (
    spells.length === 0 ||
    spells.some(({ outcome }) => outcome === 'answered' || outcome === 'unreachable')
  )
    return null
  return {
    kind: spells.every(({ outcome }) => outcome === 'refused') ? 'not-listening' : 'gone',
    scanCount: Math.min(...spells.map(spell => spell.scan_count)),
    durationMs: Math.min(...spells.map(spell => spell.last_at - spell.first_at)),
  }
}

interface PartJudgement {
  readonly part: string
  readonly label: string | null
  readonly verdict: Verdict
  readonly isPartGone: boolean
  readonly facts: Readonly<Record<string, unknown>>
}

/** What a rule says, part by part; also of parts that are not there any more. */
function partsOf(
  { key, each }: PolicyRule,
  judgements: readonly Judgement[],
  known: ReadonlyMap<string, FindingRecord>,
): Map<string, PartJudgement> {
  const parts = new Map<string, PartJudgement>()
  const whole = each === 'instance' ? undefined : judgements.find(({ part }) => part === '')
  for (const record of known.values()) {
    if (record.rule !== key) continue
    // The list itself is hidden: whether it is still on it nobody knows.
    const verdict = whole?.verdict ?? 'satisfied'
    parts.set(record.part, {
      part: record.part,
      label: null,
      verdict,
      isPartGone: verdict === 'satisfied',
      facts: whole?.facts ?? {},
    })
  }
  for (const judgement of judgements) {
    if (judgement !== whole) parts.set(judgement.part, { ...judgement, isPartGone: false })
  }
  return parts
}

/** Moves one finding, or opens it, and writes it if anything about it is new. */
function move(
  { store, now, life }: Judging,
  { instance, rule, part }: { readonly instance: number; readonly rule: string; readonly part: string },
  { life: seen, evidence, approved }: Sight,
  judgement: PartJudgement | null,
  record: FindingRecord | undefined,
): void {
  const before = record === undefined ? null : lifeOf(record)
  const after = advance(
    before,
    seenOf(seen, before, record !== undefined && approved.has(record.id)),
    now,
    life,
  )
  if (after === null) return
  // What was known when it could last be seen is worth more than what cannot be seen now.
  const isHidden = after.verdict === 'unknown' && record !== undefined
  const written = {
    ...after,
    label: judgement?.label ?? record?.label ?? '',
    evidence: isHidden ? record.evidence : evidence,
  }
  if (record !== undefined && isSame(record, written)) return
  const id = record?.id ?? findings.addFinding(store, { rule, instance, part, ...written }).id
  if (record !== undefined) findings.updateFinding(store, { id, ...written })
  if (after.status !== before?.status) {
    findings.addFindingEvent(store, {
      finding: id,
      at: now,
      status: after.status,
      reason: after.reason,
      actor: null,
    })
  }
}

/** A rule that is not asked any more says nothing about how severe it would be. */
function seenOf(seen: Sight['life'], before: FindingLife | null, isExcepted: boolean): Seen {
  if (seen.isInForce || before === null) return { ...seen, isExcepted }
  return {
    ...seen,
    severity: before.severity,
    revision: before.revision,
    verdict: before.verdict,
    isExcepted,
  }
}

function isSame(
  record: FindingRecord,
  written: FindingLife & { readonly label: string; readonly evidence: string },
): boolean {
  const { label, evidence, ...life } = written
  if (record.label !== label || record.evidence !== evidence) return false
  const before = lifeOf(record)
  return (Object.keys(before) as (keyof FindingLife)[]).every(key => before[key] === life[key])
}

export function lifeOf(record: FindingRecord): FindingLife {
  return {
    severity: record.severity as Severity,
    verdict: record.verdict as Verdict,
    revision: record.revision,
    status: record.status as FindingStatus,
    statusBefore: record.status_before as FindingStatus | null,
    reason: record.reason as FindingReason,
    openedAt: record.opened_at,
    statusAt: record.status_at,
    dueAt: record.due_at,
    dueLeftMs: record.due_left_ms,
  }
}
