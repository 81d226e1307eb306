import { sql } from 'kysely'
import { type builder, change, type ReadableStore, row, rows } from './statement.ts'

/** Every way in at one address and port that is known, whatever its scheme and path, with what it shows, or showed last. */
export const endpointsAt = rows<{ site: number; addressKey: Uint8Array; port: number }>()((db, $) =>
  db
    .selectFrom('last_looks as look')
    .innerJoin('endpoints', 'endpoints.id', 'look.endpoint_id')
    .innerJoin('spell_records as spell', 'spell.id', 'look.spell_id')
    .leftJoin('instance_endpoints as link', join =>
      join.onRef('link.endpoint_id', '=', 'look.endpoint_id').on('link.unlinked_at', 'is', null),
    )
    .select(['endpoints.id', 'endpoints.presence', 'endpoints.vantage_id'])
    .select(['look.scheme', 'look.base_path'])
    .select(['spell.snapshot_id', 'spell.outcome', 'link.instance_id'])
    .select(['look.spell_id', 'look.scan_id', 'look.at', 'look.scan_count'])
    .select(['look.seal_id', 'look.before_scan_id', 'look.before_at'])
    .select(['look.seen_at', 'look.snapshot_id as shown_snapshot_id', 'look.digest', 'look.beside'])
    .where('look.site_id', '=', $.site)
    .where('look.address_key', '=', $.addressKey)
    .where('look.port', '=', $.port),
)
export type KnownEndpoint = ReturnType<typeof endpointsAt>[number]

interface Volatile {
  [key: string]: string | number | Uint8Array | null
  vantage: number | null
  confidence: number
  hostNames: string
  hardwareAddress: string | null
}

export const addEndpoint = change<
  Volatile & {
    site: number
    addressKey: Uint8Array
    address: string
    port: number
    scheme: string
    basePath: string
    range: number
    at: number
  }
>()((db, $) =>
  db.insertInto('endpoints').values({
    site_id: $.site,
    address_key: $.addressKey,
    address: $.address,
    port: $.port,
    scheme: $.scheme,
    base_path: $.basePath,
    range_id: $.range,
    first_seen_at: $.at,
    presence: sql.lit('present'),
    vantage_id: $.vantage,
    confidence: $.confidence,
    host_names: $.hostNames,
    hardware_address: $.hardwareAddress,
  }),
)

export const seeEndpoint = change<Volatile & { id: number; range: number }>()((db, $) =>
  db
    .updateTable('endpoints')
    .set({
      range_id: $.range,
      presence: sql.lit('present'),
      vantage_id: $.vantage,
      confidence: $.confidence,
      host_names: $.hostNames,
      hardware_address: $.hardwareAddress,
    })
    .where('id', '=', $.id),
)

export const setPresence = change<{ id: number; presence: string }>()((db, $) =>
  db.updateTable('endpoints').set({ presence: $.presence }).where('id', '=', $.id),
)

interface Stretch {
  [key: string]: number | Uint8Array
  site: number
  first: Uint8Array
  last: Uint8Array
}

/** Targets at a site, between two addresses, of which a scan must tell one by one what comes and goes. */
export function watchedBetween(store: ReadableStore, stretch: Stretch): string[] {
  return watchedPlaces(store, stretch)?.places?.split('\n') ?? []
}

/** As one text: as many rows take twice as long. */
const watchedPlaces = row<Stretch>()((db, $) =>
  db
    .selectFrom('endpoints')
    .select(
      sql<
        string | null
      >`group_concat(iif(instr(address, ':'), '[' || address || ']', address) || ':' || port, char(10))`.as(
        'places',
      ),
    )
    .where('site_id', '=', $.site)
    .where('address_key', '>=', $.first)
    .where('address_key', '<=', $.last)
    .where('presence', '!=', sql.lit('gone')),
)

export const linkEndpoint = change<{ instance: number; endpoint: number; at: number; reason: string }>()(
  (db, $) =>
    db
      .insertInto('instance_endpoints')
      .values({ instance_id: $.instance, endpoint_id: $.endpoint, linked_at: $.at, reason: $.reason }),
)

export const unlinkEndpoint = change<{ endpoint: number; at: number }>()((db, $) =>
  db
    .updateTable('instance_endpoints')
    .set({ unlinked_at: $.at })
    .where('endpoint_id', '=', $.endpoint)
    .where('unlinked_at', 'is', null),
)

/** The instance an endpoint had of its own before that was merged into another. */
export const formerInstanceOf = row<{ endpoint: number; mergedInto: number }>()((db, $) =>
  db
    .selectFrom('instance_endpoints as link')
    .innerJoin('instances', 'instances.id', 'link.instance_id')
    .select('link.instance_id')
    .where('link.endpoint_id', '=', $.endpoint)
    .where('instances.merged_into', '=', $.mergedInto)
    .orderBy('link.id', 'desc')
    .limit(sql.lit(1)),
)

/** At which of their endpoints a scan saw instances. */
export const endpointsSeenOf = rows<{ scan: number; instances: string }>()((db, $) =>
  db
    .selectFrom('instance_endpoints as link')
    .innerJoin('last_looks as look', 'look.endpoint_id', 'link.endpoint_id')
    .innerJoin('spell_records as spell', 'spell.id', 'look.spell_id')
    .select(['link.endpoint_id as id', 'spell.snapshot_id', 'link.instance_id', 'link.reason'])
    .where('link.instance_id', 'in', sql<number>`(SELECT value FROM json_each(${$.instances}))`)
    .where('link.unlinked_at', 'is', null)
    .where('look.scan_id', '=', $.scan)
    .where('spell.outcome', '=', sql.lit('answered'))
    .orderBy('link.instance_id')
    .orderBy('link.endpoint_id'),
)

/** What an endpoint shows, or showed last. */
const lastShown = sql<
  number | null
>`coalesce(spell.snapshot_id, (SELECT past.snapshot_id FROM spell_records AS past
  WHERE past.endpoint_id = endpoints.id AND past.snapshot_id IS NOT NULL ORDER BY past.first_at DESC, past.id DESC LIMIT 1))`

/** The endpoints an instance is reached at now, with what each last showed. */
export const endpointsOfInstances = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('instance_endpoints as link')
    .innerJoin('endpoints', 'endpoints.id', 'link.endpoint_id')
    .innerJoin('last_looks as look', 'look.endpoint_id', 'endpoints.id')
    .leftJoin('spell_records as spell', 'spell.id', 'look.spell_id')
    .leftJoin('vantages', 'vantages.id', 'endpoints.vantage_id')
    // All but the key of the address: nobody asks for it, and bytes are garbage that takes long to collect.
    .select(['endpoints.id', 'endpoints.site_id', 'endpoints.address', 'endpoints.port', 'endpoints.scheme'])
    .select(['endpoints.base_path', 'endpoints.range_id', 'endpoints.presence'])
    .select(['endpoints.confidence', 'endpoints.host_names', 'endpoints.hardware_address'])
    .select(['look.seen_at', 'look.signals', 'look.probes', 'look.running'])
    .select([
      'link.instance_id',
      'link.reason as link_reason',
      lastShown.as('shown_snapshot_id'),
      'vantages.prefix as vantage_prefix',
      'vantages.interface as vantage_interface',
    ])
    .where('link.unlinked_at', 'is', null)
    .where('link.instance_id', 'in', sql<number>`(SELECT value FROM json_each(${$.ids}))`)
    .orderBy('link.instance_id')
    .orderBy('endpoints.address_key')
    .orderBy('endpoints.port')
    .orderBy('endpoints.base_path')
    .orderBy('endpoints.id'),
)
export type EndpointRecord = ReturnType<typeof endpointsOfInstances>[number]

/** The snapshot an endpoint last showed: of its newest spell in which it answered. */
export const lastSnapshotOf = row<{ endpoint: number }>()((db, $) =>
  db
    .selectFrom('spell_records')
    .select('snapshot_id')
    .where('endpoint_id', '=', $.endpoint)
    .where('snapshot_id', 'is not', null)
    .orderBy('first_at', 'desc')
    .orderBy('id', 'desc')
    .limit(sql.lit(1)),
)

/** Genuine Ollama a scan has seen so far, … */
export const ollamaSeenBy = rows<{ scan: number }>()((db, $) =>
  ollamaSeen(db).where('look.scan_id', '=', $.scan),
)

/** … and of that some endpoints. */
export const ollamaSeenAmong = rows<{ scan: number; ids: string }>()((db, $) =>
  ollamaSeen(db)
    .where('endpoints.id', 'in', sql<number>`(SELECT value FROM json_each(${$.ids}))`)
    .where('look.scan_id', '=', $.scan),
)

function ollamaSeen(db: typeof builder) {
  return seenNow(db)
    .innerJoin('endpoints', 'endpoints.id', 'look.endpoint_id')
    .innerJoin('snapshots', 'snapshots.id', 'spell.snapshot_id')
    .select(['endpoints.id', 'endpoints.site_id', 'endpoints.address', 'endpoints.port'])
    .select(['endpoints.scheme', 'endpoints.base_path'])
    .select(['spell.snapshot_id', 'look.running', 'link.instance_id'])
    .where('product', '=', sql.lit('ollama'))
}

/** Instances a scan has seen so far, once for each endpoint. */
export const instancesSeenBy = rows<{ scan: number }>()((db, $) =>
  seenNow(db)
    .select('link.instance_id')
    .where('look.scan_id', '=', $.scan)
    .where('spell.outcome', '=', sql.lit('answered')),
)

/** Endpoints with the spell they are in and the instance they lead to. */
function seenNow(db: typeof builder) {
  return db
    .selectFrom('last_looks as look')
    .innerJoin('spell_records as spell', 'spell.id', 'look.spell_id')
    .innerJoin('instance_endpoints as link', join =>
      join.onRef('link.endpoint_id', '=', 'look.endpoint_id').on('link.unlinked_at', 'is', null),
    )
}
