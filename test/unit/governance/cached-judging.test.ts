import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ReadyRule, readRule } from '#main/governance/evaluate.ts'
import { advance, usualLife } from '#main/governance/finding-life.ts'
import { mostDays, turnsIn } from '#main/governance/next-turn.ts'
import type { Facts } from '#shared/domain/facts.ts'
import { caseFacts, type Rule } from '#shared/domain/policy.ts'
import { shippedRules } from '../../support/shipped-rules.ts'

type RuleText = Pick<Rule, 'each' | 'brokenWhen' | 'scope'>

/** Rules that read facts in every way the language has: with a scope, lists, members of lists, whole groups of facts. */
const own: readonly RuleText[] = [
  { each: 'model', brokenWhen: "model.remote || zone == 'dmz'" },
  { each: 'model', scope: 'exposure.originsOpen', brokenWhen: 'model.tools' },
  { each: 'model', brokenWhen: "model.name.startsWith('a') && models.size() > 1" },
  { each: 'model', brokenWhen: "model.capabilities.exists(each, each == 'tools')" },
  { each: 'advisory', scope: "zone == 'dmz'", brokenWhen: 'advisory.affected' },
  { each: 'advisory', brokenWhen: "advisory.severity == 'high' && version.below('0.9.0')" },
  { each: 'instance', brokenWhen: 'models.exists(each, each.remote) && exposure.unauthenticated' },
  { each: 'instance', brokenWhen: 'models[0].tools' },
  { each: 'instance', brokenWhen: 'endpoints.exists(each, each.tls) && instance.toolCalling' },
  { each: 'instance', brokenWhen: "instance.hostNames.exists(each, each == 'a')" },
  { each: 'instance', brokenWhen: 'has(instance.cloudDisabled) && instance.cloudDisabled' },
  { each: 'instance', scope: 'advisories.exists(each, each.affected)', brokenWhen: 'exposure.plainText' },
]

const rules = [
  ...shippedRules(),
  ...own.map((rule, index) => ({ key: `own-${index}`, params: {}, ...rule })),
].map(rule => ({ ...rule, scope: rule.scope ?? null }))

function ready(rule: (typeof rules)[number]): ReadyRule {
  const read = readRule(rule)
  if ('message' in read) throw new Error(`${rule.key}: ${read.message}`)
  return read
}

/** Few values of each, so that facts often agree in all but one; texts that look like other texts and other values. */
const text = fc.constantFrom('a', 'b', 'true', 'null', 'a,b', 'a\nb', '"a"', '')
const digest = fc.constantFrom('d1', 'd2', 'a,b')
const unknowable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const maybe = unknowable(fc.boolean())
const model = fc.record({
  name: text,
  digest: unknowable(digest),
  tools: maybe,
  capabilities: unknowable(fc.constantFrom([], ['tools'], ['vision', 'tools'])),
  remote: fc.boolean(),
  registry: fc.constantFrom('registry.ollama.ai', 'hf.co'),
  approved: maybe,
  drifted: maybe,
  systemPromptReadable: maybe,
  uncensoredTemplate: maybe,
})
const advisory = fc.record({ id: digest, severity: fc.constantFrom('low', 'high'), affected: maybe })
const access = fc.constantFrom('open' as const, 'auth-required' as const)
const endpoint = fc.record({
  port: fc.nat(1),
  scheme: fc.constant('http' as const),
  tls: fc.boolean(),
  access,
})
const facts = fc.record({
  version: unknowable(fc.constantFrom('0.8.1', '0.40.2', '0.0.0')),
  instance: fc.record({
    product: fc.constantFrom('ollama', 'vllm'),
    suspected: fc.constantFrom('', 'honeypot'),
    confidence: fc.constantFrom(50, 100),
    ageDays: fc.constantFrom(0, 7, 8, 100),
    toolCalling: maybe,
    cloudDisabled: maybe,
    hostNames: fc.constantFrom([], ['a'], ['a,b'], ['a', 'b']),
  }),
  exposure: fc.record({
    unauthenticated: maybe,
    originsOpen: maybe,
    managementReachable: maybe,
    plainText: maybe,
    publicAddress: fc.boolean(),
  }),
  endpoints: fc.array(endpoint, { maxLength: 2 }),
  models: unknowable(fc.array(model, { maxLength: 3 })),
  advisories: unknowable(fc.uniqueArray(advisory, { maxLength: 2, selector: ({ id }) => id })),
  exceptions: fc.array(
    fc.record({
      id: fc.integer({ min: 1, max: 2 }),
      rule: text,
      status: fc.constantFrom('expired', 'approved'),
    }),
    { maxLength: 1 },
  ),
  owner: fc.record({
    isOwned: fc.boolean(),
    isAcknowledged: fc.boolean(),
    state: fc.constantFrom('unowned', 'assigned'),
    name: text,
  }),
  site: fc.record({ name: text }),
  zone: fc.constantFrom('dmz', 'server'),
  presence: fc.record({ state: fc.constantFrom('present', 'gone'), lastSeenDays: fc.nat(1) }),
  history: fc.record({ scanCount: fc.nat(1) }),
})

/** undefined is no value a fact has: it is absent. */
const known = (given: object): Facts => JSON.parse(JSON.stringify(given))

describe('a judgement that is remembered', () => {
  it.each(rules.map(rule => [rule.key, rule] as const))(
    '%s is what it would be if nothing was',
    (_, rule) => {
      const remembering = ready(rule)
      fc.assert(
        fc.property(fc.array(facts, { minLength: 2, maxLength: 6 }), all => {
          for (const each of all.map(known))
            expect(remembering.evaluate(each)).toEqual(ready(rule).evaluate(each))
        }),
        { numRuns: 60 },
      )
    },
  )

  it('is of one list alone, whatever else instances that share the list show', () => {
    fc.assert(
      fc.property(
        fc.array(facts, { minLength: 2, maxLength: 5 }),
        fc.array(model, { maxLength: 3 }),
        (all, models) => {
          const shared = known({ ...caseFacts, models }).models
          const alike = all.map(each => ({ ...known(each), models: shared }))
          for (const rule of rules) {
            const remembering = ready(rule)
            for (const each of alike)
              expect(remembering.evaluate(each)).toEqual(ready(rule).evaluate(known(each)))
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  it('is the same object as long as it says the same', () => {
    for (const rule of rules.filter(({ each, scope }) => each === 'instance' && scope === null)) {
      const remembering = ready(rule)
      expect(remembering.evaluate(known(caseFacts))[0]).toBe(remembering.evaluate(known(caseFacts))[0])
    }
  })
})

describe('how long a rule goes on saying the same', () => {
  const aged = (given: Facts, days: number): Facts => ({
    ...given,
    instance: { ...given.instance, ageDays: given.instance.ageDays + days },
  })
  const verdicts = (rule: (typeof rules)[number], given: Facts) =>
    ready(rule)
      .evaluate(given)
      .map(({ part, verdict }) => [part, verdict])

  it.each(rules.map(rule => [rule.key, rule] as const))('%s: until it turns, not longer', (_, rule) => {
    const remembering = ready(rule)
    fc.assert(
      fc.property(facts, fc.nat(60), (given, age) => {
        const now = aged(known(given), age)
        const turn = turnsIn(remembering, now)
        if (remembering.ageing === 'daily') return expect(turn).toBe(1)
        for (let days = 1; days < turn; days++)
          expect(verdicts(rule, aged(now, days))).toEqual(verdicts(rule, now))
        if (turn < mostDays) expect(verdicts(rule, aged(now, turn))).not.toEqual(verdicts(rule, now))
      }),
      { numRuns: 40 },
    )
  })

  it('is told of rules that ask for nothing else that changes by itself', () => {
    const ageing = (text: RuleText) =>
      ready({ key: 'x', params: {}, ...text, scope: text.scope ?? null }).ageing
    for (const [brokenWhen, expected] of [
      ['exposure.plainText', 'never'],
      ["presence.state == 'present'", 'never'],
      ['instance.ageDays > 7 && !owner.isOwned', 'by-age'],
      ['presence.lastSeenDays > 7', 'daily'],
      ['history.scanCount > 7', 'daily'],
      ["instance['ageDays'] > 7", 'daily'],
      ['instance.ageDays > 7 && models.size() > 1', 'daily'],
    ] as const)
      expect(ageing({ each: 'instance', brokenWhen }), brokenWhen).toBe(expected)
    expect(
      ageing({ each: 'instance', scope: 'instance.ageDays > 7', brokenWhen: 'exposure.plainText' }),
    ).toBe('daily')
    expect(ageing({ each: 'model', brokenWhen: 'model.remote && instance.ageDays > 7' })).toBe('daily')
  })
})

describe('what is opened', () => {
  it('does not depend on when the instance last answered, so that it is worked out once for many', () => {
    const at = fc.integer({ min: 0, max: 1e12 })
    fc.assert(
      fc.property(
        fc.constantFrom('critical' as const, 'low' as const),
        at,
        at,
        at,
        (severity, now, one, other) => {
          const seen = {
            severity,
            revision: 'r',
            isInForce: true,
            verdict: 'broken' as const,
            isPartGone: false,
            absence: null,
            isExcepted: false,
          }
          const opened = (answeredAt: number) => advance(null, { ...seen, answeredAt }, now, usualLife)
          expect(opened(one)).toEqual(opened(other))
        },
      ),
    )
  })
})
