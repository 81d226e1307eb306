import { type Address, formatAddress } from '#shared/domain/address.ts'
import { parseBlock } from '#shared/domain/address-block.ts'
import { scansInOrder } from '../store/persistence.ts'
import { listRanges } from '../store/ranges.ts'
import type { ReadableStore } from '../store/statement.ts'
import { coverageOf, type ScanCoverage } from './scan-coverage.ts'

/** Neighbouring networks (/24, in IPv6 /120) of one authorised range, at their places along one line. */
export interface Stretch {
  readonly site: string
  readonly siteId: number
  /** The range as it is registered. */
  readonly range: string
  readonly port: number
  readonly family: 4 | 6
  /** The first network's number: its first address without the last byte. */
  readonly network: bigint
  /** Its place along the line, … */
  readonly start: number
  /** … and how many there are. */
  readonly count: number
}

/** All authorised networks, site by site, range by range; what several ranges hold counts once. */
export function authorisedStretches(store: ReadableStore): { stretches: Stretch[]; total: number } {
  const stretches: Stretch[] = []
  let total = 0
  const ends = new Map<string, bigint>()
  for (const record of listRanges(store, {})) {
    const block = parseBlock(record.block)
    if (!block.ok) continue
    const { first, last } = block.value
    const key = `${record.site_id} ${first.family}`
    const after = ends.get(key) ?? -1n
    const [from, to] = [first.value >> 8n, last.value >> 8n]
    const network = from > after ? from : after + 1n
    if (to < network) continue
    ends.set(key, to)
    const count = Number(to - network) + 1
    const [port = 0] = JSON.parse(record.ports) as number[]
    stretches.push({
      ...{ site: record.site, siteId: record.site_id, range: record.block, port },
      ...{ family: first.family, network, start: total, count },
    })
    total += count
  }
  return { stretches, total }
}

/** As it is written: `10.0.0.0/24`. */
export function networkText(family: 4 | 6, network: bigint): string {
  return `${formatAddress({ family, value: network << 8n })}/${family === 4 ? 24 : 120}`
}

export interface Coverage {
  /** Cells along the line, each of `perCell` networks: whether they were looked at. */
  readonly cells: Uint8Array
  readonly networks: number
}

/** A scan counts for so long. */
const recentMs = 30 * 86_400_000
const mostScans = 30
const known = new WeakMap<object, Map<string, Coverage>>()

/**
 * What scans of the last 30 days looked at. Where a cell is several networks, its first and its last one speak for it.
 * Of scans that are over it is worked out once; of one that runs, whenever it has advanced, for what is left.
 */
export function coverageOfSpace(store: ReadableStore, now: number, perCell: number): Coverage {
  const { stretches, total } = authorisedStretches(store)
  const scans = scansInOrder(store, {})
    .filter(scan => scan.finished_at >= now - recentMs && scan.plan !== '{}')
    .slice(-mostScans)
    .reverse()
  const [running, over] = [scans.filter(isRunning), scans.filter(scan => !isRunning(scan))]
  const places = stretches.map(({ siteId, range, port, count }) => [siteId, range, port, count])
  const state = JSON.stringify([over.map(({ id }) => id), places, perCell])
  const before = keptOr(store, state, () => lookedAt(emptyCells(total, perCell), stretches, perCell, over))
  if (running.length === 0 || before.networks === total) return before
  const advanced = running.map(({ id, finished_at }) => [id, finished_at])
  return keptOr(store, JSON.stringify([state, advanced]), () =>
    lookedAt(before.cells.slice(), stretches, perCell, running),
  )
}

type ScanRecord = ReturnType<typeof scansInOrder>[number]

const isRunning = ({ status }: ScanRecord) => status === 'running'
const emptyCells = (total: number, perCell: number) => new Uint8Array(Math.ceil(total / perCell))

function keptOr(store: ReadableStore, state: string, read: () => Coverage): Coverage {
  const kept = known.get(store.connection) ?? new Map<string, Coverage>()
  known.set(store.connection, kept)
  const same = kept.get(state)
  if (same !== undefined) return same
  if (kept.size > 3) kept.clear()
  const coverage = read()
  kept.set(state, coverage)
  return coverage
}

/** Sets the cells that further scans looked at, and counts all that are set. */
function lookedAt(
  cells: Uint8Array,
  stretches: readonly Stretch[],
  perCell: number,
  records: readonly ScanRecord[],
): Coverage {
  const scans = records.map(coverageOf)
  const last = stretches.at(-1)
  const total = last === undefined ? 0 : last.start + last.count
  let networks = 0
  for (let cell = 0; cell < cells.length; cell++) {
    const [from, to] = [cell * perCell, Math.min(total, (cell + 1) * perCell) - 1]
    const isSeen =
      cells[cell] === 1 ||
      (isLookedAt(scans, stretches, from) && (to === from || isLookedAt(scans, stretches, to)))
    if (!isSeen) continue
    cells[cell] = 1
    networks += to - from + 1
  }
  return { cells, networks }
}

/** Which stretch a place along the line belongs to. */
export function stretchAt(stretches: readonly Stretch[], place: number): Stretch | undefined {
  let [low, high] = [0, stretches.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((stretches[middle]?.start ?? 0) <= place) low = middle + 1
    else high = middle
  }
  return stretches[low - 1]
}

/** What is excluded on purpose at its beginning may still hold something behind it. */
const samples = [1n, 0n, 16n, 64n, 128n, 254n]

function isLookedAt(scans: readonly ScanCoverage[], stretches: readonly Stretch[], place: number): boolean {
  const stretch = stretchAt(stretches, place)
  if (stretch === undefined) return false
  const { family, siteId, port } = stretch
  const base = (stretch.network + BigInt(place - stretch.start)) << 8n
  return scans.some(scan =>
    samples.some(offset => {
      const address: Address = { family, value: base + offset }
      return scan.look(siteId, formatAddress(address), port) === 'covered'
    }),
  )
}
