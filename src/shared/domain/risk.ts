import * as z from 'zod'
import { InstanceId } from '../ids.ts'
import { Severity } from './exposure.ts'
import { IsoDate, IsoInstant } from './instant.ts'

/** What the score of an instance is made of, in the order it is shown. */
export const likelihoodFactors = ['access', 'reach', 'presence', 'advisories', 'drive-by'] as const
export const impactFactors = [
  ...(['tools', 'management', 'data-leaving', 'secrets', 'capabilities', 'zone', 'kind'] as const),
] as const
export const riskFactors = [...likelihoodFactors, ...impactFactors] as const
export const RiskFactorName = z.enum(riskFactors)
export type RiskFactorName = z.infer<typeof RiskFactorName>

/** What each factor can say, from best to worst; how much each counts is said by the weights. */
export const factorValues = {
  access: ['forbidden', 'auth-required', 'open'],
  reach: ['lab', 'server', 'client', 'guest', 'dmz', 'public'],
  presence: ['gone', 'not-listening', 'present'],
  advisories: ['none', 'unclear', 'low', 'medium', 'high', 'critical'],
  'drive-by': ['closed', 'any-host-name', 'any-site'],
  tools: ['no', 'yes'],
  management: ['blocked', 'reachable'],
  'data-leaving': ['local', 'remote'],
  secrets: ['none', 'readable'],
  capabilities: ['none', 'basic', 'extended', 'combined'],
  zone: ['lab', 'guest', 'client', 'dmz', 'public', 'server'],
  kind: ['honeypot', 'unrecognised', 'imitation', 'genuine'],
} as const satisfies Record<RiskFactorName, readonly string[]>

/** What each factor says of an instance; null: it is unknown. */
export type RiskValues = Readonly<Record<RiskFactorName, string | null>>

const Points = z.int().min(0).max(100)
const Weight = z.strictObject({
  points: Points,
  /** The most its side can be where this is so. */
  ceiling: Points,
})
const Step = Weight.extend({ value: z.string().regex(/^[a-z][a-z-]*$/) })

const WeightedFactor = z
  .strictObject({
    name: RiskFactorName,
    side: z.enum(['likelihood', 'impact']),
    /** From best to worst. */
    steps: z.array(Step).min(2),
    unknown: Weight,
    rationale: z.string().min(1),
    source: z.string().min(1),
  })
  .refine(({ steps }) => isRising(steps), 'a worse step has fewer points or a lower ceiling')
  .refine(({ steps, unknown }) => {
    const [best, worst] = [steps[0], steps.at(-1)]
    return best !== undefined && worst !== undefined && isRising([best, unknown, worst])
  }, 'unknown is not between best and worst')
  .refine(
    ({ name, steps }) => steps.map(({ value }) => value).join() === factorValues[name].join(),
    'steps are not the values of the factor in order',
  )
  .refine(({ name, side }) => (side === 'likelihood') === isLikelihood(name), 'it is on the other side')
export type WeightedFactor = z.infer<typeof WeightedFactor>

function isRising(steps: readonly z.infer<typeof Weight>[]): boolean {
  return steps.every((step, index) => {
    const before = steps[index - 1]
    return before === undefined || (before.points <= step.points && before.ceiling <= step.ceiling)
  })
}

export function isLikelihood(name: RiskFactorName): boolean {
  return (likelihoodFactors as readonly string[]).includes(name)
}

/** How facts become a score: data, with its reasons (resources/risk/weights.json). */
export const RiskWeights = z
  .strictObject({
    edition: IsoDate,
    version: z.int().positive(),
    method: z.string(),
    /** From which score on; less is none. */
    levels: z.strictObject({ low: Points, medium: Points, high: Points, critical: Points }),
    factors: z.array(WeightedFactor),
  })
  .refine(
    ({ factors }) =>
      factors.length === riskFactors.length && riskFactors.every((name, at) => factors[at]?.name === name),
    'every factor once, in order',
  )
  .refine(({ levels: { low, medium, high, critical } }) => low < medium && medium < high && high < critical)
  .refine(
    ({ factors }) => ['likelihood', 'impact'].every(side => mostOf(factors, side) === 100),
    'the points of a side do not add up to 100',
  )
export type RiskWeights = z.infer<typeof RiskWeights>

function mostOf(factors: readonly WeightedFactor[], side: string): number {
  const own = factors.filter(factor => factor.side === side)
  return own.reduce((sum, { steps }) => sum + (steps.at(-1)?.points ?? 0), 0)
}

/** One part of a score. `override`: what a person's decision adds or takes away. */
export const RiskFactor = z.object({
  name: z.enum([...riskFactors, 'override']),
  /** `unknown`: nobody knows; it counts about half way. */
  value: z.string(),
  points: z.int(),
})
export type RiskFactor = z.infer<typeof RiskFactor>

export const RiskScore = z.object({
  score: Points,
  level: Severity,
  likelihood: Points,
  impact: Points,
  /** What the score can still become by what is unknown now. */
  least: Points,
  most: Points,
  /** Their points add up to the score. */
  factors: z.array(RiskFactor),
})
export type RiskScore = z.infer<typeof RiskScore>

/** A person's decision that an instance is to be taken as riskier or less risky, for a while. */
export const RiskOverride = z.object({
  id: z.int().positive(),
  instanceId: InstanceId,
  score: Points,
  reason: z.string(),
  expiresOn: IsoDate,
  by: z.string(),
  at: IsoInstant,
  /** null: it is in force. */
  endedAt: IsoInstant.nullable(),
  endReason: z.enum(['withdrawn', 'expired', 'replaced']).nullable(),
})
export type RiskOverride = z.infer<typeof RiskOverride>

/** The same with the instance it is about. */
export const ListedOverride = RiskOverride.extend({
  address: z.string(),
  port: z.int(),
  site: z.string(),
  /** The score by the facts as they are now; null: not judged yet. */
  byFacts: Points.nullable(),
})
export type ListedOverride = z.infer<typeof ListedOverride>

export const RiskOverrideInput = z.object({
  /** Id, or address and port. */
  instance: z.string().max(100),
  score: Points,
  reason: z.string().trim().max(1000),
  expires: z.string().max(40),
})
export type RiskOverrideInput = z.infer<typeof RiskOverrideInput>

export const InstanceRisk = z.object({ instanceId: InstanceId }).extend(RiskScore.shape)
export type InstanceRisk = z.infer<typeof InstanceRisk>

/** The score of one instance with everything that explains it. */
export const RiskDetail = z.object({
  /** null: not judged yet. */
  risk: InstanceRisk.nullable(),
  /** By the facts alone, without a decision. */
  byFacts: Points.nullable(),
  overrides: z.array(RiskOverride),
  weights: z.object({ edition: IsoDate, version: z.int() }),
})
export type RiskDetail = z.infer<typeof RiskDetail>
