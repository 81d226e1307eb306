import type { Severity } from '#shared/domain/exposure.ts'
import { dateOf, endOfDate, isoInstant } from '#shared/domain/instant.ts'
import type {
  InstanceRisk,
  ListedOverride,
  RiskDetail,
  RiskFactor,
  RiskOverride,
  RiskOverrideInput,
  RiskScore,
  RiskWeights,
} from '#shared/domain/risk.ts'
import type { InstanceId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { overridden } from '../governance/score-risk.ts'
import { markStale } from '../store/findings.ts'
import { openIds } from '../store/query-open.ts'
import * as risks from '../store/risks.ts'
import type { ReadableStore } from '../store/statement.ts'
import { applyDecision } from './assess-risk.ts'
import type { Reading, Transaction } from './context.ts'
import { findInstance } from './find-instance.ts'
import { queryContext } from './query-context.ts'
import { readQuery } from './read-query.ts'
import { readWeights } from './risk-weights.ts'

/** The score of every instance a query finds, factor by factor; those nobody has judged yet are left out. */
export function listRisks(reading: Reading, query: string): Result<InstanceRisk[]> {
  const condition = readQuery(query)
  if (!condition.ok) return condition
  const weights = readWeights(reading.store)
  if (weights === null) return succeed([])
  const ids = [...openIds(queryContext(reading, reading.now()), condition.value, [])]
  return succeed(risksOfInstances(reading.store, weights.weights, ids))
}

function risksOfInstances(
  store: ReadableStore,
  weights: RiskWeights,
  ids: readonly number[],
): InstanceRisk[] {
  const profiles = profilesFor(store, ids.length)
  const found = new Map(
    risks.risksOf(store, { ids: JSON.stringify(ids) }).map(record => [record.instance_id, record]),
  )
  return ids.flatMap(id => {
    const record = found.get(id)
    const risk = record === undefined ? undefined : profiles(record.profile_id)
    if (record === undefined || risk === undefined) return []
    const inForce = record.score === risk.score ? risk : overridden(risk, record.score, weights)
    return [{ instanceId: id as InstanceId, ...inForce }]
  })
}

const few = 50

/** Read at once for many, one by one for few. */
function profilesFor(store: ReadableStore, count: number): (id: number) => RiskScore | undefined {
  const known = new Map<number, RiskScore>()
  if (count > few) for (const record of risks.listProfiles(store, {})) known.set(record.id, scoreOf(record))
  return id => {
    const found = known.get(id)
    if (found !== undefined) return found
    const record = risks.profileById(store, { id })
    if (record === undefined) return undefined
    known.set(id, scoreOf(record))
    return known.get(id)
  }
}

export function scoreOf(record: risks.ProfileRecord): RiskScore {
  const { score, likelihood, impact, least, most } = record
  const factors = JSON.parse(record.factors) as RiskFactor[]
  return { score, level: record.level as Severity, likelihood, impact, least, most, factors }
}

/** One instance's score with the decisions about it. */
export function showRisk({ store }: Pick<Reading, 'store'>, instance: string): Result<RiskDetail> {
  const found = findInstance(store, instance)
  if (!found.ok) return found
  const inForce = readWeights(store)
  if (inForce === null) throw new Error('no weights were delivered')
  const { id } = found.value
  const record = risks.riskOf(store, { instance: id })
  const profile = profileFor(store, record)
  const { edition, version } = inForce.weights
  return succeed({
    risk: risksOfInstances(store, inForce.weights, [id])[0] ?? null,
    byFacts: profile?.score ?? null,
    overrides: risks.overridesOf(store, { instance: id }).map(overrideOf),
    weights: { edition, version },
  })
}

function profileFor(store: ReadableStore, record: { readonly profile_id: number } | undefined) {
  return record === undefined ? undefined : risks.profileById(store, { id: record.profile_id })
}

/** Every decision about a score: those in force, and those that were. */
export function listOverrides({ store }: Pick<Reading, 'store'>): ListedOverride[] {
  return risks.listOverrides(store, {}).map(record => {
    const { address, port, site, by_facts: byFacts } = record
    return { ...overrideOf(record), address, port, site, byFacts }
  })
}

function overrideOf(record: risks.OverrideRecord): RiskOverride {
  return {
    id: record.id,
    instanceId: record.instance_id as InstanceId,
    score: record.score,
    reason: record.reason,
    expiresOn: record.expires_on,
    by: record.by,
    at: isoInstant(record.at),
    endedAt: record.ended_at === null ? null : isoInstant(record.ended_at),
    endReason: record.end_reason as RiskOverride['endReason'],
  }
}

/** Decides that an instance is riskier or less risky than the facts say: with a reason, and for a while only. */
export function overrideRisk(transaction: Transaction, input: RiskOverrideInput): Result<RiskDetail> {
  const { store, now, actor, changed } = transaction
  const found = findInstance(store, input.instance)
  if (!found.ok) return found
  if (input.reason === '') return fail('override-incomplete')
  if (endOfDate(input.expires) === null) return fail('date-malformed', { text: input.expires })
  if (input.expires < dateOf(now)) return fail('override-over', { date: input.expires })
  const { id } = found.value
  const before = risks.overridesInForce(store, { ids: JSON.stringify([id]) })[0]
  risks.endOverride(store, { instance: id, at: now, reason: 'replaced' })
  const { score, reason, expires } = input
  risks.addOverride(store, { instance: id, score, reason, expiresOn: expires, at: now, by: actor })
  changed(`risk of instance ${id}`, before === undefined ? null : said(before), { score, reason, expires })
  return settled(transaction, id)
}

/** Lets the facts speak again. */
export function withdrawOverride(
  transaction: Transaction,
  { instance }: { readonly instance: string },
): Result<RiskDetail> {
  const { store, now, changed } = transaction
  const found = findInstance(store, instance)
  if (!found.ok) return found
  const { id } = found.value
  const before = risks.overridesInForce(store, { ids: JSON.stringify([id]) })[0]
  if (before === undefined) return fail('override-none', { instance })
  risks.endOverride(store, { instance: id, at: now, reason: 'withdrawn' })
  changed(`risk of instance ${id}`, said(before), null)
  return settled(transaction, id)
}

function said({ score, reason, expires_on }: risks.OverrideRecord) {
  return { score, reason, expires: expires_on }
}

/** In force at once: whoever decided wants to see it. */
function settled({ store, now }: Transaction, id: number): Result<RiskDetail> {
  const record = risks.riskOf(store, { instance: id })
  const profile = profileFor(store, record)
  if (profile === undefined) markStale(store, { instance: id })
  else applyDecision(store, now, id, profile)
  return showRisk({ store }, String(id))
}
