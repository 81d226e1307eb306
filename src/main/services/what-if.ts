import { type Severity, severities } from '#shared/domain/exposure.ts'
import type { Facts } from '#shared/domain/facts.ts'
import { type RiskFactorName, type RiskValues, riskFactors } from '#shared/domain/risk.ts'
import { parseVersion } from '#shared/domain/version.ts'
import type { WhatIf, WhatIfAnswer } from '#shared/domain/what-if.ts'
import type { Condition } from '#shared/query/condition.ts'
import { valueTerm } from '#shared/query/term.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { worstAdvisory } from '../governance/risk-facts.ts'
import * as pure from '../governance/what-if.ts'
import { exceptionById } from '../store/exceptions.ts'
import { findingById } from '../store/findings.ts'
import { openIds } from '../store/query-open.ts'
import * as counts from '../store/risk-counts.ts'
import { listProfiles } from '../store/risks.ts'
import { siteByName } from '../store/sites.ts'
import { consistently } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { adviceFor } from './instance-facts.ts'
import { queryContext } from './query-context.ts'
import { readQuery } from './read-query.ts'
import { readWeights, type WeightsInForce } from './risk-weights.ts'
import { type FactChange, findingsUnder } from './what-if-findings.ts'

interface Plan {
  /** Whom it concerns. */
  readonly query: string | null
  readonly condition: Condition
  readonly change: pure.Change
  /** What rules would see; null: the findings follow without asking them. */
  readonly facts: FactChange | null
  /** How many open findings there are more or fewer, without asking rules. */
  readonly findings: (ids: readonly number[]) => Partial<Record<Severity, number>>
}

const nothing = () => ({})

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
  const profiles = new Map(listProfiles(store, {}).map(each => [each.id, each]))
  const group = (each: { profile: number | null; score: number; count: number }): pure.Group[] => {
    const profile = each.profile === null ? undefined : profiles.get(each.profile)
    if (profile === undefined) return []
    const isDecided = profile.score !== each.score
    return [{ values: valuesOf(profile.facts), score: each.score, isDecided, count: each.count }]
  }
  const all = counts
    .countsByProfile(store, {})
    .flatMap(({ profile_id, score, count }) => group({ profile: profile_id, score, count }))
  const affected = counts.profilesOf(context, plan.condition).flatMap(group)
  const minus = affected.map(each => ({ ...each, count: -each.count }))
  const plus = affected.map(each => pure.changed(each, plan.change, weights))
  const before = openBySeverity(reading)
  const ids = [...openIds(context, plan.condition, [])]
  const differences = [plan.findings(ids), plan.facts === null ? {} : findingsUnder(reading, ids, plan.facts)]
  const after = { ...before }
  for (const severity of severities) {
    for (const difference of differences) after[severity] += difference[severity] ?? 0
  }
  return {
    before: pure.standingOf(all, before, weights),
    after: pure.standingOf(merged([...all, ...minus, ...plus]), after, weights),
    affected: { count: ids.length, query: plan.query },
  }
}

/** Groups of one score added up, so that none is left that counts nobody. */
function merged(groups: readonly pure.Group[]): { score: number; count: number }[] {
  const byScore = new Map<number, number>()
  for (const { score, count } of groups) byScore.set(score, (byScore.get(score) ?? 0) + count)
  return [...byScore].map(([score, count]) => ({ score, count })).filter(({ count }) => count !== 0)
}

export function valuesOf(facts: string): RiskValues {
  const list = JSON.parse(facts) as (string | null)[]
  return Object.fromEntries(riskFactors.map((name, index) => [name, list[index] ?? null])) as Record<
    RiskFactorName,
    string | null
  >
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
      return planFor(asked.query, { change: pure.guarded, facts: pure.guardedFacts, findings: nothing })
    case 'broken':
      // One more advisory without a fix: critical until more is known of it.
      return planFor(asked.query, {
        change: pure.advised('critical'),
        facts: null,
        findings: ids => ({ critical: ids.length }),
      })
    case 'min-version':
      return minVersion(reading, asked.version)
    case 'revoke':
      return revoke(reading, asked.exception)
  }
}

function planFor(query: string, rest: Omit<Plan, 'query' | 'condition'>): Result<Plan> {
  const condition = readQuery(query)
  return condition.ok ? succeed({ ...rest, query, condition: condition.value }) : condition
}

function closeSite({ store }: Reading, name: string): Result<Plan> {
  const site = siteByName(store, { name })
  if (site === undefined) return fail('site-unknown', { site: name })
  return planFor(valueTerm('site', site.name), {
    change: pure.closed,
    facts: null,
    findings(ids) {
      const fewer: Partial<Record<Severity, number>> = {}
      for (const { severity } of counts.openFindingsAmong(store, { ids: JSON.stringify(ids) })) {
        const known = severities.find(each => each === severity) ?? 'none'
        fewer[known] = (fewer[known] ?? 0) - 1
      }
      return fewer
    },
  })
}

/** Whatever states an older version states this one; of others nothing changes. */
function minVersion({ store, advisories }: Reading, version: string): Result<Plan> {
  if (parseVersion(version) === null) return fail('version-malformed', { version })
  const advice = adviceFor(advisories.inForce(store).edition.data.advisories, version)
  const worst = worstAdvisory(advice) ?? 'none'
  const facts: FactChange = before =>
    before.advisories === undefined ? before : ({ ...before, version, advisories: advice } satisfies Facts)
  const change: pure.Change = values =>
    values.advisories === null ? values : { ...values, advisories: worst }
  return planFor(`product:ollama version<${version}`, { change, facts, findings: nothing })
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
    change: values => values,
    facts: null,
    findings: () => (isExcepted ? { [severity]: 1 } : {}),
  })
}
