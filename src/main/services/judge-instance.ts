import type { Severity } from '#shared/domain/exposure.ts'
import type { Facts } from '#shared/domain/facts.ts'
import type { FindingReason, FindingStatus } from '#shared/domain/finding.ts'
import type { PolicyRule, Verdict } from '#shared/domain/policy.ts'
import type { RiskValues } from '#shared/domain/risk.ts'
import type { Judgement } from '../governance/evaluate.ts'
import {
  type Absence,
  advance,
  type FindingLife,
  type LifeSettings,
  type Seen,
} from '../governance/finding-life.ts'
import { riskValuesOf } from '../governance/risk-facts.ts'
import type { FindingRecord } from '../store/findings.ts'
import {
  judgedExceptions,
  judgedFindings,
  judgedInstances,
  judgedOwnerships,
  queriedOwners,
} from '../store/judging.ts'
import type { QueryContext } from '../store/query-where.ts'
import type { ReadableStore } from '../store/statement.ts'
import { type FactCache, type JudgedInstance, readFacts } from './instance-facts.ts'
import { type EndedLeave, type Leave, lookAtLeave, nextLook, unsettled } from './leave.ts'
import { leadingOwner, type OwnershipBasis, ownershipsOf } from './ownership.ts'
import { isAskedAt, type readyRules } from './policies.ts'
import { scopesAmong } from './rule-scope.ts'

export interface Judging {
  readonly store: ReadableStore
  readonly now: number
  readonly rules: ReturnType<typeof readyRules>
  readonly basis: OwnershipBasis
  readonly life: LifeSettings
  readonly cache: FactCache
  /** What queries that narrow rules are answered with. */
  readonly affectedBy: QueryContext['affectedBy']
}

/** A finding as it should be written; `id` null: it is opened. */
export interface FindingWrite {
  readonly id: number | null
  readonly rule: string
  readonly part: string
  readonly written: FindingLife & { readonly label: string; readonly evidence: string }
  /** Its status is another one now. */
  readonly isMoved: boolean
}

/** What has been found about one instance: plain data, so that a worker can find it and the writer write it. */
export interface Judged {
  readonly instance: number
  /** Queries find it under another owner's name. */
  readonly isOwnerNew: boolean
  readonly ended: readonly EndedLeave[]
  readonly findings: readonly FindingWrite[]
  /** null: nothing is known of it, so that no rule was asked. */
  readonly verdicts: { readonly lookAgainAt: number; readonly unknown: string } | null
  /** What its score rests on; null: as for the verdicts. */
  readonly risk: RiskValues | null
}

/** Judges instances by every rule. Reads only: what is found about one depends on that one alone. */
export function judgeInstances(judging: Judging, ids: readonly number[]): Judged[] {
  const { store, now, basis, cache } = judging
  const among = { ids: JSON.stringify(ids) }
  const known = Map.groupBy(judgedFindings(store, among), each => each.instance_id)
  const renamed = newOwners(store, among, basis)
  const granted = Map.groupBy(judgedExceptions(store, among), each => each.instance_id)
  const isInScope = scopesAmong({ store, now, affectedBy: judging.affectedBy }, ids)
  const facts = readFacts(store, ids, now, basis, cache)
  return ids.map(id => {
    const isOwnerNew = renamed.has(id)
    const bare = facts.get(id)
    if (bare === undefined)
      return { instance: id, isOwnerNew, ended: [], findings: [], verdicts: null, risk: null }
    const { leave, ended } = lookAtLeave(now, granted.get(id) ?? [], bare.facts)
    const exceptions = leave.map(({ id: number, rule, status }) => ({ id: number, rule, status }))
    const instance = { ...bare, facts: { ...bare.facts, exceptions } }
    const asked = judging.rules.filter(({ rule }) => isInScope(rule, id))
    const { writes, verdicts } = judgeOne({ ...judging, rules: asked }, instance, leave, known.get(id) ?? [])
    return { instance: id, isOwnerNew, ended, findings: writes, verdicts, risk: riskValuesOf(bare.facts) }
  })
}

/** Queries find instances by whoever answers for them: those where that is somebody else now. */
function newOwners(
  store: ReadableStore,
  among: { readonly ids: string },
  basis: OwnershipBasis,
): ReadonlySet<number> {
  const queried = new Map(queriedOwners(store, among).map(({ instance_id, owner }) => [instance_id, owner]))
  const stated = Map.groupBy(judgedOwnerships(store, among), each => each.instance_id)
  const renamed = judgedInstances(store, among).filter(record => {
    const owner = queried.get(record.id)
    return owner !== undefined && leadingOwner(ownershipsOf(store, record, { ...basis, stated })) !== owner
  })
  return new Set(renamed.map(({ id }) => id))
}

function judgeOne(
  judging: Judging,
  instance: JudgedInstance,
  leave: readonly Leave[],
  records: readonly FindingRecord[],
) {
  const known = new Map(records.map(each => [keyOf(each.rule, each.part), each]))
  const seenBy = lookAt(instance, leave)
  const unknown: string[] = []
  const writes: FindingWrite[] = []
  const statuses = new Map(records.map(({ id: finding, status }) => [finding, status]))
  const note = (write: FindingWrite | null) => {
    if (write === null) return
    writes.push(write)
    if (write.id !== null) statuses.set(write.id, write.written.status)
  }
  for (const asked of inOrder(judging.rules)) {
    const { rule } = asked
    if (!isAskedAt(rule, instance.record.site)) continue
    const parts = ask(asked, instance.facts, leave, statuses, known)
    if ([...parts.values()].some(({ verdict }) => verdict === 'unknown')) unknown.push(rule.key)
    for (const [part, judgement] of parts) {
      const record = known.get(keyOf(rule.key, part))
      known.delete(keyOf(rule.key, part))
      note(move(judging, { rule: rule.key, part }, seenBy(rule, judgement), judgement, record))
    }
  }
  // What is left is of rules that are not asked any more.
  for (const record of known.values()) {
    const { rule, part } = record
    note(move(judging, { rule, part }, seenBy(null, null), null, record))
  }
  const lookAgainAt = nextLook(instance.record.first_seen_at, leave, judging.now)
  return { writes, verdicts: { lookAgainAt, unknown: JSON.stringify(unknown) } }
}

/** What a rule says, part by part. Leave that is over matters only while what it was for is still open. */
function ask(
  { rule, ready }: Judging['rules'][number],
  facts: Facts,
  leave: readonly Leave[],
  statuses: ReadonlyMap<number, string>,
  known: ReadonlyMap<string, FindingRecord>,
): Map<string, PartJudgement> {
  const asked = rule.each === 'exception' ? { ...facts, exceptions: unsettled(leave, statuses) } : facts
  return partsOf(rule, ready.evaluate(asked), known)
}

/** Rules that ask of exceptions come last: they speak of what has become of the other findings. */
function inOrder(rules: Judging['rules']): Judging['rules'] {
  return [...rules].sort((a, b) => Number(a.rule.each === 'exception') - Number(b.rule.each === 'exception'))
}

function keyOf(rule: string, part: string): string {
  return `${rule}\n${part}`
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
    if (judgement !== whole || judgement.verdict === 'unknown')
      parts.set(judgement.part, { ...judgement, isPartGone: false })
  }
  return parts
}

/** What becomes of one finding; null: nothing about it is new. */
function move(
  { now, life }: Judging,
  { rule, part }: { readonly rule: string; readonly part: string },
  { life: seen, evidence, approved }: Sight,
  judgement: PartJudgement | null,
  record: FindingRecord | undefined,
): FindingWrite | null {
  // What is not broken and never was leaves no trace.
  if (record === undefined && judgement?.verdict !== 'broken') return null
  const before = record === undefined ? null : lifeOf(record)
  const isExcepted = record !== undefined && approved.has(record.id)
  const after = advance(before, seenOf(seen, before, isExcepted), now, life)
  if (after === null) return null
  // What was known when it could last be seen is worth more than what cannot be seen now.
  const isHidden = after.verdict === 'unknown' && record !== undefined
  const written = {
    ...after,
    label: judgement?.label ?? record?.label ?? '',
    evidence: isHidden ? record.evidence : evidence,
  }
  if (record !== undefined && isSame(record, written)) return null
  return { id: record?.id ?? null, rule, part, written, isMoved: after.status !== before?.status }
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
