import { sql } from 'kysely'
import { isNow } from './spells-now.ts'
import { type builder, change, row, rows } from './statement.ts'

/** Every way in at one address and port that is known, whatever its scheme and path, with what it shows. */
export const endpointsAt = rows<{ site: number; addressKey: Uint8Array; port: number }>()((db, $) =>
  db
    .selectFrom('endpoints')
    .leftJoin('spells', 'spells.id', 'endpoints.spell_id')
    .leftJoin('snapshots', 'snapshots.id', 'spells.snapshot_id')
    .leftJoin('instance_endpoints as link', join =>
      join.onRef('link.endpoint_id', '=', 'endpoints.id').on('link.unlinked_at', 'is', null),
    )
    .select([
      ...(['endpoints.id', 'endpoints.presence', 'endpoints.spell_id', 'endpoints.vantage_id'] as const),
      ...(['endpoints.range_id', 'endpoints.scheme', 'endpoints.base_path', 'endpoints.confidence'] as const),
      ...([
        'endpoints.running',
        'endpoints.host_names',
        'endpoints.hardware_address',
        'endpoints.last_seen_at',
      ] as const),
      ...(['spells.snapshot_id', 'spells.outcome', 'spells.last_scan_id'] as const),
      ...(['link.instance_id', 'snapshots.digest'] as const),
    ])
    .where('site_id', '=', $.site)
    .where('address_key', '=', $.addressKey)
    .where('port', '=', $.port),
)
export type KnownEndpoint = ReturnType<typeof endpointsAt>[number]

interface Volatile {
  [key: string]: string | number | Uint8Array | null
  vantage: number | null
  confidence: number
  signals: string
  probes: string
  running: string | null
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
    last_seen_at: $.at,
    presence: sql.lit('present'),
    vantage_id: $.vantage,
    confidence: $.confidence,
    signals: $.signals,
    probes: $.probes,
    running: $.running,
    host_names: $.hostNames,
    hardware_address: $.hardwareAddress,
  }),
)

export const seeEndpoint = change<Volatile & { id: number; range: number; at: number }>()((db, $) =>
  db
    .updateTable('endpoints')
    .set({
      range_id: $.range,
      last_seen_at: $.at,
      presence: sql.lit('present'),
      vantage_id: $.vantage,
      confidence: $.confidence,
      signals: $.signals,
      probes: $.probes,
      running: $.running,
      host_names: $.hostNames,
      hardware_address: $.hardwareAddress,
    })
    .where('id', '=', $.id),
)

/** What is new with every sight, where nothing else is. */
export const seeAgain = change<{
  id: number
  at: number
  signals: string
  probes: string
  running: string | null
}>()((db, $) =>
  db
    .updateTable('endpoints')
    .set({ last_seen_at: $.at, signals: $.signals, probes: $.probes, running: $.running })
    .where('id', '=', $.id),
)

export const setPresence = change<{ id: number; presence: string }>()((db, $) =>
  db.updateTable('endpoints').set({ presence: $.presence }).where('id', '=', $.id),
)

export const setSpell = change<{ id: number; spell: number }>()((db, $) =>
  db.updateTable('endpoints').set({ spell_id: $.spell }).where('id', '=', $.id),
)

export const addSpell = change<{
  endpoint: number
  outcome: string
  snapshot: number | null
  scan: number
  at: number
}>()((db, $) =>
  db.insertInto('spells').values({
    endpoint_id: $.endpoint,
    outcome: $.outcome,
    snapshot_id: $.snapshot,
    first_scan_id: $.scan,
    last_scan_id: $.scan,
    first_at: $.at,
    last_at: $.at,
    scan_count: sql.lit(1),
  }),
)

/** One more scan found the same. Twice in one scan is once. */
export const extendSpell = change<{ id: number; scan: number; at: number }>()((db, $) =>
  db
    .updateTable('spells')
    .set(eb => ({ last_scan_id: $.scan, last_at: $.at, scan_count: eb('scan_count', '+', sql.lit(1)) }))
    .where('id', '=', $.id)
    .where('last_scan_id', '<', $.scan),
)

export const spellsOfEndpoint = rows<{ endpoint: number }>()((db, $) =>
  db
    .selectFrom('spells')
    .leftJoin('snapshots', 'snapshots.id', 'spells.snapshot_id')
    .select(['outcome', 'first_at', 'last_at', 'scan_count', 'version', 'model_count'])
    .where('endpoint_id', '=', $.endpoint)
    .orderBy('first_at', 'desc')
    .orderBy('spells.id', 'desc'),
)

/** Endpoints of a site between two addresses whose coming and going a scan must tell one by one. */
export const watchedBetween = rows<{ site: number; first: Uint8Array; last: Uint8Array }>()((db, $) =>
  db
    .selectFrom('endpoints')
    .select(['address', 'port'])
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
    .innerJoin('endpoints', 'endpoints.id', 'link.endpoint_id')
    .innerJoin('spells', 'spells.id', 'endpoints.spell_id')
    .select(['endpoints.id', 'spells.snapshot_id', 'link.instance_id', 'link.reason'])
    .where('link.instance_id', 'in', sql<number>`(SELECT value FROM json_each(${$.instances}))`)
    .where('link.unlinked_at', 'is', null)
    .where('spells.last_scan_id', '=', $.scan)
    .where('spells.outcome', '=', sql.lit('answered'))
    .orderBy('link.instance_id')
    .orderBy('endpoints.id'),
)

/** What an endpoint shows, or showed last. */
const lastShown = sql<number | null>`coalesce(spells.snapshot_id, (SELECT past.snapshot_id FROM spells AS past
  WHERE past.endpoint_id = endpoints.id AND past.snapshot_id IS NOT NULL ORDER BY past.first_at DESC, past.id DESC LIMIT 1))`

/** The endpoints an instance is reached at now, with what each last showed. */
export const endpointsOfInstances = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('instance_endpoints as link')
    .innerJoin('endpoints', 'endpoints.id', 'link.endpoint_id')
    .leftJoin('spells', 'spells.id', 'endpoints.spell_id')
    .leftJoin('vantages', 'vantages.id', 'endpoints.vantage_id')
    .selectAll('endpoints')
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
    .selectFrom('spells')
    .innerJoin('snapshots', 'snapshots.id', 'spells.snapshot_id')
    .select(['snapshot_id', 'snapshots.digest'])
    .where('endpoint_id', '=', $.endpoint)
    .where('snapshot_id', 'is not', null)
    .orderBy('first_at', 'desc')
    .orderBy('spells.id', 'desc')
    .limit(sql.lit(1)),
)

/** Genuine Ollama a scan has seen so far, … */
export const ollamaSeenBy = rows<{ scan: number }>()((db, $) =>
  ollamaSeen(db).where('last_scan_id', '=', $.scan),
)

/** … and of that some endpoints. */
export const ollamaSeenAmong = rows<{ scan: number; ids: string }>()((db, $) =>
  ollamaSeen(db)
    .where('endpoints.id', 'in', sql<number>`(SELECT value FROM json_each(${$.ids}))`)
    .where('last_scan_id', '=', $.scan),
)

function ollamaSeen(db: typeof builder) {
  return db
    .selectFrom('spells')
    .innerJoin('endpoints', isNow)
    .innerJoin('snapshots', 'snapshots.id', 'spells.snapshot_id')
    .innerJoin('instance_endpoints as link', join =>
      join.onRef('link.endpoint_id', '=', 'endpoints.id').on('link.unlinked_at', 'is', null),
    )
    .select(['endpoints.id', 'endpoints.site_id', 'address', 'port', 'scheme', 'base_path', 'snapshot_id'])
    .select(['endpoints.running', 'link.instance_id'])
    .where('product', '=', sql.lit('ollama'))
}

/** Instances a scan has seen so far, once for each endpoint. */
export const instancesSeenBy = rows<{ scan: number }>()((db, $) =>
  db
    .selectFrom('spells')
    .innerJoin('endpoints', isNow)
    .innerJoin('instance_endpoints as link', 'link.endpoint_id', 'endpoints.id')
    .select('link.instance_id')
    .where('link.unlinked_at', 'is', null)
    .where('spells.last_scan_id', '=', $.scan)
    .where('spells.outcome', '=', sql.lit('answered')),
)
