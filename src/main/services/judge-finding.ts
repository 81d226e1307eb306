import type { Severity } from '#shared/domain/exposure.ts'
import type { FindingReason, FindingStatus } from '#shared/domain/finding.ts'
import type { PolicyRule, Verdict } from '#shared/domain/policy.ts'
import type { Judgement } from '../governance/evaluate.ts'
import {
  type Absence,
  advance,
  type FindingLife,
  type LifeSettings,
  type Seen,
} from '../governance/finding-life.ts'
import type { FindingKind } from '../store/finding-writes.ts'
import type { FindingRecord } from '../store/findings.ts'

/** What is seen of an instance, whatever rule it is looked at by. */
export interface Sight {
  readonly answeredAt: number
  readonly absence: Absence | null
  /** Findings there is leave for. */
  readonly approved: ReadonlySet<number>
  /** JSON: the spells the facts are from. */
  readonly observations: string
  /** What findings there are rest on, by number. */
  readonly texts: ReadonlyMap<number, string>
}

/** When, and by what times, findings move. */
export interface Clock {
  readonly now: number
  readonly life: LifeSettings
}

/** A finding that is there, as it should be written. */
export interface FindingWrite {
  readonly id: number
  readonly written: Written
  /** Its status is another one now. */
  readonly isMoved: boolean
}

interface Written extends FindingLife {
  readonly label: string
  /** JSON. */
  readonly facts: string
  readonly observations: string
}

/** Findings that are opened in one go: each combination of what they say once. */
export interface Openings {
  readonly kinds: readonly FindingKind[]
  /** Places in `kinds` of what is opened; `there`: parts of which there is a finding. */
  kindsOf(rule: PolicyRule, judgements: readonly Judgement[], there: readonly string[], seen: Sight): number[]
}

/** What is opened depends on the judgement alone where the instance is there: that is worked out once. */
export function createOpenings(clock: Clock): Openings {
  const kinds: FindingKind[] = []
  const places = new Map<string, number>()
  const known = new Map<Judgement, number | null>()
  const place = (rule: PolicyRule, judgement: Judgement, seen: Sight) => {
    const life = advance(null, seenBy(seen, rule, judgement, false), clock.now, clock.life)
    if (life === null) return null
    const { part, label, facts } = judgement
    const kind = { rule: rule.key, part, label, facts: textOf(facts), ...life }
    const key = JSON.stringify(kind)
    const found = places.get(key) ?? kinds.push(kind) - 1
    places.set(key, found)
    return found
  }
  const kindOf = (rule: PolicyRule, judgement: Judgement, seen: Sight) => {
    if (seen.absence !== null) return place(rule, judgement, seen)
    const found = known.get(judgement)
    if (found !== undefined) return found
    const made = place(rule, judgement, seen)
    known.set(judgement, made)
    return made
  }
  return {
    kinds,
    kindsOf(rule, judgements, there, seen) {
      const found: number[] = []
      for (const judgement of judgements) {
        // What is not broken and never was leaves no trace.
        if (judgement.verdict !== 'broken' || there.includes(judgement.part)) continue
        const kind = kindOf(rule, judgement, seen)
        if (kind !== null) found.push(kind)
      }
      return found
    },
  }
}

export interface PartJudgement {
  readonly label: string | null
  readonly verdict: Verdict
  readonly isPartGone: boolean
  readonly facts: Readonly<Record<string, unknown>>
}

/** What a rule says of the parts it has findings of, also of those that are not there any more. */
export function judgePart(
  { each }: PolicyRule,
  judgements: readonly Judgement[],
): (part: string) => PartJudgement {
  const whole = each === 'instance' ? undefined : judgements.find(({ part }) => part === '')
  return asked => {
    const judgement = judgements.find(({ part }) => part === asked)
    const isSaid = judgement !== undefined && (judgement !== whole || judgement.verdict === 'unknown')
    if (isSaid) return { ...judgement, isPartGone: false }
    // The list itself is hidden: whether it is still on it nobody knows.
    const verdict = whole?.verdict ?? 'satisfied'
    return { label: null, verdict, isPartGone: verdict === 'satisfied', facts: whole?.facts ?? {} }
  }
}

/** What becomes of a finding; null: nothing about it is new. `rule` null: none is asked any more. */
export function moveFinding(
  { now, life }: Clock,
  seen: Sight,
  record: FindingRecord,
  rule: PolicyRule | null,
  judgement: PartJudgement | null,
): FindingWrite | null {
  const before = lifeOf(record)
  const given = seenBy(seen, rule, judgement, seen.approved.has(record.id))
  const after = advance(before, rule === null ? unasked(given, before) : given, now, life)
  if (after === null) return null
  // What was known when it could last be seen is worth more than what cannot be seen now.
  const isHidden = after.verdict === 'unknown'
  const kept = seen.texts.get(record.facts_id ?? 0) ?? '{}'
  const written = {
    ...after,
    label: judgement?.label ?? record.label,
    facts: isHidden ? kept : textOf(judgement?.facts ?? nothing),
    observations: isHidden ? record.observations : seen.observations,
  }
  if (kept === written.facts && isSame(record, before, written)) return null
  return { id: record.id, written, isMoved: after.status !== before.status }
}

const nothing = {}

function seenBy(
  { answeredAt, absence }: Sight,
  rule: PolicyRule | null,
  judgement: (Pick<PartJudgement, 'verdict'> & { readonly isPartGone?: boolean }) | null,
  isExcepted: boolean,
): Seen {
  return {
    severity: rule?.severity ?? 'none',
    revision: rule?.revision ?? '',
    isInForce: rule !== null,
    verdict: judgement?.verdict ?? 'unknown',
    isPartGone: judgement?.isPartGone ?? false,
    answeredAt,
    absence,
    isExcepted,
  }
}

/** A rule that is not asked any more says nothing about how severe it would be. */
function unasked(seen: Seen, { severity, revision, verdict }: FindingLife): Seen {
  return { ...seen, severity, revision, verdict }
}

/** Judgements are the same objects as long as they say the same. */
const texts = new WeakMap<object, string>()

function textOf(facts: Readonly<Record<string, unknown>>): string {
  const known = texts.get(facts) ?? JSON.stringify(facts)
  texts.set(facts, known)
  return known
}

function isSame(record: FindingRecord, before: FindingLife, written: Written): boolean {
  if (record.label !== written.label || record.observations !== written.observations) return false
  return (Object.keys(before) as (keyof FindingLife)[]).every(key => before[key] === written[key])
}

function lifeOf(record: FindingRecord): FindingLife {
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
