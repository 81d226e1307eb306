import type { Severity } from '#shared/domain/exposure.ts'
import type { RiskFactor, RiskScore, RiskValues, RiskWeights, WeightedFactor } from '#shared/domain/risk.ts'

/**
 * The risk of an instance, 0 to 100, factor by factor. A function of its arguments; a worse fact never lowers it, because
 * points and ceilings rise from step to step (checked when weights are read) and the rest only adds, multiplies and rounds.
 */
export function scoreRisk(values: RiskValues, weights: RiskWeights): RiskScore {
  const weighed = weights.factors.map(factor => ({ factor, ...weightOf(factor, values[factor.name]) }))
  const likelihood = sideOf(weighed, 'likelihood')
  const impact = sideOf(weighed, 'impact')
  const score = combined(likelihood, impact)
  const points = shareOut(score, weighed)
  return {
    score,
    level: levelOf(score, weights),
    likelihood,
    impact,
    least: extreme(values, weights, 0),
    most: extreme(values, weights, -1),
    factors: weighed.map(({ factor: { name } }, index) => ({
      name,
      value: values[name] ?? 'unknown',
      points: points[index] ?? 0,
    })),
  }
}

/** The score with a person's decision in the place of what the facts say; the parts still add up. */
export function overridden(risk: RiskScore, score: number, weights: RiskWeights): RiskScore {
  const part: RiskFactor = { name: 'override', value: String(score), points: score - risk.score }
  const level = levelOf(score, weights)
  return { ...risk, score, level, least: score, most: score, factors: [...risk.factors, part] }
}

export function levelOf(score: number, { levels }: Pick<RiskWeights, 'levels'>): Severity {
  if (score >= levels.critical) return 'critical'
  if (score >= levels.high) return 'high'
  if (score >= levels.medium) return 'medium'
  return score >= levels.low ? 'low' : 'none'
}

interface Weighed {
  readonly factor: Pick<WeightedFactor, 'side'>
  readonly points: number
  readonly ceiling: number
}

function weightOf(factor: WeightedFactor, value: string | null): { points: number; ceiling: number } {
  if (value === null) return factor.unknown
  const step = factor.steps.find(each => each.value === value)
  if (step === undefined) throw new Error(`${factor.name} is never ${value}`)
  return step
}

function sideOf(weighed: readonly Weighed[], side: string): number {
  const own = weighed.filter(({ factor }) => factor.side === side)
  const sum = own.reduce((total, { points }) => total + points, 0)
  return Math.min(sum, ...own.map(({ ceiling }) => ceiling))
}

/** The geometric mean: neither likelihood nor impact alone makes a risk. */
function combined(likelihood: number, impact: number): number {
  return Math.round(Math.sqrt(likelihood * impact))
}

/** What is unknown taken as its best (0) or worst (-1) step. */
function extreme(values: RiskValues, weights: RiskWeights, step: 0 | -1): number {
  const weighed = weights.factors.map(factor => ({
    factor,
    ...weightOf(factor, values[factor.name] ?? factor.steps.at(step)?.value ?? null),
  }))
  return combined(sideOf(weighed, 'likelihood'), sideOf(weighed, 'impact'))
}

/**
 * Half of the score to each side, there in proportion to the points. Whole numbers: what is left after rounding down goes
 * to the largest remainders, earlier factors first.
 */
function shareOut(score: number, weighed: readonly Weighed[]): number[] {
  const sums = { likelihood: rawSum(weighed, 'likelihood'), impact: rawSum(weighed, 'impact') }
  const shares = weighed.map(({ factor: { side }, points }) =>
    sums[side] === 0 ? 0 : (score * points) / (2 * sums[side]),
  )
  const whole = shares.map(Math.floor)
  const left = score - whole.reduce((sum, each) => sum + each, 0)
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
  for (const { index } of byRemainder.slice(0, left)) whole[index] = (whole[index] ?? 0) + 1
  return whole
}

function rawSum(weighed: readonly Weighed[], side: string): number {
  return weighed.reduce((sum, { factor, points }) => sum + (factor.side === side ? points : 0), 0)
}
