import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Layout, layOut } from '#main/scanner/layout.ts'
import { mix, permutation } from '#main/scanner/order.ts'
import {
  type Address,
  compareAddresses,
  formatAddress,
  formatAddressPort,
  parseAddress,
} from '#shared/domain/address.ts'
import type { PlannedBlock } from '#shared/domain/plan.ts'
import { plannedBlock } from '../support/scanning.ts'

interface Block {
  readonly first: string
  readonly last: string
}

/** Small blocks around a few boundaries, so that they overlap, touch and split networks often. */
function blocks(family: 4 | 6, ports: fc.Arbitrary<number[]>) {
  const base = family === 4 ? 0x0a0000e0n : (0xfd00n << 112n) + 0xe0n
  return fc.array(
    fc
      .record({ start: fc.integer({ min: 0, max: 700 }), length: fc.integer({ min: 0, max: 300 }), ports })
      .map(({ start, length, ports }) =>
        plannedBlock(
          formatAddress({ family, value: base + BigInt(start) }),
          formatAddress({ family, value: base + BigInt(start + length) }),
          { ports },
        ),
      ),
    { minLength: 0, maxLength: 4 },
  )
}

const somePorts = fc.uniqueArray(fc.integer({ min: 1, max: 65535 }), { minLength: 1, maxLength: 3 })
const plans = fc.record({
  four: blocks(4, somePorts),
  six: blocks(6, somePorts),
  exclusions: fc.tuple(blocks(4, somePorts), blocks(6, somePorts)),
})

/** Every address of a block, one by one: the slow truth. */
function* members({ first, last }: Block): Generator<Address> {
  const from = parseAddress(first)
  const to = parseAddress(last)
  if (from === null || to === null) throw new Error('broken block')
  for (let value = from.value; value <= to.value; value++) yield { family: from.family, value }
}

function expected(planned: readonly PlannedBlock[], exclusions: readonly Block[]): Set<string> {
  const excluded = new Set(exclusions.flatMap(block => [...members(block)].map(formatAddress)))
  const targets = planned.flatMap(block =>
    [...members(block)]
      .map(formatAddress)
      .flatMap(address => block.ports.map(port => [address, port] as const)),
  )
  return new Set(
    targets
      .filter(([address]) => !excluded.has(address))
      .map(([address, port]) => formatAddressPort(address, port)),
  )
}

function visited(layout: Layout, seed: number): string[] {
  const order = permutation(layout.networkCount, seed)
  return Array.from({ length: layout.networkCount }, (_, k) => layout.network(order(k))).flatMap(network => {
    const within = permutation(network.targetCount, mix(seed ^ network.index))
    return Array.from({ length: network.targetCount }, (_, k) => network.target(within(k))).map(
      ({ address, port }) => formatAddressPort(address, port),
    )
  })
}

describe('a plan laid out', () => {
  it('visits every address and port of its blocks less the exclusions, each exactly once, and nothing else', () => {
    fc.assert(
      fc.property(plans, fc.nat(), ({ four, six, exclusions }, seed) => {
        const plan = { blocks: [...four, ...six], exclusions: exclusions.flat() }
        const layout = layOut(plan)
        const all = visited(layout, seed)
        expect(all).toHaveLength(layout.targetCount)
        expect(new Set(all)).toEqual(expected(plan.blocks, plan.exclusions))
        expect(new Set(all).size).toBe(all.length)
      }),
      { numRuns: 300 },
    )
  })

  it('permits exactly what it visits', () => {
    fc.assert(
      fc.property(plans, ({ four, six, exclusions }) => {
        const plan = { blocks: [...four, ...six], exclusions: exclusions.flat() }
        const layout = layOut(plan)
        const allowed = expected(plan.blocks, plan.exclusions)
        const probes = [...plan.blocks, ...plan.exclusions].flatMap(block => [...members(block)])
        for (const address of probes.slice(0, 500)) {
          for (const port of new Set(plan.blocks.flatMap(block => block.ports))) {
            const permit = layout.permit(address, port)
            expect(typeof permit === 'object').toBe(
              allowed.has(formatAddressPort(formatAddress(address), port)),
            )
          }
        }
      }),
      { numRuns: 100 },
    )
  })

  it('knows in which network it visits an address, and in which stretch', () => {
    fc.assert(
      fc.property(plans, ({ four, six, exclusions }) => {
        const layout = layOut({ blocks: [...four, ...six], exclusions: exclusions.flat() })
        const networks = Array.from({ length: layout.networkCount }, (_, index) => layout.network(index))
        for (const network of networks) {
          for (let k = 0; k < network.targetCount; k++) {
            const { address: text, port } = network.target(k)
            const address = parseAddress(text)
            if (address === null) throw new Error(text)
            expect(layout.networkAt(address)).toBe(network.index)
            const holding = layout
              .stretches(1, port)
              .filter(
                ({ first, last }) =>
                  compareAddresses(first, address) <= 0 && compareAddresses(address, last) <= 0,
              )
            expect(holding).toHaveLength(1)
          }
        }
        const size = (port: number) =>
          layout
            .stretches(1, port)
            .reduce((sum, { first, last }) => sum + Number(last.value - first.value) + 1, 0)
        const ports = new Set([...four, ...six].flatMap(block => block.ports))
        expect([...ports].reduce((sum, port) => sum + size(port), 0)).toBe(layout.targetCount)
        expect(layout.stretches(2, 11434)).toEqual([])
      }),
      { numRuns: 50 },
    )
  })

  it('keeps a network in one piece, however many holes it has', () => {
    const layout = layOut({
      blocks: [plannedBlock('10.0.0.0', '10.0.1.255')],
      exclusions: [5, 9, 200].map(host => ({ first: `10.0.0.${host}`, last: `10.0.0.${host}` })),
    })
    expect(layout.networkCount).toBe(2)
    expect(layout.network(0).targetCount).toBe(253)
    expect(layout.excludedCount).toBe(3)
  })

  it('takes the authorisation of the smallest block that names the port', () => {
    const layout = layOut({
      blocks: [
        plannedBlock('10.0.0.0', '10.0.0.255', { rangeId: 1, ports: [11434, 80] }),
        plannedBlock('10.0.0.16', '10.0.0.31', { rangeId: 2, ports: [11434] }),
      ],
      exclusions: [],
    })
    const rangeOf = (text: string, port: number) => {
      const address = parseAddress(text)
      const permit = address === null ? 'outside' : layout.permit(address, port)
      return typeof permit === 'object' ? permit.rangeId : permit
    }
    expect(rangeOf('10.0.0.20', 11434)).toBe(2)
    expect(rangeOf('10.0.0.20', 80)).toBe(1)
    expect(rangeOf('10.0.0.40', 11434)).toBe(1)
    expect(rangeOf('10.0.0.40', 22)).toBe('outside')
    expect(rangeOf('10.0.1.0', 11434)).toBe('outside')
  })

  it('of a /8 is arithmetic: no list, and any network at once', () => {
    const layout = layOut({ blocks: [plannedBlock('10.0.0.0', '10.255.255.255')], exclusions: [] })
    expect(layout.targetCount).toBe(2 ** 24)
    expect(layout.networkCount).toBe(65_536)
    expect(layout.network(65_535).target(255)).toEqual({ address: '10.255.255.255', port: 11434 })
  })

  it('keeps a mapped exclusion: ::ffff:10.0.0.5 is 10.0.0.5', () => {
    const layout = layOut({
      blocks: [plannedBlock('10.0.0.0', '10.0.0.255')],
      exclusions: [{ first: '::ffff:10.0.0.5', last: '::ffff:10.0.0.5' }],
    })
    const address = parseAddress('::ffff:10.0.0.5')
    expect(address && layout.permit(address, 11434)).toBe('excluded')
  })
})

describe('a permutation', () => {
  it('visits everything once, for any length and seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.nat(), (length, seed) => {
        const order = permutation(length, seed)
        const all = Array.from({ length }, (_, k) => order(k))
        expect(new Set(all).size).toBe(length)
        expect(all.every(index => index >= 0 && index < length)).toBe(true)
      }),
    )
  })
})
