import { type RiskFactorName, type RiskValues, riskFactors } from '#shared/domain/risk.ts'
import { profilesAfter } from '../store/risks.ts'
import type { ReadableStore } from '../store/statement.ts'

/** A combination of facts as it was scored. */
export interface KnownProfile {
  readonly id: number
  readonly facts: string
  readonly values: RiskValues
  readonly score: number
  readonly likelihood: number
  readonly impact: number
}

const kept = new WeakMap<object, { readonly profiles: Map<number, KnownProfile>; last: number }>()

/** All there are. They are never changed, only added: what was read before is kept. */
export function knownProfiles(store: ReadableStore): ReadonlyMap<number, KnownProfile> {
  const known = kept.get(store.connection) ?? { profiles: new Map<number, KnownProfile>(), last: 0 }
  kept.set(store.connection, known)
  for (const profile of profilesAfter(store, { id: known.last })) {
    known.profiles.set(profile.id, { ...profile, values: valuesOf(profile.facts) })
    known.last = profile.id
  }
  return known.profiles
}

function valuesOf(facts: string): RiskValues {
  const list = JSON.parse(facts) as (string | null)[]
  return Object.fromEntries(riskFactors.map((name, index) => [name, list[index] ?? null])) as Record<
    RiskFactorName,
    string | null
  >
}
