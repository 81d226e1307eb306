import {
  followNetworks,
  lastNetworkChange,
  type PresentTuple,
  presentByNetwork,
} from '../store/network-counts.ts'
import type { ReadableStore } from '../store/statement.ts'
import { networkText } from './authorised-space.ts'

/** A site's present instances in one block. */
export interface SiteBlock {
  readonly siteId: number
  readonly block: string
  readonly count: number
}

/** More than these nobody reads, and no picture shows. */
const mostBlocks = 16_384
const widening = 8
const mostWidened = 16

interface Counted {
  /** By site and network as one number: 24 bits of it are the network's. */
  readonly v4: Map<number, number>
  /** By site and the network's number in hexadecimal. */
  readonly v6: Map<string, number>
  lastChange: number
}

const kept = new WeakMap<object, Counted>()
const perSite = 2 ** 24

/**
 * Present instances by site and network: a /24, in IPv6 a /120. Where there are very many of these, by /16 and /112, or by
 * /8 and /104. In the order of addresses.
 */
export function siteBlocks(store: ReadableStore): SiteBlock[] {
  let { v4, v6 } = countedNetworks(store)
  let widened = 0
  while (v4.size + v6.size > mostBlocks && widened < mostWidened) {
    widened += widening
    v4 = summed(v4, key => Math.floor(key / perSite) * perSite + (((key % perSite) >> widened) << widened))
    v6 = summed(v6, key => `${key.slice(0, -widened / 4)}${'0'.repeat(widened / 4)}`)
  }
  const length = { 4: 24 - widened, 6: 120 - widened }
  return [
    ...[...v4].map(([key, count]) => ({ siteId: Math.floor(key / perSite), network: key % perSite, count })),
  ]
    .sort((a, b) => a.network - b.network || a.siteId - b.siteId)
    .map(({ siteId, network, count }) => ({
      siteId,
      block: `${network >> 16}.${(network >> 8) & 255}.${network & 255}.0/${length[4]}`,
      count,
    }))
    .concat(
      [...v6]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, count]) => {
          const [siteId, network] = key.split(' ')
          const block = networkText(6, BigInt(`0x${network}`)).replace('/120', `/${length[6]}`)
          return { siteId: Number(siteId), block, count }
        }),
    )
}

function summed<K>(from: ReadonlyMap<K, number>, to: (key: K) => K): Map<K, number> {
  const sums = new Map<K, number>()
  for (const [key, count] of from) {
    const wider = to(key)
    sums.set(wider, (sums.get(wider) ?? 0) + count)
  }
  return sums
}

/** Counted once; afterwards only what changed. */
function countedNetworks(store: ReadableStore): Counted {
  const known = kept.get(store.connection)
  if (known !== undefined) {
    const isFollowed = followNetworks(store, known.lastChange, (site, key, _, __, by) =>
      count(known, site, key, by),
    )
    known.lastChange = lastNetworkChange(store)
    if (isFollowed) return known
  }
  const anew: Counted = { v4: new Map(), v6: new Map(), lastChange: lastNetworkChange(store) }
  for (const [site, key, , , present] of presentByNetwork(store)) count(anew, site, key, present)
  kept.set(store.connection, anew)
  return anew
}

function count({ v4, v6 }: Counted, site: number, key: PresentTuple[1], by: number): void {
  if (key[0] === 4) {
    add(v4, site * perSite + (((key[1] ?? 0) << 16) | ((key[2] ?? 0) << 8) | (key[3] ?? 0)), by)
  } else add(v6, `${site} ${Buffer.from(key.subarray(1, 16)).toString('hex')}`, by)
}

function add<K>(counts: Map<K, number>, key: K, by: number): void {
  const sum = (counts.get(key) ?? 0) + by
  if (sum === 0) counts.delete(key)
  else counts.set(key, sum)
}
