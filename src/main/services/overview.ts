import { formatAddressPort } from '#shared/domain/address.ts'
import { type Severity, severities } from '#shared/domain/exposure.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import { type Overview, type OverviewFigure, overviewFigures } from '#shared/domain/overview.ts'
import * as stored from '../store/overview.ts'
import * as counts from '../store/risk-counts.ts'
import { consistently, type ReadableStore } from '../store/statement.ts'
import { topActions } from './actions.ts'
import type { Reading } from './context.ts'
import { type Figures, figureQueries, figuresNow, newQuery } from './overview-points.ts'
import { weightsInForce } from './risk-weights.ts'

const mostActions = 5
const mostChanges = 12

/** Where the risk is and whether it shrinks, for ten seconds of looking. */
export function overview({ store, now }: Pick<Reading, 'store' | 'now'>): Overview {
  return consistently(store, () => {
    const figures = figuresNow(store, now())
    const points = stored.listPoints(store, {}).map(({ at, figures: kept }) => ({
      at: isoInstant(at),
      figures: JSON.parse(kept) as Figures,
    }))
    const span = stored.scanSpan(store, {})
    const instant = (at: number | null | undefined) => (at == null ? null : isoInstant(at))
    return {
      figures: overviewFigures.flatMap(name => {
        const trend = points.flatMap(point => {
          const value = point.figures[name]
          return value === undefined ? [] : [{ at: point.at, value }]
        })
        const value = name === 'persistentCore' ? trend.at(-1)?.value : figures[name]
        if (value === undefined) return []
        return [
          {
            name,
            value,
            of: totalOf(name, figures, points.at(-1)?.figures),
            query: queryOf(store, name),
            trend,
          },
        ]
      }),
      levels: levelsOf(store),
      actions: topActions(store, weightsInForce(store), mostActions),
      changes: changesOf(store),
      scans: { count: span?.count ?? 0, firstAt: instant(span?.first_at), lastAt: instant(span?.last_at) },
    }
  })
}

function totalOf(name: OverviewFigure, figures: Figures, last: Figures | undefined): number | null {
  if (name === 'persistentCore') return last?.instances ?? null
  if (name === 'coverage') return figures.networks
  return name === 'unowned' || name === 'openTools' ? figures.present : null
}

function queryOf(store: ReadableStore, name: OverviewFigure): string | null {
  if (name === 'newSinceLastScan') return newQuery(store)
  return name in figureQueries ? figureQueries[name as keyof typeof figureQueries] : null
}

/** Present instances by the level of their score. */
function levelsOf(store: ReadableStore): Record<Severity, number> {
  const levels = Object.fromEntries(severities.map(level => [level, 0])) as Record<Severity, number>
  for (const { facts, count } of counts.countsBySite(store, {})) {
    if (!counts.isWord(facts, 'presence', 'present')) continue
    levels[counts.countedWord(facts, 'risk') as Severity] += count
  }
  return levels
}

type Change = Overview['changes'][number] & { readonly order: number }

function changesOf(store: ReadableStore): Overview['changes'] {
  const fresh: Change[] = stored.newestInstances(store, {}).map(({ id, address, port, site, at }) => ({
    ...{ order: at, at: isoInstant(at), kind: 'instance-new' as const, instanceId: id },
    ...{ subject: formatAddressPort(address, port), rule: null, count: 1, detail: site },
  }))
  const moved: Change[] = stored.newestFindingEvents(store, {}).map(event => ({
    order: event.at,
    at: isoInstant(event.at),
    kind: event.status === 'open' ? ('finding-opened' as const) : ('finding-moved' as const),
    subject: formatAddressPort(event.address, event.port),
    rule: event.rule,
    count: event.count,
    detail: event.status === 'open' ? event.severity : event.status,
    instanceId: event.instance_id,
  }))
  const scans: Change[] = stored.newestScans(store, {}).map(scan => ({
    order: scan.at,
    at: isoInstant(scan.at),
    kind: 'scan-ended' as const,
    subject: String(scan.id),
    rule: null,
    count: 1,
    detail: `+${scan.new_count} ~${scan.changed_count} −${scan.missing_count}`,
    instanceId: null,
  }))
  return [...fresh, ...moved, ...scans]
    .sort((a, b) => b.order - a.order)
    .slice(0, mostChanges)
    .map(({ order: _, ...change }) => change)
}
