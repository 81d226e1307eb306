import { dateOf } from '#shared/domain/instant.ts'
import type { OverviewFigure } from '#shared/domain/overview.ts'
import * as overview from '../store/overview.ts'
import { countIds } from '../store/query-open.ts'
import * as counts from '../store/risk-counts.ts'
import type { ReadableStore, WritableStore } from '../store/statement.ts'
import { authorisedStretches, coverageOfSpace } from './authorised-space.ts'
import { countPersistentCore } from './persistence.ts'
import { readQuery } from './read-query.ts'
import { openBySeverity } from './what-if.ts'

export type Figures = Record<Exclude<OverviewFigure, 'persistentCore'>, number> & {
  readonly networks: number
  /** Counted over all of history when a scan has ended; absent: it was not. */
  readonly persistentCore?: number
  readonly instances?: number
}

/** The one query asked here is about time. */
const noAdvisories = () => 0

const soonMs = 30 * 86_400_000

export const figureQueries = {
  present: 'presence:present',
  unowned: 'presence:present owner:none',
  openTools: 'presence:present access:open tools:yes',
} as const

/** Seen for the first time by the newest scan that is over. */
export function newQuery(store: ReadableStore): string {
  const scan = overview.lastEndedScan(store, {})
  return `firstSeen>=${new Date(scan?.started_at ?? 0).toISOString()}`
}

/** The figures as they are now, from what is counted row by row. */
export function figuresNow(store: ReadableStore, now: number): Figures {
  const bySite = counts
    .countsBySite(store, {})
    .filter(({ facts }) => counts.isWord(facts, 'presence', 'present'))
  const sum = (list: readonly { count: number }[]) => list.reduce((all, { count }) => all + count, 0)
  const unowned = counts
    .countsByOwner(store, {})
    .filter(({ owner_id, facts }) => owner_id === 0 && counts.isWord(facts, 'presence', 'present'))
  const fresh = readQuery(newQuery(store))
  const { total } = authorisedStretches(store)
  const perCell = 2 ** Math.max(0, Math.ceil(Math.log2(total / 65_536)))
  return {
    present: sum(bySite),
    unowned: sum(unowned),
    openTools: sum(
      bySite.filter(
        ({ facts }) => counts.isWord(facts, 'access', 'open') && counts.isWord(facts, 'tools', 'yes'),
      ),
    ),
    criticalFindings: openBySeverity({ store }).critical,
    overdue: counts.overdueFindings(store, { now })?.count ?? 0,
    expiringExceptions: counts.expiringExceptions(store, { until: dateOf(now + soonMs) })?.count ?? 0,
    coverage: coverageOfSpace(store, now, perCell).networks,
    newSinceLastScan: fresh.ok ? countIds({ store, now, affectedBy: noAdvisories }, fresh.value) : 0,
    networks: total,
  }
}

interface Recording {
  readonly store: WritableStore
  readonly now: () => number
  readonly isClosing: () => boolean
}

/** Keeps the figures once after each scan: they are the trend. Says whether there were any to keep. */
export async function recordPoint({ store, now, isClosing }: Recording): Promise<boolean> {
  const scan = overview.lastEndedScan(store, {})
  if (scan === undefined || scan.point_at !== null) return false
  const core = await countPersistentCore(store, isClosing)
  if (core === null) return false
  const figures = JSON.stringify({ ...figuresNow(store, now()), ...core })
  overview.keepPoint(store, { scan: scan.id, at: scan.finished_at, figures })
  return true
}
