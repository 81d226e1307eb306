import { type Address, compareAddresses, formatAddress, parseAddress } from '#shared/domain/address.ts'
import type { Target } from '#shared/domain/observation.ts'
import type { PlannedBlock, ScanPlan } from '#shared/domain/plan.ts'

/** Neighbouring addresses visited on the same ports. Segments are disjoint, in order, and hold no excluded address. */
interface Segment extends Interval {
  readonly ports: readonly PlannedPort[]
}

/** A port and the planned block whose authorisation it is visited on. */
interface PlannedPort {
  readonly port: number
  readonly block: PlannedBlock
  /** The block's index in the plan. */
  readonly index: number
}

interface Interval {
  readonly family: 4 | 6
  readonly first: bigint
  readonly last: bigint
}

/** Up to 256 neighbouring addresses (a /24, in IPv6 a /120): the unit of work, of politeness and of coverage. */
export interface Network {
  readonly index: number
  /** For people: `10.0.0.0/24`. */
  readonly text: string
  /** The planned blocks its targets are visited for. */
  readonly blocks: readonly PlannedBlock[]
  readonly targetCount: number
  /** The k-th target, 0 ≤ k < targetCount, in address order. */
  target(k: number): Target
  /** The index, among the plan's blocks, of the one the k-th target is visited for. */
  block(k: number): number
}

/** A plan as arithmetic: what is visited and in which order, without a list of targets. */
export interface Layout {
  readonly targetCount: number
  readonly excludedCount: number
  /** The same for each block of the plan: an address that several blocks hold counts for the one that decides. */
  readonly blocks: readonly { readonly targetCount: number; readonly excludedCount: number }[]
  readonly networkCount: number
  network(index: number): Network
  /** The planned block that allows this address and port, or why there is none. */
  permit(address: Address, port: number): PlannedBlock | 'outside' | 'excluded'
  /** The index of the network an address is visited in; null: it is not visited. */
  networkAt(address: Address): number | null
  /** Neighbouring addresses that are visited on a port for a site, in order. */
  stretches(site: number, port: number): readonly Stretch[]
}

/** Addresses from the first to the last, all of one family. */
export interface Stretch {
  readonly first: Address
  readonly last: Address
}

const hostBits = 8n

/**
 * Lays a plan out. Blocks may overlap: an address is then visited once per distinct port, on the authorisation of the
 * smallest block that allows the port. Exclusions win over every block.
 */
export function layOut(plan: Pick<ScanPlan, 'blocks' | 'exclusions'>): Layout {
  const exclusions = mergeIntervals(plan.exclusions.map(intervalOf))
  const wanted = segmentsOf(plan.blocks.flatMap(intervalsOf))
  const segments = wanted.flatMap(segment => subtract(segment, exclusions))
  const starts = networkStarts(segments)
  const targetCount = countTargets(segments)
  return {
    targetCount,
    excludedCount: countTargets(wanted) - targetCount,
    blocks: countByBlock(plan.blocks.length, wanted, segments),
    networkCount: starts.at(-1) ?? 0,
    network: index => networkOf(index, segments, starts),
    permit(address, port) {
      const planned = find(segments, address)?.ports.find(each => each.port === port)
      if (planned !== undefined) return planned.block
      return find(exclusions, address) === undefined ? 'outside' : 'excluded'
    },
    networkAt(address) {
      const index = indexOf(segments, address)
      const segment = segments[index]
      if (segment === undefined) return null
      return (starts[index] ?? 0) + Number(prefixOf(address.value) - prefixOf(segment.first))
    },
    stretches: (site, port) =>
      segments
        .filter(({ ports }) => ports.some(each => each.port === port && each.block.siteId === site))
        .map(stretchOf),
  }
}

function stretchOf({ family, first, last }: Interval): Stretch {
  return { first: { family, value: first }, last: { family, value: last } }
}

function intervalOf(block: { readonly first: string; readonly last: string }): Interval {
  const first = parseAddress(block.first)
  const last = parseAddress(block.last)
  if (first === null || last === null || first.family !== last.family || first.value > last.value) {
    throw new Error(`plan with a broken block: ${block.first}-${block.last}`)
  }
  return { family: first.family, first: first.value, last: last.value }
}

function intervalsOf(block: PlannedBlock, index: number): BlockInterval[] {
  const pieces = block.candidates?.map(address => ({ first: address, last: address })) ?? [block]
  return pieces.map(piece => ({ ...intervalOf(piece), block, index }))
}

const byStart = (a: Interval, b: Interval): number =>
  compareAddresses({ family: a.family, value: a.first }, { family: b.family, value: b.first })

function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = []
  for (const next of [...intervals].sort(byStart)) {
    const last = merged.at(-1)
    if (last?.family !== next.family || next.first > last.last + 1n) merged.push(next)
    else if (next.last > last.last) merged[merged.length - 1] = { ...last, last: next.last }
  }
  return merged
}

type BlockInterval = Interval & Omit<PlannedPort, 'port'>

/** Cuts overlapping blocks at every boundary, so that each piece is covered by the same blocks throughout. */
function segmentsOf(blocks: readonly BlockInterval[]): Segment[] {
  return ([4, 6] as const).flatMap(family => {
    const waiting = blocks.filter(block => block.family === family).sort(byStart)
    const cuts = new Set(waiting.flatMap(block => [block.first, block.last + 1n]))
    const sorted = [...cuts].sort((a, b) => (a < b ? -1 : 1))
    let covering: BlockInterval[] = []
    let next = 0
    return sorted.slice(0, -1).flatMap((first, index) => {
      for (let block = waiting[next]; block?.first === first; block = waiting[++next]) covering.push(block)
      covering = covering.filter(block => block.last >= first)
      const last = (sorted[index + 1] ?? first) - 1n
      return covering.length === 0 ? [] : [{ family, first, last, ports: portsOf(covering) }]
    })
  })
}

/** Every port once, on the authorisation of the smallest block that names it. */
function portsOf(covering: readonly BlockInterval[]): PlannedPort[] {
  const largestFirst = [...covering].sort((a, b) => (a.last - a.first > b.last - b.first ? -1 : 1))
  const ports = new Map(
    largestFirst.flatMap(({ block, index }) =>
      block.ports.map(port => [port, { port, block, index }] as const),
    ),
  )
  return [...ports.values()].sort((a, b) => a.port - b.port)
}

function subtract(segment: Segment, exclusions: readonly Interval[]): Segment[] {
  const left: Segment[] = []
  let first = segment.first
  for (const exclusion of exclusions) {
    if (exclusion.family !== segment.family || exclusion.last < first) continue
    if (exclusion.first > segment.last) break
    if (exclusion.first > first) left.push({ ...segment, first, last: exclusion.first - 1n })
    first = exclusion.last + 1n
  }
  if (first <= segment.last) left.push({ ...segment, first })
  return left
}

function sizeOf(interval: Interval): number {
  return Number(interval.last - interval.first + 1n)
}

function countTargets(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + sizeOf(segment) * segment.ports.length, 0)
}

function countByBlock(
  length: number,
  wanted: readonly Segment[],
  left: readonly Segment[],
): Layout['blocks'] {
  const count = (segments: readonly Segment[]) => {
    const counts = new Array<number>(length).fill(0)
    for (const segment of segments) {
      for (const { index } of segment.ports) counts[index] = (counts[index] ?? 0) + sizeOf(segment)
    }
    return counts
  }
  const all = count(wanted)
  return count(left).map((targetCount, index) => ({
    targetCount,
    excludedCount: (all[index] ?? 0) - targetCount,
  }))
}

/** The interval that holds the address, by halving. */
function find<T extends Interval>(sorted: readonly T[], address: Address): T | undefined {
  return sorted[indexOf(sorted, address)]
}

/** −1: no interval holds the address. */
function indexOf(sorted: readonly Interval[], address: Address): number {
  const at = { family: address.family, first: address.value, last: address.value }
  const index = lastIndexWhere(sorted.length, each => byStart(sorted[each] ?? at, at) <= 0)
  const found = sorted[index]
  return found?.family === address.family && found.last >= address.value ? index : -1
}

/** The largest index below `length` for which `holds` (true up to some point, false from there on); −1 if none. */
function lastIndexWhere(length: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low - 1
}

const prefixOf = (value: bigint): bigint => value >> hostBits

/**
 * For each segment the index of its first network, then the number of networks. Neighbouring segments may share a
 * network: a hole in a /24 does not make two of it.
 */
function networkStarts(segments: readonly Segment[]): number[] {
  const starts: number[] = []
  let count = 0
  let previous: Segment | undefined
  for (const segment of segments) {
    const shared = previous?.family === segment.family && prefixOf(previous.last) === prefixOf(segment.first)
    starts.push(shared ? count - 1 : count)
    count = (starts.at(-1) ?? 0) + Number(prefixOf(segment.last) - prefixOf(segment.first)) + 1
    previous = segment
  }
  return [...starts, count]
}

function networkOf(index: number, segments: readonly Segment[], starts: readonly number[]): Network {
  // Several segments may start in this network; the first of them (or the one that reaches into it) begins the search.
  const startsBefore = lastIndexWhere(segments.length, k => (starts[k] ?? 0) < index)
  const parts: Segment[] = []
  for (let k = Math.max(0, startsBefore); k < segments.length && (starts[k] ?? 0) <= index; k++) {
    const part = clip(segments[k], index - (starts[k] ?? 0))
    if (part !== null) parts.push(part)
  }
  const targetCount = countTargets(parts)
  if (targetCount === 0) throw new Error(`no network ${index}`)
  return {
    index,
    text: networkText(parts),
    blocks: [...new Set(parts.flatMap(part => part.ports.map(port => port.block)))],
    targetCount,
    target(k) {
      const { part, offset, port } = locate(parts, k)
      return {
        address: formatAddress({ family: part.family, value: part.first + BigInt(offset) }),
        port: port.port,
      }
    },
    block: k => locate(parts, k).port.index,
  }
}

function networkText(parts: readonly Segment[]): string {
  const { family = 4, first = 0n } = parts[0] ?? {}
  return `${formatAddress({ family, value: prefixOf(first) << hostBits })}/${family === 4 ? 24 : 120}`
}

/** The part of a segment in its n-th network. */
function clip(segment: Segment | undefined, n: number): Segment | null {
  if (segment === undefined) return null
  const start = (prefixOf(segment.first) + BigInt(n)) << hostBits
  const end = start + (1n << hostBits) - 1n
  const first = segment.first > start ? segment.first : start
  const last = segment.last < end ? segment.last : end
  return first <= last ? { ...segment, first, last } : null
}

/** Where the k-th target is: all ports of an address before the next address. */
function locate(parts: readonly Segment[], k: number): { part: Segment; offset: number; port: PlannedPort } {
  let rest = k
  for (const part of parts) {
    const targets = sizeOf(part) * part.ports.length
    const port = part.ports[rest % part.ports.length]
    if (rest < targets && port !== undefined)
      return { part, offset: Math.floor(rest / part.ports.length), port }
    rest -= targets
  }
  throw new Error(`no target ${k} in this network`)
}
