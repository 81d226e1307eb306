import { formatAddress } from '#shared/domain/address.ts'
import type { AddressMap, MapCell } from '#shared/domain/heatmap.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import { valueTerm } from '#shared/query/term.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { scansInOrder } from '../store/persistence.ts'
import { consistently, type ReadableStore } from '../store/statement.ts'
import { type Grid, tallyOf } from './address-tally.ts'
import {
  authorisedStretches,
  coverageOfSpace,
  networkText,
  type Stretch,
  stretchAt,
} from './authorised-space.ts'
import type { Reading } from './context.ts'

const mostCells = 65_536
const mostListed = 200
/** So few networks are shown address by address. */
const mostNetworksByAddress = mostCells / 256

function gridOf(store: ReadableStore): Grid {
  const { stretches, total } = authorisedStretches(store)
  const perCell =
    total <= mostNetworksByAddress ? 1 / 256 : 2 ** Math.max(0, Math.ceil(Math.log2(total / mostCells)))
  return { stretches, total, perCell, cellCount: Math.ceil(total / perCell) }
}

/** The authorised addresses along one line, with the present instances at each place. */
export function addressMap({ store, now }: Pick<Reading, 'store' | 'now'>): AddressMap {
  return consistently(store, () => {
    const grid = gridOf(store)
    const { stretches, total, perCell, cellCount } = grid
    const coverage = coverageOfSpace(store, now(), Math.max(1, perCell))
    const tally = tallyOf(store, grid)
    const { counts, unowned } = tally
    const filled = filledOf(counts)
    const fullest = filled.toSorted((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0)).slice(0, mostListed)
    const last = scansInOrder(store, {}).at(-1)
    return {
      side: 2 ** Math.max(3, Math.ceil(Math.log2(cellCount || 1) / 2)),
      cellCount,
      networksPerCell: perCell,
      ranges: stretches.map(({ site, range, start, count }) => ({
        ...{ site, block: range, first: Math.floor(start / perCell) },
        count: Math.max(1, Math.floor(count / perCell)),
      })),
      cells: {
        at: filled,
        count: filled.map(cell => counts[cell] ?? 0),
        unowned: filled.map(cell => unowned[cell] ?? 0),
        level: filled.map(cell => tally.rankOf(cell)),
      },
      fullest: fullest.map(cell => describe(grid, cell, counts[cell] ?? 0)),
      covered: bitsOf(coverage.cells).toString('base64'),
      networks: total,
      coveredNetworks: coverage.networks,
      lastScanAt: last === undefined ? null : isoInstant(last.finished_at),
    }
  })
}

function filledOf(counts: Uint32Array): number[] {
  const filled: number[] = []
  for (let cell = 0; cell < counts.length; cell++) if (counts[cell] !== 0) filled.push(cell)
  return filled
}

/** What one cell is, and the query that finds its instances. */
export function mapCell({ store }: Pick<Reading, 'store'>, at: number): Result<MapCell> {
  return consistently(store, () => {
    const grid = gridOf(store)
    if (at >= grid.cellCount) return fail('map-cell-unknown', { cell: at, cells: grid.cellCount })
    return succeed(describe(grid, at, tallyOf(store, grid).counts[at] ?? 0))
  })
}

function describe({ stretches, perCell, total }: Grid, at: number, count: number): MapCell {
  if (perCell < 1) return describeAddress(stretches, at, count)
  const places = Array.from(
    { length: Math.min(perCell, total - at * perCell) },
    (_, index) => at * perCell + index,
  )
  const networks = places.flatMap(place => {
    const stretch = stretchAt(stretches, place)
    if (stretch === undefined) return []
    const { site, family } = stretch
    return { site, text: networkText(family, stretch.network + BigInt(place - stretch.start)) }
  })
  const terms = [...Map.groupBy(networks, ({ site }) => site)].map(
    ([site, of]) => `${valueTerm('site', site)} network:${of.map(({ text }) => text).join(',')}`,
  )
  const [first, last] = [networks[0], networks.at(-1)]
  const where = terms.length === 1 ? (terms[0] ?? '') : `(${terms.map(term => `(${term})`).join(' or ')})`
  return {
    at,
    count,
    site: first?.site ?? '',
    block: first === last ? (first?.text ?? '') : `${first?.text} – ${last?.text}`,
    query: `presence:present ${where}`,
  }
}

function describeAddress(stretches: readonly Stretch[], at: number, count: number): MapCell {
  const place = Math.floor(at / 256)
  const stretch = stretchAt(stretches, place)
  if (stretch === undefined) return { at, count, site: '', block: '', query: '' }
  const network = stretch.network + BigInt(place - stretch.start)
  const address = formatAddress({ family: stretch.family, value: (network << 8n) + BigInt(at % 256) })
  const query = `presence:present ${valueTerm('site', stretch.site)} network:${address}`
  return { at, count, site: stretch.site, block: address, query }
}

function bitsOf(cells: Uint8Array): Buffer {
  const bits = Buffer.alloc(Math.ceil(cells.length / 8))
  for (const [cell, isSet] of cells.entries()) {
    if (isSet === 1) bits[cell >> 3] = (bits[cell >> 3] ?? 0) | (1 << (cell & 7))
  }
  return bits
}
