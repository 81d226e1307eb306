import { isoInstant } from '#shared/domain/instant.ts'
import type { ScanPlan } from '#shared/domain/plan.ts'
import type { PlannedRange, ScanDetail, ScanReport, ScanStatus } from '#shared/domain/scan.ts'
import type { Vantage } from '#shared/domain/vantage.ts'
import type { ScanId, VantageId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { listScans as readScans, type ScanRecord, scanById } from '../store/scans.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'

export function listScans({ store }: Reading, limit: number): ScanReport[] {
  return readScans(store, { limit }).map(reportOf)
}

export function showScan({ store }: Reading, id: number): Result<ScanDetail> {
  const record = scanById(store, { id })
  if (record === undefined) return fail('scan-unknown', { scan: id })
  const plan: ScanPlan = JSON.parse(record.plan)
  const ranges: PlannedRange[] = JSON.parse(record.planned_ranges)
  const exclusions = plan.exclusions.map(({ first, last }) => (first === last ? first : `${first}-${last}`))
  const { rate, userAgent } = plan
  return succeed({ ...reportOf(record), ranges, exclusions, rate, userAgent, startedBy: record.started_by })
}

/** The report of a scan that is known to exist. */
export function scanReport(store: ReadableStore, id: number): ScanReport {
  const record = scanById(store, { id })
  if (record === undefined) throw new Error(`no scan ${id}`)
  return reportOf(record)
}

function reportOf(record: ScanRecord): ScanReport {
  const { answered, refused, silent, unreachable, failed } = record
  const byKind: Record<string, number> = JSON.parse(record.requests)
  return {
    scan: {
      id: record.id as ScanId,
      status: record.status as ScanStatus,
      startedAt: isoInstant(record.started_at),
      finishedAt: record.status === 'running' ? null : isoInstant(record.finished_at),
      durationMs: Math.max(0, record.finished_at - record.started_at),
      vantage: vantageOf(record),
      reason: record.reason,
    },
    coverage: {
      targets: record.target_count,
      answered,
      refused,
      silent,
      unreachable,
      failed,
      notReached: record.target_count - answered - refused - silent - unreachable - failed,
      excluded: record.excluded_count,
    },
    instances: {
      seen: record.seen_count,
      new: record.new_count,
      changed: record.changed_count,
      missing: record.missing_count,
    },
    requests: { total: Object.values(byKind).reduce((sum, count) => sum + count, 0), byKind },
  }
}

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
