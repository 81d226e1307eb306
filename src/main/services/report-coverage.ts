import type { Coverage } from '#shared/domain/scan.ts'
import type { CoverageFacts, RangeCoverage } from '../reports/data.ts'
import { listRanges, type RangeRecord } from '../store/ranges.ts'
import { countScans, lastBlocks, lastWholeBlocks } from '../store/report-reads.ts'
import { blocksOfScan } from '../store/scan-blocks.ts'
import { type ScanRecord, scanById } from '../store/scans.ts'
import type { ReadableStore } from '../store/statement.ts'

/** How far the last ended scan of each range looked, and from where: one that set out to visit all of it, where there is one. */
export function readCoverage(store: ReadableStore, asOf: number): CoverageFacts {
  const whole = new Map(lastWholeBlocks(store, {}).map(each => [each.range_id, each.scan_id]))
  const last = new Map([
    ...lastBlocks(store, {}).map(each => [each.range_id, each.scan_id] as const),
    ...whole,
  ])
  const scans = new Map([...new Set(last.values())].map(id => [id, readScan(store, id)]))
  const ranges = listRanges(store, {}).map(record => {
    const scan = scans.get(last.get(record.id) ?? 0)
    return rangeOf(record, asOf, scan ?? null, whole.has(record.id))
  })
  const inForce = ranges.filter(range => range.inForce)
  const counted = countScans(store, {})
  return {
    scanCount: counted?.count ?? 0,
    firstAt: counted?.first_at ?? null,
    lastAt: counted?.last_at ?? null,
    ranges,
    totals: add(ranges.flatMap(({ scan }) => scan?.coverage ?? [])),
    complete: inForce.length > 0 && inForce.every(isCovered),
  }
}

interface ReadScan {
  readonly record: ScanRecord
  readonly byRange: ReadonlyMap<number, Coverage>
}

function readScan(store: ReadableStore, id: number): ReadScan {
  const record = scanById(store, { id })
  if (record === undefined) throw new Error(`no scan ${id}`)
  const blocks = Map.groupBy(blocksOfScan(store, { scan: id }), each => each.range_id)
  const byRange = [...blocks].map(([range, own]) => [range, add(own.map(coverageOf))] as const)
  return { record, byRange: new Map(byRange) }
}

type Block = ReturnType<typeof blocksOfScan>[number]

/** What no outcome is known of was not reached. */
function coverageOf({ target_count: targets, excluded_count: excluded, ...outcomes }: Block): Coverage {
  const { answered, refused, silent, unreachable, failed } = outcomes
  const notReached = targets - answered - refused - silent - unreachable - failed
  return { targets, answered, refused, silent, unreachable, failed, notReached, excluded }
}

const none: Coverage = {
  targets: 0,
  answered: 0,
  refused: 0,
  silent: 0,
  unreachable: 0,
  failed: 0,
  notReached: 0,
  excluded: 0,
}

function add(all: readonly Coverage[]): Coverage {
  const total = { ...none }
  for (const each of all) for (const key of Object.keys(none) as (keyof Coverage)[]) total[key] += each[key]
  return total
}

function isCovered({ scan }: RangeCoverage): boolean {
  return scan?.isWhole === true && scan.coverage.notReached === 0 && scan.coverage.failed === 0
}

function rangeOf(record: RangeRecord, asOf: number, scan: ReadScan | null, isWhole: boolean): RangeCoverage {
  return {
    site: record.site,
    block: record.block,
    zone: record.zone,
    ports: JSON.parse(record.ports),
    authorisedBy: record.authorised_by,
    reference: record.reference,
    validUntil: record.valid_until,
    // The date is inclusive; in UTC, so that it is the same on any machine.
    inForce: record.valid_until >= new Date(asOf).toISOString().slice(0, 10),
    exclusions: JSON.parse(record.exclusions),
    scan:
      scan === null
        ? null
        : {
            id: scan.record.id,
            status: scan.record.status,
            endedAt: scan.record.finished_at,
            isWhole,
            vantage: vantageOf(scan.record),
            coverage: scan.byRange.get(record.id) ?? none,
          },
  }
}

function vantageOf({ prefix, interface: name, dns_suffix: suffix, vpn }: ScanRecord): string | null {
  if (prefix === null || name === null) return null
  return [prefix, name, ...(suffix === null ? [] : [suffix]), ...(vpn === 1 ? ['VPN'] : [])].join(' ')
}
