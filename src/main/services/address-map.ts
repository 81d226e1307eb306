import { formatAddress } from '#shared/domain/address.ts'
import { type Severity, severities } from '#shared/domain/exposure.ts'
import type { AddressMap } from '#shared/domain/heatmap.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import { valueTerm } from '#shared/query/term.ts'
import { scansInOrder } from '../store/persistence.ts'
import * as counts from '../store/risk-counts.ts'
import { consistently } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { type AuthorisedNetwork, authorisedNetworks, keyOfText, networkKey } from './network-coverage.ts'
import { networkOfKey } from './network-text.ts'

const mostCells = 65_536

/** The authorised ranges, network by network along one line, with the present instances in each. */
export function addressMap({ store, now }: Pick<Reading, 'store' | 'now'>): AddressMap {
  return consistently(store, () => {
    const networks = authorisedNetworks(store, now())
    const networksPerCell = 2 ** Math.max(0, Math.ceil(Math.log2(networks.length / mostCells)))
    const cellCount = Math.ceil(networks.length / networksPerCell)
    const side = 2 ** Math.max(3, Math.ceil(Math.log2(cellCount || 1) / 2))
    const last = scansInOrder(store, {}).at(-1)
    return {
      side,
      networksPerCell,
      ranges: stretchesOf(networks, networksPerCell),
      cells: cellsOf(networks, networksPerCell, tallies(store)),
      covered: coveredBits(networks, networksPerCell, cellCount),
      networks: networks.length,
      coveredNetworks: networks.filter(({ isCovered }) => isCovered).length,
      lastScanAt: last === undefined ? null : isoInstant(last.finished_at),
    }
  })
}

interface Tally {
  count: number
  unowned: number
  /** Place in `severities`: 0 is most severe. */
  rank: number
}

function tallies(store: Reading['store']): Map<string, Tally> {
  const found = new Map<string, Tally>()
  for (const { site_id, network, facts, is_owned, count } of counts.countsByNetwork(store, {})) {
    if (!counts.isWord(facts, 'presence', 'present')) continue
    const rank = severities.indexOf(counts.countedWord(facts, 'risk') as Severity)
    const key = keyOfText(site_id, networkOfKey(network))
    const known = found.get(key) ?? { count: 0, unowned: 0, rank: severities.length - 1 }
    known.count += count
    if (is_owned === 0) known.unowned += count
    known.rank = Math.min(known.rank, rank)
    found.set(key, known)
  }
  return found
}

function stretchesOf(networks: readonly AuthorisedNetwork[], perCell: number): AddressMap['ranges'] {
  const ranges: AddressMap['ranges'] = []
  for (const [index, { site, range }] of networks.entries()) {
    const last = ranges.at(-1)
    const at = Math.floor(index / perCell)
    if (last?.site === site && last.block === range) last.count = at - last.first + 1
    else ranges.push({ site, block: range, first: at, count: 1 })
  }
  return ranges
}

function cellsOf(
  networks: readonly AuthorisedNetwork[],
  perCell: number,
  tallied: ReadonlyMap<string, Tally>,
): AddressMap['cells'] {
  const cells: AddressMap['cells'] = []
  for (let start = 0; start < networks.length; start += perCell) {
    const own = networks.slice(start, start + perCell)
    const found = own.flatMap(({ siteId, first }) => tallied.get(networkKey(siteId, first)) ?? [])
    const count = found.reduce((sum, each) => sum + each.count, 0)
    const [first] = own
    if (count === 0 || first === undefined) continue
    cells.push({
      at: start / perCell,
      count,
      unowned: found.reduce((sum, each) => sum + each.unowned, 0),
      level: severities[Math.min(...found.map(({ rank }) => rank))] ?? 'none',
      site: first.site,
      block: blockText(own),
      query: `presence:present ${placesTerm(own)}`,
    })
  }
  return cells
}

/** One network, or from the first to the last. */
function blockText(own: readonly AuthorisedNetwork[]): string {
  const [first, last] = [own[0], own.at(-1)]
  if (first === undefined || last === undefined) return ''
  return own.length === 1 ? networkText(first) : `${networkText(first)} – ${networkText(last)}`
}

function networkText({ first }: AuthorisedNetwork): string {
  return `${formatAddress({ ...first, value: first.value & ~255n })}/${first.family === 4 ? 24 : 120}`
}

function placesTerm(own: readonly AuthorisedNetwork[]): string {
  const terms = [...Map.groupBy(own, ({ site }) => site)].map(
    ([site, of]) => `${valueTerm('site', site)} network:${of.map(networkText).join(',')}`,
  )
  return terms.length === 1 ? (terms[0] ?? '') : `(${terms.map(term => `(${term})`).join(' or ')})`
}

function coveredBits(networks: readonly AuthorisedNetwork[], perCell: number, cellCount: number): string {
  const bits = Buffer.alloc(Math.ceil(cellCount / 8))
  for (let cell = 0; cell < cellCount; cell++) {
    const own = networks.slice(cell * perCell, (cell + 1) * perCell)
    if (own.every(({ isCovered }) => isCovered)) bits[cell >> 3] = (bits[cell >> 3] ?? 0) | (1 << (cell & 7))
  }
  return bits.toString('base64')
}
