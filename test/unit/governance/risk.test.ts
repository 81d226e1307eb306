import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { levelOf, overridden, scoreRisk } from '#main/governance/score-risk.ts'
import { codeOf } from '#main/store/row-facts.ts'
import { severities } from '#shared/domain/exposure.ts'
import { type RiskFactorName, type RiskValues, RiskWeights, riskFactors } from '#shared/domain/risk.ts'

const file = join(import.meta.dirname, '..', '..', '..', 'resources', 'risk', 'weights.json')
const weights = RiskWeights.parse(JSON.parse(readFileSync(file, 'utf8')))

const stepsOf = (name: RiskFactorName) =>
  weights.factors.find(factor => factor.name === name)?.steps.map(({ value }) => value) ?? []
const anyValues = fc.record(
  Object.fromEntries(riskFactors.map(name => [name, fc.constantFrom(null, ...stepsOf(name))])),
) as fc.Arbitrary<RiskValues>
const severity = ['none', 'low', 'medium', 'high', 'critical']

describe('the score', () => {
  test('is made of parts that add up to it exactly, in both its forms', () => {
    fc.assert(
      fc.property(anyValues, fc.integer({ min: 0, max: 100 }), (values, decided) => {
        const risk = scoreRisk(values, weights)
        const sum = (factors: typeof risk.factors) => factors.reduce((all, { points }) => all + points, 0)
        expect(sum(risk.factors)).toBe(risk.score)
        expect(risk.factors.every(({ points }) => Number.isInteger(points) && points >= 0)).toBe(true)
        expect(risk.factors.map(({ name }) => name)).toEqual([...riskFactors])
        const other = overridden(risk, decided, weights)
        expect([other.score, sum(other.factors)]).toEqual([decided, decided])
      }),
      { numRuns: 2000 },
    )
  })

  test('never falls when a fact gets worse', () => {
    fc.assert(
      fc.property(anyValues, fc.constantFrom(...riskFactors), fc.nat(), fc.nat(), (values, name, a, b) => {
        const steps = stepsOf(name)
        const [better = 0, worse = 0] = [a % steps.length, b % steps.length].sort((x, y) => x - y)
        const of = (index: number) => scoreRisk({ ...values, [name]: steps[index] ?? null }, weights)
        expect(of(worse).score).toBeGreaterThanOrEqual(of(better).score)
        expect(of(worse).likelihood).toBeGreaterThanOrEqual(of(better).likelihood)
        expect(of(worse).impact).toBeGreaterThanOrEqual(of(better).impact)
        expect(severity.indexOf(of(worse).level)).toBeGreaterThanOrEqual(severity.indexOf(of(better).level))
      }),
      { numRuns: 5000 },
    )
  })

  test('takes what is unknown for neither the best nor the worst, and says how far it can still go', () => {
    fc.assert(
      fc.property(anyValues, fc.constantFrom(...riskFactors), (values, name) => {
        const steps = stepsOf(name)
        const of = (value: string | null) => scoreRisk({ ...values, [name]: value }, weights)
        const unknown = of(null)
        expect(unknown.score).toBeGreaterThanOrEqual(of(steps[0] ?? null).score)
        expect(unknown.score).toBeLessThanOrEqual(of(steps.at(-1) ?? null).score)
        for (const value of steps) {
          expect(of(value).least).toBeGreaterThanOrEqual(unknown.least)
          expect(of(value).most).toBeLessThanOrEqual(unknown.most)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('is the same for the same facts', () => {
    fc.assert(
      fc.property(anyValues, values => {
        expect(scoreRisk({ ...values }, weights)).toEqual(scoreRisk(values, weights))
      }),
    )
  })
})

const office: RiskValues = {
  access: 'open',
  reach: 'client',
  presence: 'present',
  advisories: 'high',
  'drive-by': null,
  tools: 'yes',
  management: null,
  'data-leaving': 'local',
  secrets: null,
  capabilities: 'basic',
  zone: 'client',
  kind: 'genuine',
}

test.each([
  ['an open server that declares tools', {}, 'critical'],
  ['a login before it', { access: 'auth-required', tools: null, capabilities: null }, 'none'],
  ['a login, and it is known what lies behind', { access: 'auth-required', management: 'reachable' }, 'low'],
  ['whose access nobody could tell', { access: null, tools: null }, 'medium'],
  ['gone', { presence: 'gone' }, 'none'],
  ['a decoy', { kind: 'honeypot' }, 'low'],
] as const)('%s', (_, difference, level) => {
  expect(scoreRisk({ ...office, ...difference }, weights).level).toBe(level)
})

test('levels begin where the weights say', () => {
  expect([14, 15, 30, 50, 69, 70].map(score => levelOf(score, weights))).toEqual([
    ...['none', 'low', 'medium', 'high', 'high', 'critical'],
  ])
})

test('weights in which a worse step counts less are refused', () => {
  const broken = structuredClone(weights)
  const access = broken.factors[0]
  if (access?.steps[0] !== undefined) access.steps[0].points = 50
  expect(RiskWeights.safeParse(broken).success).toBe(false)
})

test.each(['en', 'de'])('every factor and every value has its words in %s', language => {
  const locale = join(import.meta.dirname, '..', '..', '..', 'resources', 'locales', language, 'risk.json')
  const words = JSON.parse(readFileSync(locale, 'utf8'))
  for (const { name, steps } of weights.factors) {
    expect(words.factor[name], name).toMatch(/\S/)
    expect(Object.keys(words.value[name]), name).toEqual(steps.map(({ value }) => value))
  }
})

test('the numbers of levels in files are their ranks', () => {
  expect(severities.map(level => codeOf('risk', level))).toEqual([0, 1, 2, 3, 4])
})
