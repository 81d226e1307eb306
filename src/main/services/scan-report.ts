import type { AdvisoryEdition } from '#shared/domain/advisory-match.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { ScanPlan } from '#shared/domain/plan.ts'
import type { Coverage, PlannedRange, ScanDetail, ScanReport, ScanStatus } from '#shared/domain/scan.ts'
import type { Vantage } from '#shared/domain/vantage.ts'
import type { ScanId, VantageId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { editionById } from '../store/advisories.ts'
import { blocksOfScan, coverageOfScan, type ScanBlockRecord } from '../store/scan-blocks.ts'
import { listScans as readScans, type ScanRecord, scanById } from '../store/scans.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'

export function listScans({ store }: Reading, limit: number): ScanReport[] {
  return readScans(store, { limit }).map(record => reportOf(store, record))
}

export function showScan({ store }: Reading, id: number): Result<ScanDetail> {
  const record = scanById(store, { id })
  if (record === undefined) return fail('scan-unknown', { scan: id })
  const plan: ScanPlan = JSON.parse(record.plan)
  const exclusions = plan.exclusions.map(({ first, last }) => (first === last ? first : `${first}-${last}`))
  const { rate, userAgent, profile } = plan
  return succeed({
    ...reportOf(store, record),
    ranges: blocksOfScan(store, { scan: id }).map(rangeOf),
    exclusions,
    tarpits: JSON.parse(record.tarpits),
    profile,
    rate,
    userAgent,
    startedBy: record.started_by,
    advisories: editionOf(store, record.advisory_edition_id),
    explained: record.traces !== null,
  })
}

function editionOf(store: ReadableStore, id: number): AdvisoryEdition {
  const edition = editionById(store, { id })
  if (edition === undefined) throw new Error(`no edition ${id} of the advisories`)
  return { dataVersion: edition.data_version, date: edition.date, digest: edition.digest }
}

function rangeOf(record: ScanBlockRecord): PlannedRange {
  return {
    rangeId: record.range_id,
    site: record.site,
    block: record.block,
    ports: JSON.parse(record.ports),
    authorisedBy: record.authorised_by,
    reference: record.reference,
    validUntil: record.valid_until,
    coverage: coverageOf({ ...record, targets: record.target_count, excluded: record.excluded_count }),
  }
}

type Outcomes = Omit<Coverage, 'notReached'>

/** What no outcome is known of was not reached: so the outcomes always add up to the targets. */
function coverageOf({
  targets,
  answered,
  refused,
  silent,
  unreachable,
  failed,
  excluded,
}: Outcomes): Coverage {
  const notReached = targets - answered - refused - silent - unreachable - failed
  return { targets, answered, refused, silent, unreachable, failed, notReached, excluded }
}

/** The report of a scan that is known to exist. */
export function scanReport(store: ReadableStore, id: number): ScanReport {
  const record = scanById(store, { id })
  if (record === undefined) throw new Error(`no scan ${id}`)
  return reportOf(store, record)
}

function reportOf(store: ReadableStore, record: ScanRecord): ScanReport {
  const coverage = coverageOfScan(store, { scan: record.id })
  const byKind: Record<string, number> = JSON.parse(record.requests)
  return {
    scan: {
      id: record.id as ScanId,
      status: record.status as ScanStatus,
      startedAt: isoInstant(record.started_at),
      finishedAt: record.status === 'running' ? null : isoInstant(record.finished_at),
      durationMs: record.duration_ms,
      vantage: vantageOf(record),
      reason: record.reason,
    },
    coverage: coverageOf(coverage ?? { targets: 0, excluded: 0, ...noOutcomes }),
    instances: {
      seen: record.seen_count,
      new: record.new_count,
      changed: record.changed_count,
      missing: record.missing_count,
    },
    requests: { total: Object.values(byKind).reduce((sum, count) => sum + count, 0), byKind },
  }
}

const noOutcomes = { answered: 0, refused: 0, silent: 0, unreachable: 0, failed: 0 }

function vantageOf(record: ScanRecord): Vantage | null {
  if (record.fingerprint === null || record.interface === null || record.prefix === null) return null
  return {
    id: record.vantage_id as VantageId | null,
    interface: record.interface,
    prefix: record.prefix,
    gateway: record.gateway,
    gatewayHardware: record.gateway_hardware,
    dnsSuffix: record.dns_suffix,
    vpn: record.vpn === 1,
    fingerprint: record.fingerprint,
  }
}
