import { dateOf } from '#shared/domain/instant.ts'
import { type RiskValues, riskFactors } from '#shared/domain/risk.ts'
import { levelOf, scoreRisk } from '../governance/score-risk.ts'
import { assessRow } from '../store/inventory-rows.ts'
import * as risks from '../store/risks.ts'
import type { WritableStore } from '../store/statement.ts'
import { readWeights } from './risk-weights.ts'

/** Scores instances as they are judged, and writes what changed of it. */
export function assessRisks(
  store: WritableStore,
  now: number,
  judged: ReadonlyMap<number, RiskValues>,
): void {
  const inForce = readWeights(store)
  if (inForce === null) return
  const among = { ids: JSON.stringify([...judged.keys()]) }
  const before = new Map(risks.risksOf(store, among).map(each => [each.instance_id, each]))
  const decided = new Map(risks.overridesInForce(store, among).map(each => [each.instance_id, each]))
  for (const [id, values] of judged) {
    const profile = keepProfile(store, inForce, values)
    const score = decidedScore(store, now, decided.get(id)) ?? profile.score
    const level = levelOf(score, inForce.weights)
    const known = before.get(id)
    if (known?.profile_id === profile.id && known.score === score && known.level === level) continue
    write(store, { id, profile: profile.id, score, level })
  }
}

/** The score after a decision, or without it, by the facts as they were judged. */
export function applyDecision(
  store: WritableStore,
  now: number,
  id: number,
  profile: { readonly id: number; readonly score: number },
): void {
  const inForce = readWeights(store)
  if (inForce === null) return
  const [decision] = risks.overridesInForce(store, { ids: JSON.stringify([id]) })
  const score = decidedScore(store, now, decision) ?? profile.score
  write(store, { id, profile: profile.id, score, level: levelOf(score, inForce.weights) })
}

function write(store: WritableStore, risk: Parameters<typeof assessRow>[1]): void {
  const { id, profile, score, level } = risk
  risks.keepRisk(store, { instance: id, profile, score, level })
  assessRow(store, risk)
}

/** What a person said, until its date is over. */
function decidedScore(
  store: WritableStore,
  now: number,
  decision: risks.OverrideRecord | undefined,
): number | null {
  if (decision === undefined) return null
  if (decision.expires_on >= dateOf(now)) return decision.score
  risks.endOverride(store, { instance: decision.instance_id, at: now, reason: 'expired' })
  return null
}

/** The combination of facts an instance shows: scored once, for all that show the same. */
function keepProfile(
  store: WritableStore,
  { weights, digest }: NonNullable<ReturnType<typeof readWeights>>,
  values: RiskValues,
): { readonly id: number; readonly score: number } {
  const key = { weights: digest, facts: JSON.stringify(riskFactors.map(name => values[name])) }
  const known = risks.profileOf(store, key)
  if (known !== undefined) return known
  const { factors, ...risk } = scoreRisk(values, weights)
  const { id } = risks.addProfile(store, { ...key, ...risk, factors: JSON.stringify(factors) })
  return { id, score: risk.score }
}
