import { sql } from 'kysely'
import { change, row, rows } from './statement.ts'

export const keepPoint = change<{ scan: number; at: number; figures: string }>()((db, $) =>
  db
    .insertInto('overview_points')
    .values({ scan_id: $.scan, at: $.at, figures: $.figures })
    .onConflict(conflict => conflict.column('scan_id').doNothing()),
)

export const listPoints = rows()(db => db.selectFrom('overview_points').selectAll().orderBy('scan_id'))

/** The newest scan that is over, and whether its figures are kept. */
export const lastEndedScan = row()(db =>
  db
    .selectFrom('scans')
    .leftJoin('overview_points', 'overview_points.scan_id', 'scans.id')
    .select(['scans.id', 'scans.started_at', 'scans.finished_at', 'overview_points.at as point_at'])
    .where('status', '<>', sql.lit('running'))
    .orderBy('scans.id', 'desc')
    .limit(sql.lit(1)),
)

export const scanSpan = row()(db =>
  db
    .selectFrom('scans')
    .select(eb => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.min('started_at').as('first_at'),
      eb.fn.max('finished_at').as('last_at'),
    ]),
)

const most = 5

export const newestInstances = rows()(db =>
  db
    .selectFrom('instances')
    .innerJoin('sites', 'sites.id', 'instances.site_id')
    .select(['instances.id', 'address', 'port', 'sites.name as site', 'first_seen_at as at'])
    .where('merged_into', 'is', null)
    .orderBy('instances.id', 'desc')
    .limit(sql.lit(most)),
)

/** Of the newest events, those of one rule and instance at one time together: a version may be in many affected ranges. */
export const newestFindingEvents = rows()(db =>
  db
    .selectFrom(
      db
        .selectFrom('finding_events')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(sql.lit(200))
        .as('finding_events'),
    )
    .innerJoin('findings', 'findings.id', 'finding_events.finding_id')
    .innerJoin('instances', 'instances.id', 'findings.instance_id')
    .select(['finding_events.at', 'finding_events.status', 'findings.rule', 'findings.instance_id'])
    .select(['instances.address', 'instances.port', 'findings.severity'])
    .select(eb => eb.fn.countAll<number>().as('count'))
    .groupBy(['finding_events.at', 'finding_events.status', 'findings.rule', 'findings.instance_id'])
    .orderBy(eb => eb.fn.max('finding_events.id'), 'desc')
    .limit(sql.lit(most)),
)

export const newestScans = rows()(db =>
  db
    .selectFrom('scans')
    .select(['id', 'status', 'finished_at as at', 'new_count', 'changed_count', 'missing_count'])
    .where('status', '<>', sql.lit('running'))
    .orderBy('id', 'desc')
    .limit(sql.lit(4)),
)

/** Approved leave for instances that may be open. */
export const leaveInForce = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('exceptions')
    .select(['instance_id', 'decided_by'])
    .distinct()
    .where('status', '=', sql.lit('approved'))
    .where('decided_by', 'is not', null)
    .where('instance_id', 'in', sql<number>`(SELECT value FROM json_each(${$.ids}))`),
)

/** When models of some instances (ids as JSON) were first seen there, while the endpoint was the instance's. */
export const modelsSince = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('instance_endpoints as link')
    .innerJoin('spells', 'spells.endpoint_id', 'link.endpoint_id')
    .innerJoin('snapshot_artifacts as listed', 'listed.snapshot_id', 'spells.snapshot_id')
    .innerJoin('artifacts', 'artifacts.id', 'listed.artifact_id')
    .select(['link.instance_id', 'artifacts.name', 'artifacts.digest'])
    .select(eb => eb.fn.min(sql<number>`max(spells.first_at, link.linked_at)`).as('since'))
    .where('link.instance_id', 'in', sql<number>`(SELECT value FROM json_each(${$.ids}))`)
    .where(sql<boolean>`spells.last_at >= link.linked_at`)
    .where(sql<boolean>`(link.unlinked_at IS NULL OR spells.first_at < link.unlinked_at)`)
    .groupBy(['link.instance_id', 'listed.artifact_id']),
)
