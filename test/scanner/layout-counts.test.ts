import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOut } from '#main/scanner/layout.ts'
import { createSweepQueue } from '#main/scanner/sweep-queue.ts'
import { type Address, formatAddress, formatAddressPort } from '#shared/domain/address.ts'
import type { PlannedBlock, ScanPlan } from '#shared/domain/plan.ts'
import { plannedBlock, scanPlan } from '../support/scanning.ts'

// Plans as they come: overlapping ranges of both families, listed candidates of prefixes too large, several ports, holes.
const bases: Readonly<Record<4 | 6, bigint>> = { 4: 0x0a0000e0n, 6: (0xfd00n << 112n) + 0xffffffe0n }
const at = (family: 4 | 6, offset: number): Address => ({ family, value: bases[family] + BigInt(offset) })

const ports = fc.uniqueArray(fc.integer({ min: 1, max: 65_535 }), { minLength: 1, maxLength: 3 })
const stretch = fc.record({
  family: fc.constantFrom(4 as const, 6 as const),
  start: fc.nat(600),
  length: fc.nat(300),
})
type Stretch = { readonly family: 4 | 6; readonly start: number; readonly length: number }

const endsOf = ({ family, start, length }: Stretch) => ({
  first: formatAddress(at(family, start)),
  last: formatAddress(at(family, start + length)),
})
const wholeBlocks = fc.tuple(stretch, ports).map(([each, on]) => {
  const { first, last } = endsOf(each)
  return plannedBlock(first, last, { ports: on })
})
/** An IPv6 prefix of which only some addresses are visited. */
const listedBlocks = fc.tuple(fc.uniqueArray(fc.nat(900), { maxLength: 12 }), ports).map(([offsets, on]) =>
  plannedBlock('fd00::', 'fd00::ffff:ffff:ffff', {
    ports: on,
    candidates: offsets.map(offset => formatAddress(at(6, offset))),
  }),
)
const plans = fc.record({
  blocks: fc.array(fc.oneof(wholeBlocks, listedBlocks), { maxLength: 5 }),
  exclusions: fc.array(stretch.map(endsOf), { maxLength: 4 }),
})

/** Every address of a block with each port, one by one: the slow truth. */
function truthOf(block: PlannedBlock, stretches: readonly string[]): string[] {
  return stretches.flatMap(address => block.ports.map(port => formatAddressPort(address, port)))
}

const everyAddress = ([4, 6] as const).flatMap(family =>
  Array.from({ length: 901 }, (_, offset) => formatAddress(at(family, offset))),
)
const placeOf = new Map(everyAddress.map((address, index) => [address, index]))

function addressesOf(block: PlannedBlock): readonly string[] {
  if (block.candidates !== null) return block.candidates
  return everyAddress.slice(placeOf.get(block.first) ?? 0, (placeOf.get(block.last) ?? -1) + 1)
}

function excludedOf(exclusions: readonly { first: string; last: string }[]): Set<string> {
  return new Set(
    exclusions.flatMap(({ first, last }) =>
      everyAddress.slice(placeOf.get(first) ?? 0, (placeOf.get(last) ?? -1) + 1),
    ),
  )
}

function visitedOf(plan: Pick<ScanPlan, 'blocks' | 'exclusions'>) {
  const layout = layOut(plan)
  return Array.from({ length: layout.networkCount }, (_, index) => layout.network(index)).flatMap(network =>
    Array.from({ length: network.targetCount }, (_, k) => ({
      text: formatAddressPort(network.target(k).address, network.target(k).port),
      block: network.block(k),
    })),
  )
}

describe('a plan', () => {
  it('visits what its blocks hold less the exclusions, all exactly once, of both families and of lists', () => {
    fc.assert(
      fc.property(plans, plan => {
        const excluded = excludedOf(plan.exclusions)
        const wanted = new Set(
          plan.blocks.flatMap(block =>
            truthOf(
              block,
              addressesOf(block).filter(address => !excluded.has(address)),
            ),
          ),
        )
        const visited = visitedOf(plan).map(each => each.text)
        expect(visited.length).toBe(new Set(visited).size)
        expect(new Set(visited)).toEqual(wanted)
      }),
      { numRuns: 300 },
    )
  })

  it('counts for each block just what is visited for it, and the blocks add up to the whole', () => {
    fc.assert(
      fc.property(plans, plan => {
        const layout = layOut(plan)
        const counts = plan.blocks.map(() => 0)
        for (const { block } of visitedOf(plan)) counts[block] = (counts[block] ?? 0) + 1
        expect(layout.blocks.map(block => block.targetCount)).toEqual(counts)
        const sum = (key: 'targetCount' | 'excludedCount') =>
          layout.blocks.reduce((total, block) => total + block[key], 0)
        expect(sum('targetCount')).toBe(layout.targetCount)
        expect(sum('excludedCount')).toBe(layout.excludedCount)
        expect(layout.blocks.every(block => block.targetCount >= 0 && block.excludedCount >= 0)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('visits each target for a block that holds it', () => {
    fc.assert(
      fc.property(plans, plan => {
        for (const { text, block } of visitedOf(plan)) {
          const holder = plan.blocks[block]
          if (holder === undefined) throw new Error('no such block')
          expect(truthOf(holder, addressesOf(holder))).toContain(text)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('gives every network to one worker, and none that was done before, in an order of its seed', () => {
    const block = plannedBlock('10.0.0.0', '10.1.255.255')
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 5 }), fc.nat(511), (seed, count, done) => {
        const plan = scanPlan({ blocks: [block], seed })
        const layout = layOut(plan)
        const orders = Array.from({ length: count }, (_, index) => {
          const isDone = (network: number) => network < done
          const queue = createSweepQueue({ plan, layout, share: { index, count }, isDone, now: () => 0 })
          const networks: number[] = []
          while (!queue.isEmpty()) {
            const [visit] = queue.undone
            if (visit === undefined) break
            networks.push(visit.network.index)
            queue.finish(visit)
          }
          return networks
        })
        const all = orders.flat()
        expect(all).toHaveLength(512 - done)
        expect(new Set(all)).toEqual(new Set(Array.from({ length: 512 - done }, (_, index) => index + done)))
      }),
      { numRuns: 60 },
    )
  })

  it('spreads any stretch of visits over the whole range', () => {
    const plan = scanPlan({ blocks: [plannedBlock('10.0.0.0', '10.255.255.255')], seed: 7 })
    const source = { plan, layout: layOut(plan), share: { index: 0, count: 1 }, isDone: () => false }
    const queue = createSweepQueue({ ...source, now: () => 0 })
    const seconds = new Set<string>()
    for (let k = 0; k < 16; k++) {
      const due = queue.next(k)
      if (typeof due === 'object') seconds.add(due.target.address.split('.')[1] ?? '')
    }
    expect(seconds.size).toBe(16)
  })
})
