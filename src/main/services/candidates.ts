import type { AddressBlock } from '#shared/domain/address-block.ts'
import type { Candidate } from '#shared/domain/import.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { ImportId, InstanceId, ScanId, SiteId } from '#shared/ids.ts'
import { candidatesBetween, listCandidates as readCandidates } from '../store/candidates.ts'
import { addressKey } from '../store/keys.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'

/** Ports imports name inside registered ranges, with what Paddock found there itself. */
export function listCandidates(
  { store }: Pick<Reading, 'store'>,
  { site, limit }: { readonly site?: string | undefined; readonly limit: number },
): Candidate[] {
  return readCandidates(store, { site: site ?? null, limit }).map(record => ({
    site: record.site,
    siteId: record.site_id as SiteId,
    address: record.address,
    port: record.port,
    source: record.source as Candidate['source'],
    service: record.service,
    seenAt: record.seen_at === null ? null : isoInstant(record.seen_at),
    importId: record.import_id as ImportId,
    scan: record.scan_id as ScanId | null,
    instance: record.instance_id as InstanceId | null,
  }))
}

/** What imports name in a block of a site: for scans. */
export type ImportedIn = (siteId: number, block: AddressBlock) => readonly CandidatePort[]

interface CandidatePort {
  readonly address: string
  readonly port: number
}

export function importedIn(store: ReadableStore): ImportedIn {
  return (site, { first, last }) =>
    candidatesBetween(store, { site, first: addressKey(first), last: addressKey(last) })
}

/** The addresses of one visit, and the ports they are visited on. */
export interface CandidateGroup {
  readonly addresses: readonly string[]
  readonly ports: readonly number[]
}

/**
 * Candidates grouped by the ports to visit them on. Only ports of the range's own terms (or those a person names for the scan)
 * are visited: that a file says a port is open authorises nothing.
 */
export function groupCandidates(
  candidates: readonly CandidatePort[],
  allowed: readonly number[],
): CandidateGroup[] {
  const ports = new Map<string, number[]>()
  for (const { address, port } of candidates) {
    if (!allowed.includes(port)) continue
    const known = ports.get(address)
    if (known === undefined) ports.set(address, [port])
    else known.push(port)
  }
  const groups = Map.groupBy(ports, ([, of]) => of.join())
  return [...groups.values()].map(members => ({
    addresses: members.map(([address]) => address),
    ports: members[0]?.[1] ?? [],
  }))
}

/** The addresses alone, each once. */
export function addressesOf(candidates: readonly CandidatePort[]): string[] {
  return [...new Set(candidates.map(({ address }) => address))]
}
