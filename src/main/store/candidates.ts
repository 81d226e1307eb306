import { sql } from 'kysely'
import { change, rows } from './statement.ts'

export const addCandidate = change<{
  site: number
  addressKey: Uint8Array
  port: number
  import: number
  address: string
  source: string
  service: string | null
  seenAt: number | null
}>()((db, $) =>
  db
    .insertInto('candidates')
    .values({
      site_id: $.site,
      address_key: $.addressKey,
      port: $.port,
      import_id: $.import,
      address: $.address,
      source: $.source,
      service: $.service,
      seen_at: $.seenAt,
    })
    .onConflict(conflict => conflict.doNothing()),
)

export const removeCandidates = change<{ import: number }>()((db, $) =>
  db.deleteFrom('candidates').where('import_id', '=', $.import),
)

/** What imports name between two addresses of a site: each address once per port. */
export const candidatesBetween = rows<{ site: number; first: Uint8Array; last: Uint8Array }>()((db, $) =>
  db
    .selectFrom('candidates')
    .select(['address', 'port'])
    .distinct()
    .where('site_id', '=', $.site)
    .where('address_key', '>=', $.first)
    .where('address_key', '<=', $.last)
    .orderBy('address_key')
    .orderBy('port'),
)

export const markCandidatesAsked = change<{
  site: number
  first: Uint8Array
  last: Uint8Array
  ports: string
  scan: number
}>()((db, $) =>
  db
    .updateTable('candidates')
    .set({ scan_id: $.scan })
    .where('site_id', '=', $.site)
    .where('address_key', '>=', $.first)
    .where('address_key', '<=', $.last)
    .where('port', 'in', sql<number>`(SELECT value FROM json_each(${$.ports}))`),
)

/** With what Paddock itself found there. */
export const listCandidates = rows<{ site: string | null; limit: number }>()((db, $) =>
  db
    .selectFrom('candidates as candidate')
    .innerJoin('sites', 'sites.id', 'candidate.site_id')
    .selectAll('candidate')
    .select('sites.name as site')
    .select(
      sql<number | null>`(
        SELECT link.instance_id FROM endpoints JOIN instance_endpoints AS link ON link.endpoint_id = endpoints.id
        WHERE endpoints.site_id = candidate.site_id AND endpoints.port = candidate.port
          AND endpoints.address_key = candidate.address_key AND link.unlinked_at IS NULL LIMIT 1
      )`.as('instance_id'),
    )
    .where(sql<boolean>`(${$.site} IS NULL OR sites.name = ${$.site})`)
    .orderBy('sites.name')
    .orderBy('candidate.address_key')
    .orderBy('candidate.port')
    .orderBy('candidate.import_id')
    .limit($.limit),
)
