import { sql } from 'kysely'
import { type builder, row, rows, stream } from './statement.ts'

/** What reports count and list. Everything is ordered, so that the same data always reads the same. */

const severityRank = sql`CASE findings.severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END`

/** Findings that still stand; those that are over are history, no state. */
const standing = sql<string>`('open', 'in-remediation', 'awaiting-verification', 'not-verifiable', 'excepted', 'dormant')`

/** The last thing that was seen, decided or stated: the instant a report speaks of. */
export const lastChangeAt = row()(db =>
  db.selectNoFrom(
    sql<number>`max(
      coalesce((SELECT max(finished_at) FROM scans WHERE status <> 'running'), 0),
      coalesce((SELECT max(status_at) FROM findings), 0),
      coalesce((SELECT max(at) FROM decisions), 0),
      coalesce((SELECT max(max(requested_at, coalesce(decided_at, 0), coalesce(ended_at, 0))) FROM exceptions), 0),
      coalesce((SELECT max(since_at) FROM ownerships), 0),
      coalesce((SELECT max(created_at) FROM actors), 0)
    )`.as('at'),
  ),
)

/** Findings by rule, status and whether their date has passed. */
export const tallyFindings = rows<{ now: number }>()((db, $) =>
  db
    .selectFrom('findings')
    .select(['rule', 'status', 'severity'])
    .select([
      sql<number>`coalesce(due_at < ${$.now}, 0)`.as('overdue'),
      sql<number>`count(*)`.as('count'),
      sql<number>`count(DISTINCT instance_id)`.as('instances'),
    ])
    .where('status', 'in', standing)
    .groupBy(['rule', 'status', 'severity', sql`coalesce(due_at < ${$.now}, 0)`])
    .orderBy('rule')
    .orderBy('status')
    .orderBy('severity')
    .orderBy(sql`4`),
)

/** Of how many instances a rule cannot be decided. */
export const tallyUnknown = rows()(db =>
  db
    .selectFrom('instance_verdicts')
    .innerJoin('instances', 'instances.id', 'instance_verdicts.instance_id')
    .innerJoin(sql<{ value: string }>`json_each(instance_verdicts.unknown)`.as('each'), join => join.onTrue())
    .select([sql<string>`each.value`.as('rule'), sql<number>`count(*)`.as('count')])
    .where('instances.merged_into', 'is', null)
    .groupBy('rule')
    .orderBy('rule'),
)

const inInventory = (db: typeof builder) => db.selectFrom('instances').where('merged_into', 'is', null)

/** The inventory by what executives and auditors ask for. */
export const countInventory = row()(db =>
  inInventory(db).select([
    sql<number>`count(*)`.as('instances'),
    sql<number>`coalesce(sum(presence = 'present'), 0)`.as('present'),
    sql<number>`coalesce(sum(access = 'open'), 0)`.as('open'),
    sql<number>`coalesce(sum(access = 'unknown'), 0)`.as('access_unknown'),
    sql<number>`coalesce(sum(tool_calling = 1), 0)`.as('tools'),
    sql<number>`coalesce(sum(tool_calling IS NULL), 0)`.as('tools_unknown'),
    sql<number>`coalesce(sum(tool_calling = 1 AND access = 'open'), 0)`.as('tools_open'),
    sql<number>`coalesce(sum(suspected = 'honeypot'), 0)`.as('imitations'),
  ]),
)

export const countOwned = row()(db =>
  db
    .selectFrom('inventory_rows')
    .select([
      sql<number>`count(*)`.as('instances'),
      sql<number>`coalesce(sum(owner_id IS NOT NULL), 0)`.as('owned'),
    ]),
)

export const countByProduct = rows()(db =>
  inInventory(db)
    .select(['product', sql<number>`count(*)`.as('count')])
    .groupBy('product')
    .orderBy(sql`2`, 'desc')
    .orderBy('product'),
)

/** Findings that stand, the most severe and oldest first. Never held all at once. */
export const streamFindings = stream()(db =>
  db
    .selectFrom('findings')
    .innerJoin('instances', 'instances.id', 'findings.instance_id')
    .innerJoin('sites', 'sites.id', 'instances.site_id')
    .select([
      'findings.id',
      'findings.instance_id',
      'findings.rule',
      'findings.part',
      'findings.label',
      'findings.severity',
      'findings.status',
      'findings.opened_at',
      'findings.due_at',
      'instances.address',
      'instances.port',
      'instances.site_id',
      'sites.name as site',
    ])
    .select(
      sql<
        number | null
      >`(SELECT max(last_at) FROM spells WHERE id IN (SELECT value FROM json_each(findings.observations)))`.as(
        'seen_at',
      ),
    )
    .where('findings.status', 'in', standing)
    .orderBy(severityRank)
    .orderBy('findings.opened_at')
    .orderBy('findings.id'),
)
export type StreamedFinding = ReturnType<typeof streamFindings> extends Iterable<infer Row> ? Row : never

const endedBlocks = (db: typeof builder) =>
  db
    .selectFrom('scan_blocks')
    .innerJoin('scans', 'scans.id', 'scan_blocks.scan_id')
    .innerJoin('ranges', 'ranges.id', 'scan_blocks.range_id')
    .select(['scan_blocks.range_id', sql<number>`max(scan_blocks.scan_id)`.as('scan_id')])
    .where('scans.status', '<>', sql.lit('running'))
    .groupBy('scan_blocks.range_id')
    .orderBy('scan_blocks.range_id')

/** The last ended scan that set out to visit something of each range. */
export const lastBlocks = rows()(db => endedBlocks(db))

/** … and the last one that set out to visit all of it, on all of its ports: a look at one address covers no range. */
export const lastWholeBlocks = rows()(db =>
  endedBlocks(db)
    .whereRef('scan_blocks.block', '=', 'ranges.block')
    .whereRef('scan_blocks.ports', '=', 'ranges.ports'),
)

export const countScans = row()(db =>
  db
    .selectFrom('scans')
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number | null>`min(started_at)`.as('first_at'),
      sql<number | null>`max(finished_at)`.as('last_at'),
    ])
    .where('status', '<>', sql.lit('running')),
)
