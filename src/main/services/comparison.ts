import type { ComparedScan, ScanDiff } from '#shared/domain/history.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { ScanId } from '#shared/ids.ts'
import { sitesAndPorts } from '../store/history.ts'
import { addressKey } from '../store/keys.ts'
import type { ScanRecord } from '../store/scans.ts'
import { siteNames } from '../store/sites.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Between, Gap } from '../store/states-between.ts'
import { gapsBetween, inBoth } from './address-gaps.ts'
import { coverageOf, type ScanCoverage } from './scan-coverage.ts'

export interface Side {
  readonly scan: ScanRecord
  readonly coverage: ScanCoverage
}

/** Two scans and what has been found to differ so far. */
export interface Comparison {
  readonly store: ReadableStore
  /** Their names. */
  readonly sites: ReadonlyMap<number, string>
  readonly from: Side
  readonly to: Side
  readonly diff: Mutable<ScanDiff>
}

export type Mutable<T> = { -readonly [K in keyof T]: T[K] }

export function beginComparison(store: ReadableStore, earlier: ScanRecord, later: ScanRecord): Comparison {
  return {
    store,
    sites: new Map(siteNames(store, {}).map(({ id, name }) => [id, name])),
    from: { scan: earlier, coverage: coverageOf(earlier) },
    to: { scan: later, coverage: coverageOf(later) },
    diff: {
      from: comparedScan(earlier),
      to: comparedScan(later),
      new: [],
      changed: [],
      gone: [],
      returned: [],
      notCovered: [],
    },
  }
}

function comparedScan(scan: ScanRecord): ComparedScan {
  const finishedAt = scan.status === 'running' ? null : isoInstant(scan.finished_at)
  return { id: scan.id as ScanId, startedAt: isoInstant(scan.started_at), finishedAt, status: scan.status }
}

export function instantsOf({ from, to }: Comparison): Between {
  return { after: from.scan.finished_at, until: to.scan.finished_at }
}

/** Where anything was ever seen and not both of the scans looked. */
export function gapsOf({ store, from, to }: Comparison): Gap[] {
  return sitesAndPorts(store, {}).flatMap(({ site_id: site, port }) => {
    const common = inBoth(from.coverage.stretches(site, port), to.coverage.stretches(site, port))
    return gapsBetween(common).map(({ first, last }) => ({
      ...{ site, port },
      ...{ first: addressKey(first), last: addressKey(last) },
    }))
  })
}
