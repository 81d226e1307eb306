import { beforeAll, describe, expect, it } from 'vitest'
import { type Counted, planned } from '#main/services/what-if.ts'
import { findingsByAsking, findingsUnder } from '#main/services/what-if-findings.ts'
import { openMemory } from '#main/store/open.ts'
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
    const counted = findingsUnder(reading, ids, facts)
    const different = (of: typeof counted) => Object.entries(of).filter(([, by]) => by !== 0)
    expect(different(counted).sort()).toEqual(different(findingsByAsking(reading, ids, facts)).sort())
    expect(different(counted).length).toBeGreaterThan(0)
  })
})
