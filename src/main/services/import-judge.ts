import { type Address, parseAddress } from '#shared/domain/address.ts'
import { type AddressBlock, blockContains } from '#shared/domain/address-block.ts'
import type { ImportReason } from '#shared/domain/import.ts'
import { type Zone, zones } from '#shared/domain/range.ts'
import type { CandidateRow, ImportRow, RangeRow, TagRow } from '../exchange/import-row.ts'
import { addTag } from '../store/annotations.ts'
import { addCandidate } from '../store/candidates.ts'
import { noteImportedTag } from '../store/imports.ts'
import { raiseVersion } from '../store/inventory-rows.ts'
import { addressKey } from '../store/keys.ts'
import { addProposal, openProposals } from '../store/proposed-ranges.ts'
import { listRanges, type RangeRecord } from '../store/ranges.ts'
import type { ReadableStore, WritableStore } from '../store/statement.ts'
import { putOnRecord } from './annotations.ts'
import type { Transaction } from './context.ts'
import { findInstance } from './find-instance.ts'
import { blockOf, readBlock } from './ranges.ts'

/** What becomes of an entry: why it is not taken, or how it is kept. */
export type Judgement = ImportReason | ((into: Into, importId: number) => void)

/** Where an entry is kept, when, and in whose name. */
export type Into = Pick<Transaction, 'store' | 'now' | 'actor'>

/**
 * Decides entry by entry, the same for a preview and for the import itself. Nothing in here touches the register of ranges:
 * an import can propose what may be scanned, and never decide it.
 */
export function createJudge(
  store: ReadableStore,
  defaultSite: string | undefined,
): (row: ImportRow) => Judgement {
  const seen = createSeen()
  const judgeCandidate = candidateJudge(listRanges(store, {}), defaultSite)
  const judgeRange = rangeJudge(store, defaultSite)
  const judge = (row: ImportRow): Judgement =>
    row.kind === 'candidate'
      ? judgeCandidate(row)
      : row.kind === 'range'
        ? judgeRange(row)
        : judgeTags(store, row, defaultSite)
  return row => {
    const judgement = judge(row)
    return typeof judgement === 'string' || !seen(row) ? judgement : 'duplicate-in-file'
  }
}

/** Whether the same was said before in this file. IPv4 ports fit into a number each: a million of them take 40 MB. */
function createSeen(): (row: ImportRow) => boolean {
  const seen = new Set<number | string>()
  return row => {
    const key = keyOf(row)
    if (seen.has(key)) return true
    seen.add(key)
    return false
  }
}

function keyOf(row: ImportRow): number | string {
  if (row.kind === 'range') return `${row.site.toLowerCase()} ${row.block}`
  if (row.kind === 'tags') return `${row.site} ${row.instance} ${[...row.tags].sort().join()}`
  const address = parseAddress(row.address)
  return address?.family === 4 ? Number(address.value) * 65_536 + row.port : `${row.address} ${row.port}`
}

interface Known {
  readonly record: RangeRecord
  readonly block: AddressBlock
  readonly exclusions: readonly AddressBlock[]
}

/** Networks whose ranges are remembered, so that neighbours need not be looked up each. */
const mostNetworks = 65_536

function candidateJudge(records: readonly RangeRecord[], defaultSite: string | undefined) {
  const wanted = defaultSite?.trim().toLowerCase()
  const ranges: Known[] = records
    .filter(({ site }) => wanted === undefined || site.toLowerCase() === wanted)
    .map(record => ({
      record,
      block: blockOf(record),
      exclusions: (JSON.parse(record.exclusions) as string[]).map(block => blockOf({ block })),
    }))
  const networks = new Map<string, readonly Known[]>()
  const around = (address: Address) => {
    const network = address.value >> 8n
    const key = `${address.family} ${network}`
    const known = networks.get(key)
    if (known !== undefined) return known
    if (networks.size >= mostNetworks) networks.clear()
    const [first, last] = [network << 8n, (network << 8n) | 255n]
    const found = ranges.filter(
      ({ block }) =>
        block.first.family === address.family && block.first.value <= last && block.last.value >= first,
    )
    networks.set(key, found)
    return found
  }
  return (row: CandidateRow): Judgement => {
    const address = parseAddress(row.address)
    if (address === null) return 'address-malformed'
    const single = { first: address, last: address }
    const near = around(address)
    const holding = near.filter(({ block }) => blockContains(block, single))
    const sites = [...new Set(holding.map(({ record }) => record.site_id))]
    const [site] = sites
    if (site === undefined) return 'outside-ranges'
    if (sites.length > 1) return 'site-ambiguous'
    // Exclusions win over every range of their site.
    const excluded = near.some(
      ({ record, exclusions }) =>
        record.site_id === site && exclusions.some(block => blockContains(block, single)),
    )
    return excluded ? 'excluded' : (into, id) => keepCandidate(into.store, id, site, address, row)
  }
}

function keepCandidate(
  store: WritableStore,
  id: number,
  site: number,
  address: Address,
  { port, address: text, source, service, seenAt }: CandidateRow,
): void {
  addCandidate(store, {
    site,
    addressKey: addressKey(address),
    port,
    import: id,
    address: text,
    source,
    service: service?.slice(0, 100) ?? null,
    seenAt,
  })
}

function rangeJudge(store: ReadableStore, defaultSite: string | undefined) {
  const key = (site: string, block: string) => `${site.toLowerCase()} ${block}`
  const registered = new Set(listRanges(store, {}).map(({ site, block }) => key(site, block)))
  const proposed = new Set(openProposals(store, {}).map(({ site, block }) => key(site, block)))
  return (row: RangeRow): Judgement => {
    const site = row.site === '' ? (defaultSite?.trim() ?? '') : row.site
    if (site === '') return 'site-missing'
    const block = readBlock(row.block, true)
    if (!block.ok) return block.failure.code as Extract<ImportReason, `range-${string}`>
    const name = key(site, row.block)
    if (registered.has(name)) return 'range-registered'
    if (proposed.has(name)) return 'range-proposed'
    return (into, id) => void addProposal(into.store, { ...proposalOf(row, site, block.value), import: id })
  }
}

function proposalOf({ block: text, zone, contact, note }: RangeRow, site: string, block: AddressBlock) {
  const [first, last] = [addressKey(block.first), addressKey(block.last)]
  return { site, first, last, block: text, zone: zoneIn(zone), contact, note }
}

/** Roles are the organisation's own words: "Client LAN". */
function zoneIn(role: string): Zone | null {
  const words = role.toLowerCase().split(/[^a-z]+/)
  return (
    zones.find(zone => zone !== 'unknown' && (words.includes(zone) || words.includes(`${zone}s`))) ?? null
  )
}

function judgeTags(store: ReadableStore, row: TagRow, defaultSite: string | undefined): Judgement {
  const found = findInstance(store, row.instance)
  const site = (row.site === '' ? (defaultSite ?? '') : row.site).trim().toLowerCase()
  if (!found.ok || (site !== '' && found.value.site.toLowerCase() !== site)) return 'instance-unknown'
  const instance = found.value.id
  return (into, id) => {
    // Only what was not there before is taken back by an undo.
    const added = row.tags.filter(tag => addTag(into.store, { instance, tag }).count > 0)
    for (const tag of added) noteImportedTag(into.store, { import: id, instance, tag })
    if (added.length === 0) return
    putOnRecord(into, instance, 'instance.tagged', { add: added, remove: [] })
    raiseVersion(into.store, {})
  }
}
