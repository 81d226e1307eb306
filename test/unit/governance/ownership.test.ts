import { describe, expect, it } from 'vitest'
import { inherit, matchesPattern, propose } from '#main/governance/own.ts'
import { afterStep, ownershipStates, ownershipSteps } from '#shared/domain/ownership.ts'

describe('the way of an ownership', () => {
  // The whole table, written down a second time: a transition that comes or goes must be meant.
  const table: Record<string, Record<string, string>> = {
    unowned: { propose: 'proposed', assign: 'assigned' },
    proposed: { reject: 'unowned', assign: 'assigned' },
    assigned: { assign: 'assigned', acknowledge: 'acknowledged', dispute: 'disputed', release: 'unowned' },
    acknowledged: { assign: 'assigned', dispute: 'disputed', release: 'unowned' },
    disputed: { assign: 'assigned', release: 'unowned' },
  }
  const cases = ownershipStates.flatMap(state => ownershipSteps.map(step => [state, step] as const))
  it.each(cases)('%s, %s', (state, step) => {
    expect(afterStep(state, step)).toBe(table[state]?.[step] ?? null)
  })

  it('leads from everywhere to somebody who answers, and from everywhere back into triage', () => {
    const reachable = (from: string) => {
      const seen = new Set([from])
      for (const state of seen) {
        for (const step of ownershipSteps) {
          const next = afterStep(state as 'unowned', step)
          if (next !== null) seen.add(next)
        }
      }
      return seen
    }
    for (const state of ownershipStates) {
      expect(reachable(state)).toContain('acknowledged')
      expect(reachable(state)).toContain('unowned')
    }
  })
})

describe('inheritance', () => {
  const facts = {
    site: 'Plant 7',
    blocks: ['10.1.2.0/24', '10.1.0.0/16'],
    hostNames: ['gpu-03.plant7.example.org'],
  }
  const rule = (scope: 'range' | 'site' | 'name', value: string, owner: string) => ({
    scope,
    value,
    owner,
    ownerId: 1,
  })
  const site = rule('site', 'plant 7', 'site')
  const wide = rule('range', '10.1.0.0/16', 'wide')
  const narrow = rule('range', '10.1.2.0/24', 'narrow')
  const name = rule('name', 'gpu-*', 'name')
  it.each([
    [[site], 'site'],
    [[site, wide], 'wide'],
    [[wide, narrow, site], 'narrow'],
    [[site, wide, narrow, name], 'name'],
    [[rule('site', 'Plant 8', 'other'), rule('name', 'cpu-*', 'other')], null],
  ])('%j: %s', (rules, owner) => {
    expect(inherit(facts, rules)?.owner ?? null).toBe(owner)
  })

  it.each([
    ['gpu-03.example.org', 'gpu-*', true],
    ['GPU-03', 'gpu-03', true],
    ['gpu-03', 'gpu', false],
    ['a-gpu-03', 'gpu-*', false],
    ['x.lab.example.org', '*.lab.*.org', true],
    ['aba', 'ab*ba', false],
    ['abba', 'ab*ba', true],
    ['anything', '*', true],
  ])('%s fits %s: %s', (host, pattern, fits) => {
    expect(matchesPattern(host, pattern)).toBe(fits)
  })

  it('stays fast on hostile names', () => {
    const started = performance.now()
    matchesPattern('a'.repeat(50_000), `*${'a*'.repeat(100)}b`)
    expect(performance.now() - started).toBeLessThan(100)
  })
})

describe('a proposal', () => {
  const ada = { id: 1, name: 'Ada Lovelace', email: 'a.lovelace@example.org' }
  const grace = { id: 2, name: 'Grace Hopper', email: 'ghopper@example.org' }
  const facts = {
    hostNames: [],
    rangeContact: null,
    block: '10.0.0.0/24',
    neighbours: [],
    rejected: new Set<number>(),
  }

  it('has its reasons, and more of them make it likelier', () => {
    expect(propose(facts, [ada, grace])).toEqual([])
    const [byHost] = propose({ ...facts, hostNames: ['alovelace-laptop.example.org'] }, [ada, grace])
    expect(byHost).toMatchObject({ owner: ada, confidence: 60, reasons: [{ kind: 'host-name' }] })
    const all = propose(
      {
        ...facts,
        hostNames: ['ghopper-pc'],
        rangeContact: 'ada lovelace',
        neighbours: [
          { id: 1, count: 9 },
          { id: 2, count: 1 },
        ],
      },
      [ada, grace],
    )
    expect(all.map(({ owner, confidence }) => [owner.id, confidence])).toEqual([
      [1, 77],
      [2, 60],
    ])
    expect(all[0]?.reasons).toEqual([
      { kind: 'range-contact', detail: '10.0.0.0/24' },
      { kind: 'neighbours', detail: '9/10' },
    ])
  })

  it('is not made again after a no, nor on a part of a word', () => {
    expect(propose({ ...facts, rangeContact: 'Ada Lovelace', rejected: new Set([1]) }, [ada])).toEqual([])
    expect(propose({ ...facts, hostNames: ['ghopperton'] }, [grace])).toEqual([])
    expect(propose({ ...facts, neighbours: [{ id: 2, count: 1 }] }, [grace])).toEqual([])
  })
})
