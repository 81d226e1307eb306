import { type Severity, severities } from '#shared/domain/exposure.ts'
import type { Facts } from '#shared/domain/facts.ts'
import type { RiskValues, RiskWeights } from '#shared/domain/risk.ts'
import type { Standing } from '#shared/domain/what-if.ts'
import type { SomeFacts } from './rule-language.ts'
import { levelOf, scoreRisk } from './score-risk.ts'

/** How many instances have the same facts and the same score. */
export interface Group {
  readonly values: RiskValues
  /** In force: by the facts, or by a decision, which stays whatever changes. */
  readonly score: number
  readonly isDecided: boolean
  readonly count: number
}

/** A change of what is known, as far as the score goes. */
export type Change = (values: RiskValues) => RiskValues

export function standingOf(
  groups: readonly Pick<Group, 'score' | 'count'>[],
  findings: Readonly<Record<Severity, number>>,
  weights: RiskWeights,
): Standing {
  const instances = groups.reduce((sum, { count }) => sum + count, 0)
  const sum = groups.reduce((all, { score, count }) => all + score * count, 0)
  const levels = Object.fromEntries(severities.map(level => [level, 0])) as Record<Severity, number>
  for (const { score, count } of groups) levels[levelOf(score, weights)] += count
  return {
    instances,
    scores: {
      sum,
      mean: instances === 0 ? 0 : Math.round((10 * sum) / instances) / 10,
      max: groups.reduce((most, { score, count }) => (count > 0 ? Math.max(most, score) : most), 0),
    },
    levels,
    findings: { open: Object.values(findings).reduce((all, count) => all + count, 0), bySeverity: findings },
  }
}

/** The scores of a group if what is known of it were otherwise. */
export function changed(group: Group, change: Change, weights: RiskWeights): Group {
  if (group.isDecided) return group
  const values = change(group.values)
  return { ...group, values, score: scoreRisk(values, weights).score }
}

export const closed: Change = values => ({ ...values, presence: 'gone' })

/** Something that asks for a login is put in front; what was closed better stays so. */
export const guarded: Change = values =>
  values.access === 'forbidden' ? values : { ...values, access: 'auth-required' }

export const advised =
  (worst: string): Change =>
  values => ({ ...values, advisories: worst })

/** What of the facts a login in front changes, and to what. */
export const guardedPaths = [
  'exposure.access',
  'exposure.unauthenticated',
  'exposure.managementReachable',
  'endpoints',
] as const
export const guardedSome: SomeFacts = {
  exposure: { access: 'auth-required', unauthenticated: false, managementReachable: false },
}

/** The same for what rules ask about. */
export function guardedFacts(facts: Facts): Facts {
  const { exposure, endpoints } = facts
  if (exposure.access === 'forbidden') return facts
  return {
    ...facts,
    exposure: { ...exposure, access: 'auth-required', unauthenticated: false, managementReachable: false },
    endpoints: endpoints.map(endpoint =>
      endpoint.access === 'forbidden' ? endpoint : { ...endpoint, access: 'auth-required' },
    ),
  }
}
