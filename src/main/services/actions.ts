import type { ActionKind, Overview } from '#shared/domain/overview.ts'
import type { RiskValues, RiskWeights } from '#shared/domain/risk.ts'
import { valueTerm } from '#shared/query/term.ts'
import { scoreRisk } from '../governance/score-risk.ts'
import { dataVersion } from '../store/inventory-rows.ts'
import * as counts from '../store/risk-counts.ts'
import { listProfileFacts } from '../store/risks.ts'
import { listSites } from '../store/sites.ts'
import type { ReadableStore } from '../store/statement.ts'
import { valuesOf } from './what-if.ts'

interface Measure {
  readonly kind: ActionKind
  /** Finds those it helps. */
  readonly query: string
  readonly helps: (values: RiskValues) => boolean
  readonly change: (values: RiskValues) => RiskValues
}

/** What can be done about an instance, as changes of what the score rests on. */
const measures: readonly Measure[] = [
  {
    kind: 'guard',
    query: 'factor:access-open',
    helps: ({ access }) => access === 'open',
    change: values => ({ ...values, access: 'auth-required' }),
  },
  {
    kind: 'management',
    query: 'factor:management-reachable',
    helps: ({ management }) => management === 'reachable',
    change: values => ({ ...values, management: 'blocked' }),
  },
  {
    kind: 'update',
    query: 'factor:advisories-critical,advisories-high',
    helps: ({ advisories }) => advisories === 'critical' || advisories === 'high',
    change: values => ({ ...values, advisories: 'unclear' }),
  },
  {
    kind: 'remote',
    query: 'factor:data-leaving-remote',
    helps: values => values['data-leaving'] === 'remote',
    change: values => ({ ...values, 'data-leaving': 'local' }),
  },
  {
    kind: 'origins',
    query: 'factor:drive-by-any-site',
    helps: values => values['drive-by'] === 'any-site',
    change: values => ({ ...values, 'drive-by': 'closed' }),
  },
]

/** What would take most risk away, site by site; only instances that are there. */
export function topActions(store: ReadableStore, weights: RiskWeights, most: number): Overview['actions'] {
  const version = dataVersion(store)
  const same = kept.get(store.connection)
  if (same?.version === version && same.weights === weights) return same.actions.slice(0, most)
  const actions = rank(store, weights)
  kept.set(store.connection, { version, weights, actions })
  return actions.slice(0, most)
}

/** The newest, while the data is the same. */
const kept = new WeakMap<object, { version: number; weights: RiskWeights; actions: Overview['actions'] }>()

function rank(store: ReadableStore, weights: RiskWeights): Overview['actions'] {
  const profiles = new Map(
    listProfileFacts(store, {}).map(({ id, facts, score }) => [id, { score, ...gainsOf(facts, weights) }]),
  )
  const found = new Map<string, { kind: ActionKind; site: string; instances: number; removed: number }>()
  const names = new Map(listSites(store, {}).map(({ id, name }) => [id, name]))
  for (const [siteId, profileId, score, count] of counts.presentProfiles(store)) {
    const profile = profiles.get(profileId)
    if (profile === undefined) continue
    const site = names.get(siteId) ?? ''
    for (const { kind, gain } of profile.all) {
      const key = `${kind} ${site}`
      const known = found.get(key) ?? { kind, site, instances: 0, removed: 0 }
      known.instances += count
      // Where a person decided the score, facts do not move it.
      if (score === profile.score) known.removed += gain * count
      found.set(key, known)
    }
  }
  return [...found.values()]
    .filter(({ removed }) => removed > 0)
    .sort((a, b) => b.removed - a.removed || (a.site < b.site ? -1 : 1))
    .map(action => ({
      ...action,
      query: `presence:present ${valueTerm('site', action.site)} ${queryOf(action.kind)}`,
    }))
}

const known = new WeakMap<RiskWeights, Map<string, ReturnType<typeof gains>>>()

/** The same facts always gain the same: told once. */
function gainsOf(facts: string, weights: RiskWeights): ReturnType<typeof gains> {
  const told = known.get(weights) ?? new Map<string, ReturnType<typeof gains>>()
  known.set(weights, told)
  const gained = told.get(facts) ?? gains(valuesOf(facts), weights)
  told.set(facts, gained)
  return gained
}

function gains(values: RiskValues, weights: RiskWeights) {
  const { score } = scoreRisk(values, weights)
  const all = measures.flatMap(({ kind, helps, change }) =>
    helps(values) ? [{ kind, gain: score - scoreRisk(change(values), weights).score }] : [],
  )
  return { all }
}

function queryOf(kind: ActionKind): string {
  return measures.find(measure => measure.kind === kind)?.query ?? ''
}
