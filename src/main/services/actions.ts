import type { ActionKind, Overview } from '#shared/domain/overview.ts'
import type { RiskValues, RiskWeights } from '#shared/domain/risk.ts'
import { valueTerm } from '#shared/query/term.ts'
import { scoreRisk } from '../governance/score-risk.ts'
import { presentProfiles } from '../store/risk-counts.ts'
import { siteNames } from '../store/sites.ts'
import type { ReadableStore } from '../store/statement.ts'
import { type KnownProfile, knownProfiles } from './known-profiles.ts'

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
  const sums = sumsOf(store, gainsOf(store, weights))
  const names = new Map(siteNames(store, {}).map(({ id, name }) => [id, name]))
  return [...sums]
    .flatMap(([siteId, ofSite]) =>
      ofSite.map((sum, index) => ({ ...sum, site: names.get(siteId) ?? '', measure: measures[index] })),
    )
    .filter(({ removed }) => removed > 0)
    .sort((a, b) => b.removed - a.removed || (a.site < b.site ? -1 : 1))
    .slice(0, most)
    .flatMap(({ measure, site, instances, removed }) => {
      if (measure === undefined) return []
      const query = `presence:present ${valueTerm('site', site)} ${measure.query}`
      return [{ kind: measure.kind, site, instances, removed, query }]
    })
}

interface Sum {
  instances: number
  removed: number
}

/** By site, and there by measure. */
function sumsOf(store: ReadableStore, gains: ReadonlyMap<number, Gains>): Map<number, Sum[]> {
  const sums = new Map<number, Sum[]>()
  for (const [siteId, profileId, score, count] of presentProfiles(store)) {
    const profile = gains.get(profileId)
    if (profile === undefined) continue
    const ofSite = sums.get(siteId) ?? measures.map(() => ({ instances: 0, removed: 0 }))
    sums.set(siteId, ofSite)
    for (const { index, gain } of profile.gains) {
      const sum = ofSite[index]
      if (sum === undefined) continue
      sum.instances += count
      // Where a person decided the score, facts do not move it.
      if (score === profile.score) sum.removed += gain * count
    }
  }
  return sums
}

interface Gains {
  readonly score: number
  /** By how much each measure that helps lowers the score. */
  readonly gains: readonly { readonly index: number; readonly gain: number }[]
}

const kept = new WeakMap<object, { readonly weights: RiskWeights; readonly gains: Map<number, Gains> }>()

/** The same facts always gain the same: told once a connection. */
function gainsOf(store: ReadableStore, weights: RiskWeights): ReadonlyMap<number, Gains> {
  const profiles = knownProfiles(store)
  const same = kept.get(store.connection)
  const gained = same?.weights === weights ? same.gains : new Map<number, Gains>()
  if (gained !== same?.gains) kept.set(store.connection, { weights, gains: gained })
  if (gained.size === profiles.size) return gained
  for (const profile of profiles.values()) {
    if (!gained.has(profile.id)) gained.set(profile.id, gains(profile, weights))
  }
  return gained
}

function gains({ values, score }: KnownProfile, weights: RiskWeights): Gains {
  const before = scoreRisk(values, weights).score
  const gained = measures.flatMap(({ helps, change }, index) =>
    helps(values) ? [{ index, gain: before - scoreRisk(change(values), weights).score }] : [],
  )
  return { score, gains: gained }
}
