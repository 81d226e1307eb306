import { sql } from 'kysely'
import { row, rows } from './statement.ts'

/** Instances that showed something else at some endpoint after an instant than before it, up to another instant. */
export const instancesChangedBetween = rows<{ after: number; until: number }>()((db, $) =>
  db
    .selectFrom('spells')
    .innerJoin('instance_endpoints as link', 'link.endpoint_id', 'spells.endpoint_id')
    .select('link.instance_id')
    .distinct()
    .where('first_at', '>', $.after)
    .where('first_at', '<=', $.until),
)

/** Instances that gained or lost an endpoint between two instants. */
export const instancesLinkedBetween = rows<{ after: number; until: number }>()((db, $) =>
  db
    .selectFrom('instance_endpoints')
    .select('instance_id')
    .where('linked_at', '>', $.after)
    .where('linked_at', '<=', $.until)
    .union(
      db
        .selectFrom('instance_endpoints')
        .select('instance_id')
        .where('unlinked_at', '>', $.after)
        .where('unlinked_at', '<=', $.until),
    ),
)

/** Instances with an endpoint on a port between two addresses of a site. */
export const instancesBetween = rows<{ site: number; port: number; first: Uint8Array; last: Uint8Array }>()(
  (db, $) =>
    db
      .selectFrom('endpoints')
      .innerJoin('instance_endpoints as link', 'link.endpoint_id', 'endpoints.id')
      .select('link.instance_id')
      .distinct()
      .where('site_id', '=', $.site)
      .where('port', '=', $.port)
      .where('address_key', '>=', $.first)
      .where('address_key', '<=', $.last),
)

/** Every site and port something was ever seen at. */
export const sitesAndPorts = rows()(db => db.selectFrom('endpoints').select(['site_id', 'port']).distinct())

/** Every endpoint an instance was ever reached at, with the time it was its. */
export const everLinked = rows<{ instance: number }>()((db, $) =>
  db
    .selectFrom('instance_endpoints as link')
    .innerJoin('endpoints', 'endpoints.id', 'link.endpoint_id')
    .select(['link.id', 'link.endpoint_id', 'link.linked_at', 'link.unlinked_at', 'link.reason'])
    .select(['site_id', 'address', 'port', 'scheme', 'base_path', 'confidence', 'presence'])
    .where('link.instance_id', '=', $.instance)
    .orderBy('linked_at')
    .orderBy('link.id'),
)
export type LinkRecord = ReturnType<typeof everLinked>[number]

/** The spell an endpoint was in at an instant. */
export const spellAt = row<{ endpoint: number; at: number }>()((db, $) =>
  db
    .selectFrom('spells')
    .select(['id', 'outcome', 'snapshot_id', 'first_at', 'last_at', 'first_scan_id', 'last_scan_id'])
    .where('endpoint_id', '=', $.endpoint)
    .where('first_at', '<=', $.at)
    .orderBy('first_at', 'desc')
    .orderBy('id', 'desc')
    .limit(sql.lit(1)),
)
export type SpellAt = NonNullable<ReturnType<typeof spellAt>>

/** What an endpoint had last shown at an instant. */
export const snapshotAt = row<{ endpoint: number; at: number }>()((db, $) =>
  db
    .selectFrom('spells')
    .select('snapshot_id')
    .where('endpoint_id', '=', $.endpoint)
    .where('first_at', '<=', $.at)
    .where('snapshot_id', 'is not', null)
    .orderBy('first_at', 'desc')
    .orderBy('id', 'desc')
    .limit(sql.lit(1)),
)

/** All spells of an endpoint, oldest first. */
export const spellsInOrder = rows<{ endpoint: number }>()((db, $) =>
  db.selectFrom('spells').selectAll().where('endpoint_id', '=', $.endpoint).orderBy('first_at').orderBy('id'),
)
export type SpellRecord = ReturnType<typeof spellsInOrder>[number]
