import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mergeFacts, readRule, verdictOfCase } from '#main/governance/evaluate.ts'
import { registryOf } from '#main/governance/facts.ts'
import { inputOf, readExpression } from '#main/governance/rule-language.ts'
import { Facts } from '#shared/domain/facts.ts'
import { PolicyPack, type Rule, type Verdict } from '#shared/domain/policy.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'resources', 'policies')
const pack = PolicyPack.parse(JSON.parse(readFileSync(join(folder, 'baseline.json'), 'utf8')))

function ready(rule: Pick<Rule, 'key' | 'each' | 'brokenWhen'> & Partial<Rule>) {
  const read = readRule({ params: {}, ...rule, scope: rule.scope ?? null })
  if ('field' in read) throw new Error(`${rule.key}: ${read.field}: ${read.message}`)
  return read
}

describe('the baseline pack', () => {
  it.each(pack.rules.flatMap(rule => rule.cases.map(each => [rule.key, each.name, rule, each] as const)))(
    '%s: %s',
    (_, __, rule, each) => {
      expect(Facts.safeParse(mergeFacts(each.facts)).error, 'facts that do not exist').toBeUndefined()
      expect(verdictOfCase(ready(rule), each)).toBe(each.expect)
    },
  )

  it.each(pack.rules.map(rule => [rule.key, rule] as const))(
    '%s has a case for broken and one for satisfied, and a remedy',
    (_, rule) => {
      const expected = new Set<Verdict>(rule.cases.map(each => each.expect))
      expect(expected).toContain('broken')
      expect(expected).toContain('satisfied')
      const remedy = typeof rule.remedy === 'string' ? pack.remedies[rule.remedy] : rule.remedy
      expect(Object.keys(remedy ?? {})).not.toEqual([])
      for (const each of Object.values(remedy ?? {})) expect(each.verify).not.toBe('')
    },
  )

  it('holds every rule once, and no remedy nobody needs', () => {
    const keys = pack.rules.map(rule => rule.key)
    expect(new Set(keys).size).toBe(keys.length)
    const named = new Set(pack.rules.map(rule => rule.remedy))
    expect(Object.keys(pack.remedies).filter(name => !named.has(name))).toEqual([])
  })
})

describe('the language of rules', () => {
  const ask = (text: string, facts: Record<string, unknown> = {}) => {
    const read = readExpression(text, 'instance')
    if ('message' in read) throw new Error(read.message)
    return read.ask(inputOf(mergeFacts(facts), {}))
  }

  it.each([
    ["version.below('0.17.1')", '0.9.0', true],
    ["version.below('0.17.1')", '0.17.1', false],
    ["version.below('0.17.1')", '0.17.1-rc0', true],
    ["version.atLeast('0.17.1')", '0.100.0', true],
    ["version.between('0.14.0', '0.35.0')", '0.14.0', true],
    ["version.between('0.14.0', '0.35.0')", '0.35.0', false],
    ["version.below('0.17.1')", '0.0.0', null],
    ["version.below('nonsense')", '0.9.0', null],
  ])('%s of %s: %s', (text, version, answer) => {
    expect(ask(text, { version })).toBe(answer)
  })

  it.each([
    ['exposure.unauthenticated', null],
    ['!exposure.unauthenticated', null],
    ['exposure.unauthenticated || true', true],
    ['true || exposure.unauthenticated', true],
    ['exposure.unauthenticated && false', false],
    ['exposure.unauthenticated && true', null],
    ['exposure.unauthenticated || false', null],
    ['exposure.unauthenticated ? true : true', null],
  ])('with an unknown fact %s is %s', (text, answer) => {
    expect(ask(text, { exposure: { unauthenticated: null } })).toBe(answer)
  })

  it.each([
    ['exposure.acces == 1', { start: 9, end: 14 }],
    ['nonsense', { start: 0, end: 8 }],
    ["version < '0.17.1'", { start: 0, end: 18 }],
    ['version.below(17)', { start: 0, end: 17 }],
    ['instance.ageDays > > 3', { start: 19, end: 20 }],
    ['instance.ageDays', { start: null, end: null }],
    ["instance.hostNames.exists(n, n.matches('(a+)+$'))", { start: null, end: null }],
    ['model.remote', { start: 0, end: 5 }],
  ])('%s is refused, with the place', (text, place) => {
    expect(readExpression(text, 'instance')).toMatchObject({ message: expect.any(String), ...place })
  })

  it('tells which facts a verdict rests on', () => {
    const rule = ready({
      key: 'x',
      each: 'instance',
      brokenWhen: "exposure.unauthenticated && version.below('0.35.0')",
    })
    const [judgement] = rule.evaluate(mergeFacts({ version: '0.9.0', exposure: { unauthenticated: true } }))
    expect(judgement).toEqual({
      rule: 'x',
      part: '',
      label: '',
      verdict: 'broken',
      facts: { 'exposure.unauthenticated': true, version: '0.9.0' },
    })
    expect(rule.evaluate(mergeFacts({ version: null }))[0]).toMatchObject({
      verdict: 'satisfied',
      facts: { version: null },
    })
  })

  it('asks of each model, and of one digest once', () => {
    const rule = ready({ key: 'x', each: 'model', brokenWhen: 'model.remote' })
    const model = { registry: 'registry.ollama.ai' }
    const models = [
      { name: 'b', digest: 'd1', remote: true, ...model },
      { name: 'a', digest: 'd1', remote: true, ...model },
      { name: 'c', remote: false, ...model },
    ]
    const found = rule
      .evaluate(mergeFacts({ models }))
      .map(({ part, label, verdict }) => [part, label, verdict])
    expect(found.sort()).toEqual([
      ['d1', 'a', 'broken'],
      ['name c', 'c', 'satisfied'],
    ])
  })

  it('gives the same verdict for the same facts, remembered or not', () => {
    const rule = ready({
      key: 'x',
      each: 'instance',
      brokenWhen: 'instance.ageDays > 3 && exposure.unauthenticated',
    })
    const verdicts = [1, 5, 1, 5].map(
      ageDays =>
        rule.evaluate(mergeFacts({ instance: { ageDays }, exposure: { unauthenticated: true } }))[0]?.verdict,
    )
    expect(verdicts).toEqual(['satisfied', 'broken', 'satisfied', 'broken'])
  })
})

it.each([
  ['llama3.2:3b', 'registry.ollama.ai'],
  ['someone/model:latest', 'registry.ollama.ai'],
  ['hf.co/bartowski/Llama-3.2-3B:Q4', 'hf.co'],
  ['10.0.0.9:5000/library/x', '10.0.0.9:5000'],
])('%s is of %s', (name, registry) => {
  expect(registryOf(name)).toBe(registry)
})
