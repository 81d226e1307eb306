import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOut } from '#main/scanner/layout.ts'
import { createNetworkVisit, type NetworkVisit, type NumberedTarget } from '#main/scanner/network-visit.ts'
import type { VisitOutcome } from '#main/scanner/sweep-batch.ts'
import { plannedBlock, scanPlan } from '../support/scanning.ts'

const plan = scanPlan({ blocks: [plannedBlock('10.0.0.0', '10.0.0.255')], looks: 5, networkRate: 100 })
const visitOf = (terms: Partial<typeof plan> = {}): NetworkVisit => {
  const all = { ...plan, ...terms }
  return createNetworkVisit(layOut(all).network(0), all)
}

/** Goes over everything that is due in this look. */
function look(visit: NetworkVisit, outcome: (target: NumberedTarget) => VisitOutcome): string[] {
  const seen: string[] = []
  for (let target = visit.next(); target !== undefined; target = visit.next()) {
    seen.push(target.address)
    visit.settle(target, outcome(target))
  }
  expect(visit.isLookOver()).toBe(true)
  return seen
}

const sumOf = (visit: NetworkVisit) =>
  [...visit.outcomes.values()].flatMap(Object.values).reduce((sum: number, count: number) => sum + count, 0)

/** What was learned elsewhere: so many of those who are there are overlooked in one look. */
const losing = (chance: number) => ({ chance: () => chance, isLossy: () => chance >= 0.01 })

/** The last number of an address. */
const hostOf = ({ address }: NumberedTarget) => Number(address.split('.')[3])

describe('a visit to a network', () => {
  it('hands out every target once, in another order for another seed', () => {
    const orders = [1, 2].map(seed => look(visitOf({ seed }), () => 'refused'))
    for (const order of orders) {
      expect(order).toHaveLength(256)
      expect(new Set(order).size).toBe(256)
    }
    expect(orders[0]).not.toEqual(orders[1])
  })

  it('looks again only at those who were silent, and only where somebody lives', () => {
    const visit = visitOf()
    look(visit, target => (hostOf(target) < 10 ? 'refused' : 'silent'))
    expect(visit.silentTargets()).toHaveLength(246)
    expect(visit.lookAgain(losing(0))).toBe(true)
    expect(look(visit, () => 'silent')).toHaveLength(246)
    const empty = visitOf()
    look(empty, () => 'silent')
    expect(empty.lookAgain(losing(0))).toBe(false)
  })

  it('looks a third time only if the second found somebody', () => {
    const quiet = visitOf()
    look(quiet, target => (hostOf(target) === 1 ? 'answered' : 'silent'))
    quiet.lookAgain(losing(0))
    look(quiet, () => 'silent')
    expect(quiet.lookAgain(losing(0))).toBe(false)
    const lossy = visitOf()
    look(lossy, target => (hostOf(target) === 1 ? 'answered' : 'silent'))
    lossy.lookAgain(losing(0))
    look(lossy, target => (hostOf(target) === 2 ? 'answered' : 'silent'))
    expect(lossy.lookAgain(losing(0))).toBe(true)
  })

  it('or if so much is lost elsewhere that somebody is likely to be overlooked still', () => {
    const afterTwo = (chance: number) => {
      const visit = visitOf()
      look(visit, target => (hostOf(target) < 32 ? 'refused' : 'silent'))
      visit.lookAgain(losing(chance))
      look(visit, () => 'silent')
      return visit.lookAgain(losing(chance))
    }
    // 32 who answer, four of a hundred overlooked in each look: 0.05 of them expected after two.
    expect(afterTwo(0.04)).toBe(true)
    expect(afterTwo(0.001)).toBe(false)
    const empty = visitOf()
    look(empty, () => 'silent')
    expect(empty.lookAgain(losing(0.04))).toBe(true)
  })

  it('looks no oftener than the profile says', () => {
    const visit = visitOf({ looks: 3 })
    let looks = 1
    look(visit, target => (hostOf(target) < 5 ? 'refused' : 'silent'))
    while (visit.lookAgain(losing(0.5))) {
      looks++
      look(visit, target => (hostOf(target) === looks + 10 ? 'answered' : 'silent'))
    }
    expect(looks).toBe(3)
  })

  it('takes back what could not be tried, and is not over until it was', () => {
    const visit = visitOf()
    const first = visit.next()
    if (first === undefined) throw new Error('nothing due')
    visit.putBack(first)
    expect(visit.isLookOver()).toBe(false)
    expect(look(visit, () => 'refused')).toHaveLength(256)
    expect(sumOf(visit)).toBe(256)
  })

  it('keeps to the gentlest ceiling of its ranges', () => {
    const blocks = [
      plannedBlock('10.0.0.0', '10.0.0.127', { networkRate: 5 }),
      plannedBlock('10.0.0.128', '10.0.0.255', { networkRate: 50 }),
    ]
    const visit = visitOf({ blocks })
    visit.pace.take(1000)
    visit.pace.take(1000)
    expect(visit.pace.waitMs(1000)).toBeGreaterThanOrEqual(199)
  })

  it('whatever happens, counts every target exactly once', () => {
    const outcomes = fc.constantFrom<VisitOutcome>(
      'answered',
      'refused',
      'silent',
      'silent',
      'unreachable',
      'failed',
    )
    fc.assert(
      fc.property(
        fc.infiniteStream(outcomes),
        fc.infiniteStream(fc.nat(9)),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (each, dice, chance) => {
          const visit = visitOf()
          const firsts = new Map<number, number>()
          const takeOne = (target: NumberedTarget) => {
            if (dice.next().value === 0) visit.putBack(target)
            else if (visit.settle(target, each.next().value))
              firsts.set(target.k, (firsts.get(target.k) ?? 0) + 1)
          }
          do {
            for (let target = visit.next(); target !== undefined; target = visit.next()) takeOne(target)
          } while (visit.lookAgain(losing(chance)))
          visit.giveUp()
          expect(sumOf(visit)).toBe(256)
          expect([...firsts.values()].every(count => count === 1)).toBe(true)
          expect(firsts.size).toBe(256)
        },
      ),
      { numRuns: 100 },
    )
  })
})
