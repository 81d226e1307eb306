import { describe, expect, it } from 'vitest'
import { indexCandidates, propose } from '#main/governance/own.ts'
import {
  actionsOf,
  afterStep,
  ownershipActions,
  ownershipStates,
  ownershipSteps,
} from '#shared/domain/ownership.ts'

describe('what can be done from where an ownership stands', () => {
  it('is what the table of transitions knows, state by state', () => {
    const table = Object.fromEntries(
      ownershipStates.map(state => [state, actionsOf({ state, origin: 'stated' })]),
    )
    expect(table).toEqual({
      unowned: ['assign'],
      proposed: ['assign', 'accept', 'reject'],
      assigned: ['assign', 'acknowledge', 'dispute', 'release'],
      acknowledged: ['assign', 'dispute', 'release'],
      disputed: ['assign', 'release'],
    })
  })

  it('leads somewhere, whatever is offered', () => {
    for (const state of ownershipStates) {
      for (const action of actionsOf({ state, origin: 'stated' })) {
        const step = action === 'accept' ? 'assign' : action
        expect(afterStep(state, step), `${state} ${action}`).not.toBeNull()
      }
    }
    expect(
      ownershipSteps.filter(step => step !== 'propose').every(step => ownershipActions.includes(step)),
    ).toBe(true)
  })

  it('does not release what is inherited: that is changed where it comes from', () => {
    expect(actionsOf({ state: 'assigned', origin: 'inherited' })).toEqual([
      'assign',
      'acknowledge',
      'dispute',
    ])
  })
})

describe('the index of owners', () => {
  const owners = Array.from({ length: 400 }, (_, id) => ({
    id,
    name: `Person ${id % 390}`,
    email: id % 7 === 0 ? null : `p.erson${id}@example.org`,
  }))
  const index = indexCandidates(owners)
  const cases = [
    { hostNames: ['person17-laptop.example.org'], rangeContact: null, neighbours: [] },
    { hostNames: ['erson'], rangeContact: 'person 3', neighbours: [{ id: 9, count: 4 }] },
    {
      hostNames: [],
      rangeContact: 'P.ERSON20@example.org',
      neighbours: [
        { id: 399, count: 2 },
        { id: 1, count: 1 },
      ],
    },
    { hostNames: [], rangeContact: null, neighbours: [] },
    { hostNames: ['p.erson5-x', 'gpu-p.erson5'], rangeContact: '', neighbours: [{ id: 12345, count: 3 }] },
  ]
  it.each(cases)('leaves out nobody that would be proposed: %j', each => {
    const facts = { ...each, block: '10.0.0.0/8', rejected: new Set<number>() }
    expect(propose(facts, index(facts))).toEqual(propose(facts, owners))
  })
})
