import { sql } from 'kysely'
import { lastSeen } from './instances.ts'
import { liesAtKey } from './inventory-rows.ts'
import { type builder, rows } from './statement.ts'

/** What is needed to judge instances, read for many at a time: `ids` is a JSON list. */
const among = (ids: unknown) => sql<number>`(SELECT value FROM json_each(${ids}))`

export const judgedInstances = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('instances')
    .innerJoin('sites', 'sites.id', 'instances.site_id')
    .select(['instances.id', 'site_id', 'sites.name as site', 'address', 'zone', 'product', 'suspected'])
    .select([
      'confidence',
      'version',
      'access',
      'cors',
      'presence',
      'first_seen_at',
      lastSeen.as('last_seen_at'),
    ])
    .where('instances.id', 'in', among($.ids))
    .orderBy('instances.id'),
)
export type JudgedRecord = ReturnType<typeof judgedInstances>[number]

/** The ways into them, with the stretch of scans they are in and what they showed last. */
export const judgedEndpoints = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('instance_endpoints as link')
    .innerJoin('endpoints', 'endpoints.id', 'link.endpoint_id')
    .innerJoin('last_looks as look', 'look.endpoint_id', 'link.endpoint_id')
    .innerJoin('spell_records as spell', 'spell.id', 'look.spell_id')
    .select([
      'link.instance_id',
      'endpoints.id',
      'endpoints.site_id',
      'endpoints.address',
      'endpoints.port',
      'endpoints.scheme',
      'endpoints.base_path',
      'presence',
    ])
    .select(['confidence', 'host_names', 'look.seen_at as last_seen_at'])
    .select(['spell.id as spell_id', 'outcome', 'first_at', 'look.at as last_at', 'look.scan_count'])
    .select('look.scan_id as last_scan_id')
    .select(eb => [
      eb.fn.coalesce('spell.snapshot_id', lastSnapshot(db)).as('snapshot_id'),
      mostSightings(db).as('sightings'),
    ])
    .where('link.unlinked_at', 'is', null)
    .where('link.instance_id', 'in', among($.ids))
    .orderBy('link.instance_id')
    .orderBy('look.seen_at', 'desc')
    .orderBy('endpoints.id'),
)
export type JudgedEndpoint = ReturnType<typeof judgedEndpoints>[number]

function lastSnapshot(db: typeof builder) {
  return db
    .selectFrom('spell_records as past')
    .select('past.snapshot_id')
    .where(sql<boolean>`past.endpoint_id = endpoints.id`)
    .where('past.snapshot_id', 'is not', null)
    .orderBy('past.first_at', 'desc')
    .orderBy('past.id', 'desc')
    .limit(sql.lit(1))
}

function mostSightings(db: typeof builder) {
  return db
    .selectFrom('spells as past')
    .select(eb => eb.fn.max('past.scan_count').as('count'))
    .where(sql<boolean>`past.endpoint_id = endpoints.id`)
    .where('past.snapshot_id', 'is not', null)
}

export const judgedOwnerships = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('ownerships')
    .leftJoin('owners', 'owners.id', 'ownerships.owner_id')
    .selectAll('ownerships')
    .select('owners.name as owner')
    .where('instance_id', 'in', among($.ids)),
)

export const judgedFindings = rows<{ ids: string }>()((db, $) =>
  db.selectFrom('findings').selectAll().where('instance_id', 'in', among($.ids)),
)

export const findingTexts = rows<{ ids: string }>()((db, $) =>
  db.selectFrom('finding_facts').select(['id', 'content']).where('id', 'in', among($.ids)),
)

export const judgedExceptions = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('exceptions')
    .innerJoin('findings', 'findings.id', 'exceptions.finding_id')
    .selectAll('exceptions')
    .select(['findings.rule', 'findings.part'])
    .where('exceptions.instance_id', 'in', among($.ids))
    .orderBy('exceptions.id'),
)

export const approvedDigests = rows()(db => db.selectFrom('approved_models').select('digest'))

/** Names that meant an approved content once. */
export const approvedOnce = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('tag_changes as changed')
    .innerJoin('approved_models', 'approved_models.digest', 'changed.from_digest')
    .innerJoin('instance_endpoints as link', 'link.endpoint_id', 'changed.endpoint_id')
    .select(['changed.endpoint_id', 'changed.name'])
    .distinct()
    .where('link.unlinked_at', 'is', null)
    .where('link.instance_id', 'in', among($.ids)),
)

/** Under whose name queries find instances. */
export const queriedOwners = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('inventory_row_keys as key')
    .innerJoin('inventory_rows as seen', join => join.on(liesAtKey))
    .leftJoin('query_terms', 'query_terms.id', 'seen.owner_id')
    .select(['key.instance_id', 'query_terms.text as owner'])
    .where('key.instance_id', 'in', among($.ids)),
)
