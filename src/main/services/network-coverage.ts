import { type Address, formatAddress, parseAddress } from '#shared/domain/address.ts'
import { parseBlock } from '#shared/domain/address-block.ts'
import { scansInOrder, scansState } from '../store/persistence.ts'
import { listRanges } from '../store/ranges.ts'
import type { ReadableStore } from '../store/statement.ts'
import { coverageOf, type ScanCoverage } from './scan-coverage.ts'

/** A /24 (in IPv6 a /120) of an authorised range. */
export interface AuthorisedNetwork {
  readonly site: string
  readonly siteId: number
  /** The range it belongs to, as it is registered. */
  readonly range: string
  readonly first: Address
  readonly isCovered: boolean
}

/** A scan counts for so long. */
const recentMs = 30 * 86_400_000
const mostScans = 30

const known = new WeakMap<object, { readonly state: string; readonly networks: AuthorisedNetwork[] }>()

/** Every network of the ranges in the register, each with whether a scan of the last 30 days looked at it. */
export function authorisedNetworks(store: ReadableStore, now: number): AuthorisedNetwork[] {
  const ranges = listRanges(store, {})
  const hour = Math.floor(now / 3_600_000)
  const state = JSON.stringify([scansState(store, {}), ranges.map(({ id, ports }) => [id, ports]), hour])
  const kept = known.get(store.connection)
  if (kept?.state === state) return kept.networks
  const recent = scansInOrder(store, {})
    .filter(scan => scan.finished_at >= now - recentMs && scan.plan !== '{}')
    .slice(-mostScans)
    .reverse()
    .map(coverageOf)
  const seen = new Set<string>()
  const networks = ranges.flatMap(range => {
    const ports: number[] = JSON.parse(range.ports)
    return networksOf(range.block).flatMap(first => {
      const key = `${range.site_id} ${first.family} ${first.value}`
      if (seen.has(key)) return []
      seen.add(key)
      const isCovered = isLookedAt(recent, range.site_id, first, ports[0] ?? 0)
      return [{ site: range.site, siteId: range.site_id, range: range.block, first, isCovered }]
    })
  })
  known.set(store.connection, { state, networks })
  return networks
}

function networksOf(text: string): Address[] {
  const block = parseBlock(text)
  if (!block.ok) return []
  const { first, last } = block.value
  const found: Address[] = []
  for (let value = first.value; value <= last.value; value = (value | 255n) + 1n)
    found.push({ ...first, value })
  return found
}

/** What is excluded on purpose at its beginning may still hold something behind it. */
const samples = [0n, 1n, 16n, 64n, 128n, 254n]

function isLookedAt(scans: readonly ScanCoverage[], site: number, first: Address, port: number): boolean {
  return scans.some(scan =>
    samples.some(offset => {
      const value = (first.value & ~255n) + offset
      return value >= first.value && scan.look(site, formatAddress({ ...first, value }), port) === 'covered'
    }),
  )
}

/** The key by which rows are counted: site, family and the network's number. */
export function networkKey(siteId: number, first: Address): string {
  return `${siteId} ${first.family} ${first.value & ~255n}`
}

export function keyOfText(siteId: number, network: string): string {
  const first = parseAddress(network.split('/')[0] ?? '')
  if (first === null) throw new Error(`not a network: ${network}`)
  return networkKey(siteId, first)
}
