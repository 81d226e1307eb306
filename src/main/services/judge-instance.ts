import type { Facts } from '#shared/domain/facts.ts'
import type { PolicyRule } from '#shared/domain/policy.ts'
import type { RiskValues } from '#shared/domain/risk.ts'
import type { Absence } from '../governance/finding-life.ts'
import { mostDays, turnsIn } from '../governance/next-turn.ts'
import { riskValuesOf } from '../governance/risk-facts.ts'
import type { FindingKind, Opened } from '../store/finding-writes.ts'
import type { FindingRecord } from '../store/findings.ts'
import { judgedExceptions, judgedFindings, queriedOwners } from '../store/judging.ts'
import type { QueryContext } from '../store/query-where.ts'
import type { ReadableStore } from '../store/statement.ts'
import {
  type FactCache,
  type JudgedInstance,
  readFacts,
  readSubjects,
  readTexts,
  type Subjects,
} from './instance-facts.ts'
import {
  type Clock,
  createOpenings,
  type FindingWrite,
  judgePart,
  moveFinding,
  type Openings,
  type Sight,
} from './judge-finding.ts'
import { type EndedLeave, type Leave, lookAtLeave, nextLook, unsettled } from './leave.ts'
import { leadingOwner, type OwnershipBasis, ownershipsOf } from './ownership.ts'
import { isAskedAt, type readyRules } from './policies.ts'
import { scopesAmong } from './rule-scope.ts'

export interface Judging extends Clock {
  readonly store: ReadableStore
  readonly rules: ReturnType<typeof readyRules>
  readonly basis: OwnershipBasis
  readonly cache: FactCache
  /** What queries that narrow rules are answered with. */
  readonly affectedBy: QueryContext['affectedBy']
  /** Rules are narrowed by queries: what those find may be another thing each day. */
  readonly isTimed: boolean
}

/** What has been found about one instance: plain data, so that a worker can find it and the writer write it. */
export interface Judged {
  readonly instance: number
  /** Queries find it under another owner's name. */
  readonly isOwnerNew: boolean
  readonly ended: readonly EndedLeave[]
  /** Findings there are, where something about them is new. */
  readonly findings: readonly FindingWrite[]
  readonly opened: Opened | null
  /** null: nothing is known of it, so that no rule was asked. */
  readonly verdicts: { readonly lookAgainAt: number; readonly unknown: string } | null
  /** What its score rests on; null: as for the verdicts. */
  readonly risk: RiskValues | null
}

/** `kinds`: what those that are opened say. */
export interface JudgedInstances {
  readonly judged: readonly Judged[]
  readonly kinds: readonly FindingKind[]
}

/** Judges instances by every rule. Reads only: what is found about one depends on that one alone. */
export function judgeInstances(judging: Judging, ids: readonly number[]): JudgedInstances {
  const { store, now, basis, cache } = judging
  const among = { ids: JSON.stringify(ids) }
  const records = judgedFindings(store, among)
  readTexts(store, cache, records)
  const known = Map.groupBy(records, each => each.instance_id)
  const subjects = readSubjects(store, ids)
  const renamed = newOwners(store, among, basis, subjects)
  const granted = Map.groupBy(judgedExceptions(store, among), each => each.instance_id)
  const isInScope = scopesAmong({ store, now, affectedBy: judging.affectedBy }, ids)
  const facts = readFacts(store, ids, now, basis, cache, subjects)
  const openings = createOpenings(judging)
  const judged = ids.map(id => {
    const isOwnerNew = renamed.has(id)
    const bare = facts.get(id)
    if (bare === undefined) return nothingKnown(id, isOwnerNew)
    const { leave, ended } = lookAtLeave(now, granted.get(id) ?? [], bare.facts)
    const exceptions = leave.map(({ id: number, rule, status }) => ({ id: number, rule, status }))
    const instance = { ...bare, facts: { ...bare.facts, exceptions } }
    const asked = judging.rules.filter(({ rule }) => isInScope(rule, id))
    const found = judgeOne({ ...judging, rules: asked }, openings, instance, leave, known.get(id) ?? [])
    return { instance: id, isOwnerNew, ended, ...found, risk: riskValuesOf(bare.facts) }
  })
  return { judged, kinds: openings.kinds }
}

function nothingKnown(instance: number, isOwnerNew: boolean): Judged {
  return { instance, isOwnerNew, ended: [], findings: [], opened: null, verdicts: null, risk: null }
}

/** Queries find instances by whoever answers for them: those where that is somebody else now. */
function newOwners(
  store: ReadableStore,
  among: { readonly ids: string },
  basis: OwnershipBasis,
  { records, stated }: Subjects,
): ReadonlySet<number> {
  const queried = new Map(queriedOwners(store, among).map(({ instance_id, owner }) => [instance_id, owner]))
  const renamed = records.filter(record => {
    const owner = queried.get(record.id)
    return owner !== undefined && leadingOwner(ownershipsOf(store, record, { ...basis, stated })) !== owner
  })
  return new Set(renamed.map(({ id }) => id))
}

function judgeOne(
  judging: Judging,
  openings: Openings,
  instance: JudgedInstance,
  leave: readonly Leave[],
  records: readonly FindingRecord[],
): Pick<Judged, 'findings' | 'opened' | 'verdicts'> {
  const known = Map.groupBy(records, each => each.rule)
  const seen = lookAt(judging, instance, leave)
  const unknown: string[] = []
  const findings: FindingWrite[] = []
  const opened: number[] = []
  const statuses = new Map(records.map(({ id: finding, status }) => [finding, status]))
  const note = (write: FindingWrite | null) => {
    if (write === null) return
    findings.push(write)
    statuses.set(write.id, write.written.status)
  }
  for (const { rule, ready } of judging.rules) {
    if (!isAskedAt(rule, instance.record.site)) continue
    const there = known.get(rule.key) ?? []
    known.delete(rule.key)
    const judgements = ready.evaluate(asksOf(rule, instance.facts, leave, statuses))
    if (judgements.some(({ verdict }) => verdict === 'unknown')) unknown.push(rule.key)
    const parts = there.map(({ part }) => part)
    opened.push(...openings.kindsOf(rule, judgements, parts, seen))
    const judged = judgePart(rule, judgements)
    for (const record of there) note(moveFinding(judging, seen, record, rule, judged(record.part)))
  }
  // What is left is of rules that are not asked any more.
  for (const record of [...known.values()].flat()) note(moveFinding(judging, seen, record, null, null))
  const moved = new Map(findings.map(({ id, written }) => [id, written]))
  const turn = inDays(
    judging,
    instance,
    records.map(record => moved.get(record.id) ?? record),
  )
  const lookAgainAt = nextLook(instance.record.first_seen_at, leave, judging.now, turn)
  return {
    findings,
    opened:
      opened.length === 0
        ? null
        : { instance: instance.record.id, observations: seen.observations, kinds: opened },
    verdicts: { lookAgainAt, unknown: JSON.stringify(unknown) },
  }
}

/** In how many days something else may be found, if no scan, no decision and no rule changes anything. */
function inDays(
  { rules, isTimed }: Judging,
  { record, facts }: JudgedInstance,
  findings: readonly { readonly status: string; readonly verdict: string }[],
): number {
  // What ended with its rule broken comes back with the next answer, which changes no fact. Queries may ask for dates.
  if (isTimed || findings.some(isWaiting)) return 1
  const turns = rules.map(({ ready }) => turnsIn(ready, facts))
  // Instances that were found on one day are not all looked at on one day for ever.
  return Math.min(mostDays / 2 + (record.id % (mostDays / 2)), ...turns)
}

function isWaiting({ status, verdict }: { readonly status: string; readonly verdict: string }): boolean {
  return status === 'retired' || (status === 'resolved' && verdict === 'broken')
}

/** Leave that is over matters only while what it was for is still open. */
function asksOf(
  rule: PolicyRule,
  facts: Facts,
  leave: readonly Leave[],
  statuses: ReadonlyMap<number, string>,
): Facts {
  return rule.each === 'exception' ? { ...facts, exceptions: unsettled(leave, statuses) } : facts
}

/** What is seen of the instance, by whatever rule it is looked at. */
function lookAt({ cache }: Judging, { record, endpoints }: JudgedInstance, leave: readonly Leave[]): Sight {
  const observations = endpoints.map(endpoint => endpoint.spell_id).sort((a, b) => a - b)
  return {
    answeredAt: record.last_seen_at,
    absence: absenceOf(endpoints),
    approved: new Set(leave.filter(({ status }) => status === 'approved').map(({ finding }) => finding)),
    // Which scan saw it last is told by the spells themselves: they go on while nothing changes.
    observations: JSON.stringify(observations),
    texts: cache.findingTexts,
  }
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
