import { change, row, rows } from './statement.ts'

/** Ranges in the register, each with its site's name. */
export const listRanges = rows()(db =>
  db
    .selectFrom('ranges')
    .innerJoin('sites', 'sites.id', 'ranges.site_id')
    .selectAll('ranges')
    .select(['sites.name as site', 'sites.reverse_dns'])
    .where('removed_at', 'is', null)
    .orderBy('sites.name')
    .orderBy('first_key')
    .orderBy('last_key'),
)

export const rangeById = row<{ id: number }>()((db, $) =>
  db
    .selectFrom('ranges')
    .innerJoin('sites', 'sites.id', 'ranges.site_id')
    .selectAll('ranges')
    .select(['sites.name as site', 'sites.reverse_dns'])
    .where('ranges.id', '=', $.id)
    .where('removed_at', 'is', null),
)
export type RangeRecord = ReturnType<typeof listRanges>[number]

/** Instances with a way in in a range that still carry another zone. */
export const instancesOfAnotherZone = rows<{ range: number; zone: string }>()((db, $) =>
  db
    .selectFrom('endpoints')
    .innerJoin('instance_endpoints as link', join =>
      join.onRef('link.endpoint_id', '=', 'endpoints.id').on('link.unlinked_at', 'is', null),
    )
    .innerJoin('instances', 'instances.id', 'link.instance_id')
    .select('link.instance_id')
    .distinct()
    .where('endpoints.range_id', '=', $.range)
    .where('instances.zone', '<>', $.zone)
    .orderBy('link.instance_id'),
)

interface Written {
  [key: string]: string | number | Uint8Array | null
  zone: string
  ports: string
  exclusions: string
  authorisedBy: string
  reference: string
  validUntil: string
  windows: string | null
  networkRate: number | null
  candidates: string | null
}

export const addRange = change<
  Written & { site: number; first: Uint8Array; last: Uint8Array; block: string; at: number }
>()((db, $) =>
  db.insertInto('ranges').values({
    site_id: $.site,
    first_key: $.first,
    last_key: $.last,
    block: $.block,
    zone: $.zone,
    ports: $.ports,
    exclusions: $.exclusions,
    authorised_by: $.authorisedBy,
    reference: $.reference,
    valid_until: $.validUntil,
    windows: $.windows,
    network_rate: $.networkRate,
    candidates: $.candidates,
    created_at: $.at,
  }),
)

export const editRange = change<Written & { id: number }>()((db, $) =>
  db
    .updateTable('ranges')
    .set({
      zone: $.zone,
      ports: $.ports,
      exclusions: $.exclusions,
      authorised_by: $.authorisedBy,
      reference: $.reference,
      valid_until: $.validUntil,
      windows: $.windows,
      network_rate: $.networkRate,
      candidates: $.candidates,
    })
    .where('id', '=', $.id),
)

/** A removed range stays on record: scans and endpoints name it. */
export const removeRange = change<{ id: number; at: number }>()((db, $) =>
  db.updateTable('ranges').set({ removed_at: $.at }).where('id', '=', $.id),
)

export const markRangeCovered = change<{ id: number; at: number }>()((db, $) =>
  db.updateTable('ranges').set({ last_covered_at: $.at }).where('id', '=', $.id),
)
