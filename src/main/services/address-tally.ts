import { severities } from '#shared/domain/exposure.ts'
import {
  followNetworks,
  lastNetworkChange,
  presentByAddress,
  presentByNetwork,
} from '../store/network-counts.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Stretch } from './authorised-space.ts'

export interface Grid {
  readonly stretches: readonly Stretch[]
  readonly total: number
  /** How many networks are a cell; 1/256: a cell is an address. */
  readonly perCell: number
  readonly cellCount: number
}

interface Piece {
  readonly first: bigint
  readonly end: bigint
  readonly start: number
}

/** Present instances by cell: how many, how many of them without an owner, how many of each level of risk. */
export class AddressTally {
  readonly counts: Uint32Array
  readonly unowned: Uint32Array
  /** The newest change that was taken in. */
  lastChange = 0
  readonly #byRank: Uint32Array
  readonly #pieces = new Map<number, Piece[]>()
  readonly #perCell: number

  constructor({ cellCount, perCell, stretches }: Grid) {
    this.counts = new Uint32Array(cellCount)
    this.unowned = new Uint32Array(cellCount)
    this.#byRank = new Uint32Array(cellCount * severities.length)
    this.#perCell = perCell
    for (const [key, all] of Map.groupBy(stretches, ({ siteId, family }) => siteId * 10 + family)) {
      const pieces = all.map(({ network, count, start }) => ({
        first: network,
        end: network + BigInt(count),
        start,
      }))
      this.#pieces.set(key, pieces)
    }
  }

  /** `key`: of an address, or of a network, which lacks the last byte. What lies in no authorised range is left out. */
  add(siteId: number, key: Uint8Array, rank: number, isOwned: number, by: number): void {
    const family = key[0] === 4 ? 4 : 6
    const network = networkOf(key, family)
    const piece = this.#pieces
      .get(siteId * 10 + family)
      ?.find(({ first, end }) => first <= network && network < end)
    if (piece === undefined) return
    const place = piece.start + Number(BigInt(network) - piece.first)
    const cell = this.#perCell < 1 ? place * 256 + (key.at(-1) ?? 0) : Math.floor(place / this.#perCell)
    this.counts[cell] = (this.counts[cell] ?? 0) + by
    if (isOwned === 0) this.unowned[cell] = (this.unowned[cell] ?? 0) + by
    const at = cell * severities.length + rank
    this.#byRank[at] = (this.#byRank[at] ?? 0) + by
  }

  /** The highest level in a cell, as its place in the list of levels. */
  rankOf(cell: number): number {
    const start = cell * severities.length
    for (let rank = 0; rank < severities.length; rank++) if (this.#byRank[start + rank] !== 0) return rank
    return severities.length - 1
  }
}

/** Small numbers for IPv4, of which there are most. */
function networkOf(key: Uint8Array, family: 4 | 6): number | bigint {
  if (family === 4) return ((key[1] ?? 0) << 16) | ((key[2] ?? 0) << 8) | (key[3] ?? 0)
  return BigInt(`0x${Buffer.from(key.subarray(1, 16)).toString('hex')}`)
}

const kept = new WeakMap<object, { readonly places: string; readonly tally: AddressTally }>()

/** Counted once for the ranges there are; afterwards only what changed. */
export function tallyOf(store: ReadableStore, grid: Grid): AddressTally {
  const places = JSON.stringify(grid.stretches.map(({ siteId, range, count }) => [siteId, range, count]))
  const known = kept.get(store.connection)
  if (known?.places === places) {
    const { tally } = known
    const isFollowed = followNetworks(store, tally.lastChange, (site, key, rank, isOwned, by) =>
      tally.add(site, key, rank, isOwned, by),
    )
    tally.lastChange = lastNetworkChange(store)
    if (isFollowed) return tally
  }
  const tally = new AddressTally(grid)
  tally.lastChange = lastNetworkChange(store)
  const present = grid.perCell < 1 ? presentByAddress(store) : presentByNetwork(store)
  for (const [site, key, rank, isOwned, count] of present) tally.add(site, key, rank, isOwned, count)
  kept.set(store.connection, { places, tally })
  return tally
}
