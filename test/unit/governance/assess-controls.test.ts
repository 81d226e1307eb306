import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assessControl } from '#main/governance/assess-controls.ts'
import { FrameworkControl, findingClasses, type RuleTally, rulesOfClass } from '#shared/domain/framework.ts'
import { shippedFrameworks } from '../../support/shipped-frameworks.ts'
import { shippedRules } from '../../support/shipped-rules.ts'

const title = { en: 'Title', de: 'Titel' }
const control = (more: Partial<FrameworkControl> = {}) =>
  FrameworkControl.parse({ id: 'X.1', title, text: title, status: 'confirmed', classes: ['egress'], ...more })
const tally = (more: Partial<RuleTally> = {}): RuleTally => ({
  rule: 'remote-model',
  severity: 'medium',
  enabled: true,
  open: 0,
  overdue: 0,
  handled: 0,
  excepted: 0,
  unknown: 0,
  ...more,
})
const complete = { scanned: true, complete: true }
const assess = (given: FrameworkControl, own: Partial<RuleTally>, coverage = complete) =>
  assessControl(given, { tallies: new Map([['remote-model', tally(own)]]), coverage })

describe('a control', () => {
  it('is met only where nothing speaks against it, everything could be decided and every range was covered', () => {
    expect(assess(control(), {})).toMatchObject({ state: 'met', reasons: ['clean'] })
  })

  it.each([
    ['a finding nobody works on', { open: 1 }, 'not-met', 'findings-open'],
    ['a finding past its date', { open: 1, overdue: 1 }, 'not-met', 'findings-overdue'],
    ['a finding in work', { handled: 1 }, 'partly', 'findings-handled'],
    ['an exception', { excepted: 1 }, 'partly', 'excepted'],
    ['an undecided instance', { unknown: 1 }, 'partly', 'verdicts-unknown'],
    ['its rule switched off', { enabled: false }, 'not-assessable', 'rules-off'],
  ] as const)('with %s is not met', (_, own, state, reason) => {
    const assessed = assess(control(), own)
    expect(assessed.state).toBe(state)
    expect(assessed.reasons).toContain(reason)
  })

  it('is no better than partly met where ranges were left out, and not assessable before the first scan', () => {
    expect(assess(control(), {}, { scanned: true, complete: false })).toMatchObject({
      state: 'partly',
      reasons: ['coverage-incomplete'],
    })
    expect(assess(control(), {}, { scanned: false, complete: false })).toMatchObject({
      state: 'not-assessable',
      reasons: ['never-scanned'],
    })
  })

  it('that nothing maps to, or that hangs on the purpose, is not assessable whatever was found', () => {
    expect(assess(control({ classes: [] }), { open: 3 })).toMatchObject({ reasons: ['unmapped'] })
    const conditional = assess(control({ condition: title }), { open: 3 })
    expect(conditional).toMatchObject({ state: 'not-assessable', reasons: ['conditional'] })
    expect(conditional.tallies).toHaveLength(1)
  })

  it('that is about looking is judged by coverage alone', () => {
    const looking = control({ classes: [], coverage: true })
    expect(assess(looking, {}).state).toBe('met')
    expect(assess(looking, {}, { scanned: true, complete: false }).state).toBe('partly')
  })

  it('of an own pack is judged by the rules it names; one that is gone is a doubt', () => {
    expect(assess(control({ classes: [], rules: ['remote-model'] }), { open: 1 }).state).toBe('not-met')
    expect(assess(control({ classes: [], rules: ['remote-model', 'gone'] }), {}).reasons).toEqual([
      'rules-off',
    ])
  })

  it('that is unverified never counts as met, whatever is known', () => {
    const count = fc.nat(3)
    const given = fc.record({ open: count, overdue: count, handled: count, excepted: count, unknown: count })
    fc.assert(
      fc.property(given, fc.boolean(), fc.boolean(), (own, scanned, covered) => {
        const { state } = assess(control({ status: 'unverified' }), own, { scanned, complete: covered })
        return state !== 'met' && state !== 'partly'
      }),
    )
  })
})

describe('the delivered frameworks', () => {
  const { packs, problems } = shippedFrameworks.read()

  it('are all readable, and there are eight', () => {
    expect(problems).toEqual([])
    expect(packs.map(({ pack }) => pack.framework)).toEqual([
      'bsi-grundschutz-2023',
      'eu-ai-act-2026',
      'iso-27001-2022',
      'iso-42001-2023',
      'nis2-2024-2690',
      'nist-ai-rmf-1.0',
      'owasp-llm-2025',
      'owasp-llm-2026',
    ])
  })

  it('name rules that exist, and every delivered rule but the suspicion of an imitation speaks for some class', () => {
    const named = new Set(findingClasses.flatMap(each => rulesOfClass[each]))
    const keys = shippedRules().map(({ key }) => key)
    expect([...named].filter(key => !keys.includes(key))).toEqual([])
    expect(keys.filter(key => !named.has(key))).toEqual(['honeypot-suspected'])
  })

  it('hold no duty of providers of general-purpose models', () => {
    const act = packs.find(({ pack }) => pack.framework === 'eu-ai-act-2026')
    expect(act?.pack.controls.filter(({ id }) => /Art\. 5[345]/.test(id))).toEqual([])
  })

  it('say the year with every OWASP number, because the numbers moved', () => {
    const agency = packs
      .flatMap(({ pack }) => pack.controls)
      .filter(({ title: { en } }) => en === 'Excessive Agency')
    expect(agency.map(({ id }) => id)).toEqual(['LLM06:2025', 'LLM03:2026'])
  })
})
