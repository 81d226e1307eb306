import { type RawBuilder, sql } from 'kysely'
import { type builder, rows } from './statement.ts'

/** In how many scans an endpoint had an outcome while it was linked. */
const scansWith = (outcome: string) =>
  sql<number>`(SELECT coalesce(sum(scan_count), 0) FROM spells
    WHERE spells.endpoint_id = link.endpoint_id AND outcome = ${sql.lit(outcome)}
      AND spells.last_at >= link.linked_at AND (link.unlinked_at IS NULL OR spells.first_at < link.unlinked_at))`

/** For each link: in how many scans it answered, and in how many it could not be looked at. */
const counted = (db: typeof builder) =>
  db
    .selectFrom('instance_endpoints as link')
    .innerJoin('endpoints', 'endpoints.id', 'link.endpoint_id')
    .leftJoin('purged_spells as purged', 'purged.link_id', 'link.id')
    .leftJoin('failed_looks as failed', 'failed.endpoint_id', 'endpoints.id')
    .select(['link.instance_id', 'link.endpoint_id', 'link.linked_at', 'link.unlinked_at'])
    .select(['site_id', 'address', 'port'])
    .select([
      sql<number>`coalesce(purged.answered_count, 0)`.as('purged_answered'),
      sql<number>`coalesce(purged.unreachable_count, 0)`.as('purged_unreachable'),
      sql<number>`coalesce(failed.scan_count, 0)`.as('failed_count'),
      scansWith('answered').as('answered'),
      scansWith('unreachable').as('unreachable'),
    ])
    .orderBy('link.instance_id')
    .orderBy('link.linked_at')

export const countsOfAll = rows()(db => counted(db))
export const countsOfInstance = rows<{ instance: number }>()((db, $) =>
  counted(db).where('link.instance_id', '=', $.instance),
)
/** Of the next instances after one, in order. */
export const countsAfter = rows<{ after: number; limit: number }>()((db, $) =>
  counted(db).where('link.instance_id', 'in', nextLinked(db, $)),
)

function nextLinked(db: typeof builder, $: { after: RawBuilder<number>; limit: RawBuilder<number> }) {
  return db
    .selectFrom('instance_endpoints')
    .select('instance_id')
    .distinct()
    .where('instance_id', '>', $.after)
    .orderBy('instance_id')
    .limit($.limit)
}

export type CountRecord = ReturnType<typeof countsOfAll>[number]

/** Every scan that ended or runs, as far as its coverage goes, oldest first. */
export const scansInOrder = rows()(db =>
  db
    .selectFrom('scans')
    .select(['id', 'status', 'plan', 'networks_done', 'started_at', 'finished_at', 'vantage_id'])
    .orderBy('finished_at')
    .orderBy('id'),
)

/** Changes whenever a scan begins, advances or ends. */
export const scansState = rows()(db =>
  db
    .selectFrom('scans')
    .select(eb => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.max('finished_at').as('last'),
      eb.fn.max('id').as('id'),
    ]),
)

export const vantagesOfEndpoint = rows<{ endpoint: number }>()((db, $) =>
  db.selectFrom('endpoint_vantages').select('vantage_id').where('endpoint_id', '=', $.endpoint),
)
