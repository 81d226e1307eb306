import { isoInstant } from '#shared/domain/instant.ts'
import type { InventoryPageRow } from '#shared/domain/inventory.ts'
import type { ToolExposure } from '#shared/domain/overview.ts'
import { valueTerm } from '#shared/query/term.ts'
import * as stored from '../store/overview.ts'
import { countIds, openIds } from '../store/query-open.ts'
import { consistently } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { instanceRows } from './instance-rows.ts'
import type { Figures } from './overview-points.ts'
import { queryContext } from './query-context.ts'
import { readQuery } from './read-query.ts'

const capable = 'presence:present tools:yes'
/** SentinelLABS and Censys, "Silent Brothers", 29 January 2026: "more than 48 %" of 175,108 public hosts advertise tools. */
const study = { percent: 48, source: 'SentinelLABS / Censys, “Silent Brothers”, 2026-01-29' }

const combinations = [
  ['vision', `${capable} capability:vision`],
  ['thinking', `${capable} capability:thinking`],
  ['vision-thinking', `${capable} capability:vision capability:thinking`],
  ['remote', `${capable} remote:*`],
] as const

/** Tool calling as a thing to be watched: who declares it, since when, how reachable, and who answers for that. */
export function toolExposure(reading: Reading, limit: number): ToolExposure {
  return consistently(reading.store, () => {
    const count = (query: string) => countOf(reading, query)
    const rows = rowsOf(reading, limit)
    const ids = JSON.stringify(rows.map(({ id }) => id))
    const leave = Map.groupBy(stored.leaveInForce(reading.store, { ids }), each => each.instance_id)
    const points = stored.listPoints(reading.store, {})
    return {
      models: modelsOf(rows),
      instances: rows.map(row => ({
        instanceId: row.id,
        address: row.address,
        port: row.port,
        site: row.site,
        access: row.access,
        owner: row.owner,
        acceptedBy: (leave.get(row.id) ?? []).flatMap(each => each.decided_by ?? []),
        since: row.firstSeenAt,
        models: toolModels(row).map(({ name }) => name),
        score: row.score,
      })),
      totalInstances: count(capable),
      combined: combinations.map(([combination, query]) => ({ combination, instances: count(query), query })),
      share: { capable: count(capable), known: count('presence:present -tools:unknown') },
      study,
      trend: points.map(({ at, figures }) => ({
        at: isoInstant(at),
        value: (JSON.parse(figures) as Figures).openTools,
      })),
    }
  })
}

function countOf(reading: Reading, query: string): number {
  const condition = readQuery(query)
  return condition.ok ? countIds(queryContext(reading, reading.now()), condition.value) : 0
}

/** The riskiest first. */
function rowsOf(reading: Reading, limit: number): InventoryPageRow[] {
  const condition = readQuery(capable)
  if (!condition.ok) return []
  const ids = openIds(queryContext(reading, reading.now()), condition.value, [
    { column: 'score', descending: true },
  ])
  return instanceRows(reading.store, reading.advisories, [...ids.subarray(0, limit)])
}

function toolModels(row: InventoryPageRow) {
  return (row.models ?? []).filter(({ capabilities }) => capabilities?.includes('tools'))
}

/** Models by how many of the listed instances hold them. */
function modelsOf(rows: readonly InventoryPageRow[]): ToolExposure['models'] {
  const found = new Map<string, ToolExposure['models'][number]>()
  for (const row of rows) {
    for (const { name, capabilities } of toolModels(row)) {
      const known = found.get(name)
      const since = known !== undefined && known.since < row.firstSeenAt ? known.since : row.firstSeenAt
      found.set(name, {
        name,
        capabilities: [...new Set([...(known?.capabilities ?? []), ...(capabilities ?? [])])].sort(),
        instances: (known?.instances ?? 0) + 1,
        open: (known?.open ?? 0) + (row.access === 'open' ? 1 : 0),
        since,
        query: `${capable} ${valueTerm('model', name)}`,
      })
    }
  }
  return [...found.values()].sort((a, b) => b.open - a.open || b.instances - a.instances)
}
