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
import { judgedExceptions, judgedFindings } from '../store/judging.ts'
import type { WritableStore } from '../store/statement.ts'
import { type FactCache, type JudgedInstance, readFacts } from './instance-facts.ts'
import type { OwnershipBasis } from './ownership.ts'
import { isAskedAt, type readyRules } from './policies.ts'

export interface Judging {
  readonly store: WritableStore
  readonly now: number
  readonly rules: ReturnType<typeof readyRules>
  readonly basis: OwnershipBasis
  readonly life: LifeSettings
  readonly cache: FactCache
}

type FindingRecord = findings.FindingRecord

/** Judges instances by every rule, and moves their findings. What is written of one depends on that one alone. */
export function judgeInstances(judging: Judging, ids: readonly number[]): void {
  const { store, now, basis, cache } = judging
  const among = { ids: JSON.stringify(ids) }
  const known = Map.groupBy(judgedFindings(store, among), each => each.instance_id)
  const granted = Map.groupBy(judgedExceptions(store, among), each => each.instance_id)
  for (const [id, bare] of readFacts(store, ids, now, basis, cache)) {
    const leave = endLeave(judging, granted.get(id) ?? [], bare.facts)
    const exceptions = leave.map(({ id: number, rule, status }) => ({ id: number, rule, status }))
    const instance = { ...bare, facts: { ...bare.facts, exceptions } }
    judgeOne(judging, id, instance, leave, known.get(id) ?? [])
  }
}

function judgeOne(
  judging: Judging,
  id: number,
  instance: JudgedInstance,
  leave: readonly Leave[],
  records: readonly FindingRecord[],
): void {
  const known = new Map(records.map(each => [keyOf(each.rule, each.part), each]))
  const seenBy = lookAt(instance, leave)
  const unknown: string[] = []
  for (const { rule, ready } of judging.rules) {
    if (!isAskedAt(rule, instance.record.site)) continue
    const judgements = ready.evaluate(instance.facts)
    if (judgements.some(({ verdict }) => verdict === 'unknown')) unknown.push(rule.key)
    for (const [part, judgement] of partsOf(rule, judgements, known)) {
      const key = keyOf(rule.key, part)
      const record = known.get(key)
      known.delete(key)
      // What is not broken and never was leaves no trace.
      if (record === undefined && judgement.verdict !== 'broken') continue
      move(judging, { instance: id, rule: rule.key, part }, seenBy(rule, judgement), judgement, record)
    }
  }
  // What is left is of rules that are not asked any more.
  for (const record of known.values()) {
    const { rule, part } = record
    move(judging, { instance: id, rule, part }, seenBy(null, null), null, record)
  }
  findings.keepVerdicts(judging.store, {
    instance: id,
    at: judging.now,
    lookAgainAt: nextLook(instance.record.first_seen_at, leave, judging.now),
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
function endLeave(
  { store, now }: Judging,
  granted: readonly exceptions.ExceptionRecord[],
  facts: Facts,
): Leave[] {
  if (granted.length === 0) return []
  const current = basisOf(facts)
  return granted.map(record => {
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
function lookAt({ record, endpoints }: JudgedInstance, leave: readonly Leave[]) {
  const absence = absenceOf(endpoints)
  const observations = endpoints.map(endpoint => endpoint.spell_id).sort((a, b) => a - b)
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
    evidence: JSON.stringify({ observations, facts: judgement?.facts ?? {} }),
  })
}

/** Away only if every way in is: one that answers is enough, and one that could not be looked at says nothing. */
function absenceOf(spells: JudgedInstance['endpoints']): Absence | null {
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
