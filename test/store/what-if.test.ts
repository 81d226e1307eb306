import { beforeAll, describe, expect, it } from 'vitest'
import { type Shift, shifted } from '#main/governance/tally.ts'
import { readTallies } from '#main/services/framework-assess.ts'
import { type Counted, planned, shiftsIf } from '#main/services/what-if.ts'
import { shiftsByAsking, shiftsUnder } from '#main/services/what-if-findings.ts'
import { openMemory } from '#main/store/open.ts'
import { siteNames } from '#main/store/sites.ts'
import type { WhatIf } from '#shared/domain/what-if.ts'
import { deliverWeights } from '../bench/risk-fill.ts'
import { judgeStudy } from '../bench/study-judging.ts'
import { fillInventory } from '../support/fill-inventory.ts'
import { imaginedInventory, imaginedNow } from '../support/imagined-inventory.ts'
import { shippedAdvisories } from '../support/shipped-advisories.ts'

const store = openMemory()
const reading = {
  store,
  now: () => imaginedNow,
  about: { version: 'test', dataFolder: '', actor: 'test' },
  advisories: shippedAdvisories,
}

beforeAll(async () => {
  fillInventory(store, imaginedInventory(150, 5, 4))
  deliverWeights(store)
  await judgeStudy(store, imaginedNow)
}, 60_000)

const asked: readonly WhatIf[] = [
  { kind: 'guard', query: '' },
  { kind: 'guard', query: 'presence:present access:open tools:yes' },
  { kind: 'min-version', version: '0.12.4' },
  { kind: 'min-version', version: '0.4.0' },
  { kind: 'min-version', version: '99.0.0' },
]

describe('findings under changed facts', () => {
  it.each(asked)('are counted as if every rule were asked of every instance: %j', what => {
    const found: Counted | null = planned(reading, what)
    if (found === null) throw new Error('there is a plan')
    const { ids, facts } = found
    expect(ids.length).toBeGreaterThan(10)
    const asOf = imaginedNow + 30 * 86_400_000
    const inOrder = (shifts: readonly Shift[]) => shifts.map(shift => JSON.stringify(shift)).sort()
    const counted = shiftsUnder(reading, ids, facts, asOf)
    expect(inOrder(counted)).toEqual(inOrder(shiftsByAsking(reading, ids, facts, asOf)))
    expect(counted.length).toBeGreaterThan(0)
  })
})

describe('tallies after a change', () => {
  it('are those that a recount finds once it has happened', () => {
    const asOf = imaginedNow + 30 * 86_400_000
    const [site] = siteNames(store, {})
    if (site === undefined) throw new Error('there are sites')
    const shifts = shiftsIf(reading, { kind: 'close-site', site: site.name }, asOf)
    if (!shifts.ok) throw new Error(shifts.failure.code)
    const now = readTallies(store, asOf)
    const then = shifted(now, shifts.value)
    expect(then).not.toEqual(now)
    store.connection
      .prepare(
        `UPDATE findings SET status = 'resolved'
         WHERE instance_id IN (SELECT id FROM instances WHERE site_id = ?)
         AND status IN ('open', 'in-remediation', 'awaiting-verification', 'not-verifiable')`,
      )
      .run(site.id)
    expect(then).toEqual(readTallies(store, asOf))
  })
})
