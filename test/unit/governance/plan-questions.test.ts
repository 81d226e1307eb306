import { describe, expect, it } from 'vitest'
import { type KnownClaim, planQuestions } from '#main/governance/claims.ts'
import type { ListedModel } from '#shared/domain/observation.ts'

const model = { name: 'a:1', digest: 'd' } as unknown as ListedModel
const holders = ['x', 'y', 'z'].map(id => ({ id, generation: '0.9.0', models: [model] }))
const said = (holder: string, more: Partial<KnownClaim<string>> = {}): KnownClaim<string> => ({
  ...{ digest: 'd', generation: '0.9.0', holder, capabilities: ['completion'], licence: 'hash' },
  ...more,
})
const asked = (claims: KnownClaim<string>[], unanswered: string[] = []) =>
  planQuestions(holders, claims, new Set(unanswered), () => true).map(({ holder }) => holder)

describe('the plan of questions', () => {
  it('asks two holders, and nobody once both have said the same', () => {
    expect(asked([])).toEqual(['x', 'y'])
    expect(asked([said('x')])).toEqual(['y'])
    expect(asked([said('x'), said('z')])).toEqual([])
  })

  it('asks every holder where two disagree, on capabilities or on the licence', () => {
    expect(asked([said('x'), said('y', { capabilities: ['tools'] })])).toEqual(['z'])
    expect(asked([said('x'), said('y', { licence: 'other' })])).toEqual(['z'])
  })

  it('asks once more what was asked before licences were read, best of the same', () => {
    const old = { licence: null }
    expect(asked([said('z', old), said('y', old)])).toEqual(['y', 'z'])
    expect(asked([said('z', old), said('y')])).toEqual(['z'])
    expect(asked([said('z', old), said('y'), said('x')])).toEqual([])
    // One that has not answered is not asked twice in a scan.
    expect(asked([said('z', old), said('y')], ['z d'])).toEqual(['x'])
  })
})
