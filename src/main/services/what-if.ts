import { type Severity, severities } from '#shared/domain/exposure.ts'
import type { Facts } from '#shared/domain/facts.ts'
import { parseVersion } from '#shared/domain/version.ts'
import type { WhatIf, WhatIfAnswer } from '#shared/domain/what-if.ts'
import type { Condition } from '#shared/query/condition.ts'
import { valueTerm } from '#shared/query/term.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { worstAdvisory } from '../governance/risk-facts.ts'
import { differenceOf, type Shift } from '../governance/tally.ts'
import * as pure from '../governance/what-if.ts'
import { exceptionById } from '../store/exceptions.ts'
import { findingById } from '../store/findings.ts'
import { openIds } from '../store/query-open.ts'
import type { QueryContext } from '../store/query-where.ts'
import * as counts from '../store/risk-counts.ts'
import { siteByName } from '../store/sites.ts'
import { consistently } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { dataAsOf } from './framework-assess.ts'
import { adviceFor } from './instance-facts.ts'
import { knownProfiles } from './known-profiles.ts'
import { queryContext } from './query-context.ts'
import { readQuery } from './read-query.ts'
import { readWeights, type WeightsInForce } from './risk-weights.ts'
import { closingOf, type FactChange, shiftsUnder } from './what-if-findings.ts'

interface Concerned {
  readonly count: number
  readonly ids: () => Float64Array
}

interface Plan {
  /** Whom it concerns. */
  readonly query: string | null
  readonly condition: Condition
  /** Where it concerns a whole site: its rows are counted already. */
  readonly siteId: number | null
  readonly change: pure.Change
  /** What rules would see; null: the findings follow without asking them. */
  readonly facts: FactChange | null
  /** Facts of no others change, as a query. */
  readonly among: string
  /** Which findings there are more or fewer, of so many affected; undefined: what rules say of changed facts. */
  readonly shifts?: (concerned: Concerned, asOf: number) => Shift[]
  /** The same by severity where that is counted already. */
  readonly findings?: () => Partial<Record<Severity, number>>
}

/** How the inventory would stand if something were done, or happened: told, not stored. */
export function whatIf(reading: Reading, asked: WhatIf): Result<WhatIfAnswer> {
  const inForce = readWeights(reading.store)
  if (inForce === null) throw new Error('no weights were delivered')
  return consistently(reading.store, () => {
    const plan = planOf(reading, asked)
    return plan.ok ? succeed(answer(reading, inForce, plan.value)) : plan
  })
}

function answer(reading: Reading, { weights }: WeightsInForce, plan: Plan): WhatIfAnswer {
  const { store, now } = reading
  const context = queryContext(reading, now())
  const profiles = knownProfiles(store)
  const affected = affectedBy(context, plan)
  const groups = affected.groups.flatMap(({ profile: id, score, count }): pure.Group[] => {
    const profile = profiles.get(id)
    if (profile === undefined) return []
    return [{ values: profile.values, score, isDecided: profile.score !== score, count }]
  })
  const all = counts.countsByScore(store, {}).filter(({ score }) => score >= 0)
  const minus = groups.map(({ score, count }) => ({ score, count: -count }))
  const plus = groups.map(group => pure.changed(group, plan.change, weights))
  const before = openBySeverity(reading)
  const difference =
    plan.findings?.() ?? differenceOf(shiftsOf(reading, context, plan, affected.count, dataAsOf(store)))
  const after = { ...before }
  for (const severity of severities) after[severity] += difference[severity] ?? 0
  return {
    before: pure.standingOf(all, before, weights),
    after: pure.standingOf(merged([...all, ...minus, ...plus]), after, weights),
    affected: { count: affected.count, query: plan.query },
  }
}

/** Which findings of which rules there would be more or fewer. */
export function shiftsIf(reading: Reading, asked: WhatIf, asOf: number): Result<Shift[]> {
  const plan = planOf(reading, asked)
  if (!plan.ok) return plan
  const context = queryContext(reading, reading.now())
  const { count } = affectedBy(context, plan.value)
  return succeed(shiftsOf(reading, context, plan.value, count, asOf))
}

function shiftsOf(
  reading: Reading,
  context: QueryContext,
  plan: Plan,
  affected: number,
  asOf: number,
): Shift[] {
  const ids = () => concernedBy(context, plan)
  if (plan.shifts !== undefined) return plan.shifts({ count: affected, ids }, asOf)
  return plan.facts === null ? [] : shiftsUnder(reading, ids(), plan.facts, asOf)
}

interface Affected {
  readonly groups: readonly counts.ProfileCount[]
  readonly count: number
}

function affectedBy(context: QueryContext, { condition, siteId }: Plan): Affected {
  const groups =
    siteId === null
      ? counts.profilesOf(context, condition)
      : counts.profilesAt(context.store, { site: siteId })
  return {
    groups,
    count: groups.reduce((sum, { count }) => sum + count, 0),
  }
}

export interface Counted {
  readonly ids: Float64Array
  readonly facts: FactChange
}

/** Whose facts would change, and how; null: nobody's do. */
export function planned(reading: Reading, asked: WhatIf): Counted | null {
  const plan = planOf(reading, asked)
  if (!plan.ok || plan.value.facts === null) return null
  const context = queryContext(reading, reading.now())
  return { ids: concernedBy(context, plan.value), facts: plan.value.facts }
}

/** Of those it concerns, the ones whose facts change. */
function concernedBy(context: QueryContext, { condition, among }: Plan): Float64Array {
  const narrowed = readQuery(among)
  const of = narrowed.ok ? [condition, narrowed.value] : [condition]
  return openIds(context, { kind: 'all', of }, [])
}

type Standing = Pick<pure.Group, 'score' | 'count'>

/** Groups of one score added up, so that none is left that counts nobody. */
function merged(groups: readonly Standing[]): { score: number; count: number }[] {
  const byScore = new Map<number, number>()
  for (const { score, count } of groups) byScore.set(score, (byScore.get(score) ?? 0) + count)
  return [...byScore].map(([score, count]) => ({ score, count })).filter(({ count }) => count !== 0)
}

export function openBySeverity({ store }: Pick<Reading, 'store'>): Record<Severity, number> {
  const found = new Map(counts.openFindings(store, {}).map(each => [each.severity, each.count]))
  return Object.fromEntries(severities.map(severity => [severity, found.get(severity) ?? 0])) as Record<
    Severity,
    number
  >
}

function planOf(reading: Reading, asked: WhatIf): Result<Plan> {
  switch (asked.kind) {
    case 'close-site':
      return closeSite(reading, asked.site)
    case 'guard':
      return planFor(asked.query, {
        change: pure.guarded,
        facts: { paths: pure.guardedPaths, some: pure.guardedSome, apply: pure.guardedFacts },
        among: '-access:forbidden',
      })
    case 'broken':
      // One more advisory without a fix: critical until more is known of it.
      return planFor(asked.query, {
        change: pure.advised('critical'),
        facts: null,
        among: '',
        shifts: ({ count }) => [
          { rule: 'version-affected', severity: 'critical', bucket: 'open', by: count },
        ],
      })
    case 'min-version':
      return minVersion(reading, asked.version)
    case 'revoke':
      return revoke(reading, asked.exception)
  }
}

function planFor(query: string, rest: Omit<Plan, 'query' | 'condition' | 'siteId'>): Result<Plan> {
  const condition = readQuery(query)
  return condition.ok ? succeed({ ...rest, siteId: null, query, condition: condition.value }) : condition
}

function closeSite(reading: Reading, name: string): Result<Plan> {
  const { store } = reading
  const site = siteByName(store, { name })
  if (site === undefined) return fail('site-unknown', { site: name })
  const plan = planFor(valueTerm('site', site.name), {
    change: pure.closed,
    facts: null,
    among: '',
    shifts: (concerned, asOf) => closingOf(reading, concerned.ids(), asOf),
    findings: () =>
      Object.fromEntries(
        counts.openFindingsAt(store, { site: site.id }).map(({ severity, count }) => [severity, -count]),
      ),
  })
  return plan.ok ? succeed({ ...plan.value, siteId: site.id }) : plan
}

/** Whatever states an older version states this one; of others nothing changes. */
function minVersion({ store, advisories }: Reading, version: string): Result<Plan> {
  if (parseVersion(version) === null) return fail('version-malformed', { version })
  const advice = adviceFor(advisories.inForce(store).edition.data.advisories, version)
  const worst = worstAdvisory(advice) ?? 'none'
  const facts: FactChange = {
    paths: ['version', 'advisories', 'advisory'],
    some: { version, advisories: advice, instance: { product: 'ollama' } },
    apply: before =>
      before.advisories === undefined ? before : ({ ...before, version, advisories: advice } satisfies Facts),
  }
  const change: pure.Change = values =>
    values.advisories === null ? values : { ...values, advisories: worst }
  return planFor(`product:ollama version<${version}`, {
    change,
    facts,
    among: '-advisories:unknown',
  })
}

function revoke({ store }: Reading, id: number): Result<Plan> {
  const exception = exceptionById(store, { id })
  if (exception === undefined) return fail('exception-unknown', { exception: id })
  const finding = findingById(store, { id: exception.finding_id })
  const severity = severities.find(each => each === finding?.severity) ?? 'none'
  const isExcepted = exception.status === 'approved' && finding?.status === 'excepted'
  return succeed({
    query: null,
    // What is accepted does not change what is: the score stays, the finding comes back.
    condition: { kind: 'any', of: [] },
    siteId: null,
    change: values => values,
    facts: null,
    among: '',
    shifts: () =>
      isExcepted
        ? [
            { rule: finding.rule, severity, bucket: 'open', by: 1 },
            { rule: finding.rule, severity, bucket: 'excepted', by: -1 },
          ]
        : [],
  })
}
