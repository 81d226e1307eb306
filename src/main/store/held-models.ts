import { sql } from 'kysely'
import { builder, change, compose, type ReadableStore, row, rows } from './statement.ts'

/** What an instance last showed. */
export const showSnapshot = change<{ instance: number; snapshot: number }>()((db, $) =>
  db
    .insertInto('instance_snapshots')
    .values({ instance_id: $.instance, snapshot_id: $.snapshot })
    .onConflict(conflict =>
      conflict
        .column('instance_id')
        .doUpdateSet({ snapshot_id: $.snapshot })
        .where('instance_snapshots.snapshot_id', '!=', $.snapshot),
    ),
)

/** A model was seen; only the first time counts. */
export const sightModel = change<{ digest: string; at: number }>()((db, $) =>
  db
    .insertInto('model_sightings')
    .values({ digest: $.digest, first_at: $.at })
    .onConflict(conflict => conflict.doNothing()),
)

export const changeTag = change<{
  endpoint: number
  name: string
  from: string
  to: string
  at: number
  scan: number
}>()((db, $) =>
  db.insertInto('tag_changes').values({
    endpoint_id: $.endpoint,
    name: $.name,
    from_digest: $.from,
    to_digest: $.to,
    at: $.at,
    scan_id: $.scan,
  }),
)

/** Which models and instances are meant. Within a list any member will do; all that is given must hold. */
export interface HeldBy {
  readonly digests?: readonly string[] | undefined
  readonly names?: readonly string[] | undefined
  readonly families?: readonly string[] | undefined
  readonly quantizations?: readonly string[] | undefined
  readonly instances?: readonly number[] | undefined
  /** Version keys: from the first on, below the second. */
  readonly versionFrom?: string | undefined
  readonly versionBelow?: string | undefined
}

/** Every model that is held, once for each instance that holds it. */
function holdings(wanted: HeldBy) {
  const { digests, names, families, quantizations, instances, versionFrom, versionBelow } = wanted
  return builder
    .selectFrom('artifacts')
    .innerJoin('snapshot_artifacts as listed', 'listed.artifact_id', 'artifacts.id')
    .innerJoin('instance_snapshots as shown', 'shown.snapshot_id', 'listed.snapshot_id')
    .innerJoin('instances', 'instances.id', 'shown.instance_id')
    .where('merged_into', 'is', null)
    .$if(digests !== undefined, q => q.where('artifacts.digest', 'in', oneOf(digests)))
    .$if(names !== undefined, q => q.where('artifacts.name', 'in', oneOf(names)))
    .$if(families !== undefined, q =>
      q.where(sql<string>`lower(artifacts.family)`, 'in', oneOf(lower(families))),
    )
    .$if(quantizations !== undefined, q =>
      q.where(sql<string>`lower(artifacts.quantization)`, 'in', oneOf(lower(quantizations))),
    )
    .$if(instances !== undefined, q => q.where('instances.id', 'in', sql<number>`${oneOf(instances)}`))
    .$if(versionFrom !== undefined, q => q.where('instances.version_key', '>=', versionFrom ?? ''))
    .$if(versionBelow !== undefined, q => q.where('instances.version_key', '<', versionBelow ?? ''))
}

function oneOf(values: readonly (string | number)[] = []) {
  return sql<string>`(SELECT value FROM json_each(${JSON.stringify(values)}))`
}

const lower = (texts: readonly string[] = []) => texts.map(text => text.toLowerCase())

/** Models by content: how many instances hold each, and what is listed of it. Without a digest, the name stands for it. */
export function listHeldModels(store: ReadableStore, wanted: HeldBy) {
  const query = holdings(wanted)
    .leftJoin('model_sightings as sighted', 'sighted.digest', 'artifacts.digest')
    .leftJoin('approved_models as approved', 'approved.digest', 'artifacts.digest')
    .select('artifacts.digest')
    .select(eb => [
      sql<string>`json_group_array(DISTINCT artifacts.name)`.as('names'),
      sql<number>`count(DISTINCT instances.id)`.as('instances'),
      sql<number>`count(DISTINCT CASE instances.presence WHEN 'present' THEN instances.id END)`.as('present'),
      sql<number>`count(DISTINCT instances.site_id)`.as('sites'),
      eb.fn.max('instances.last_seen_at').as('last_seen_at'),
      eb.fn.min('sighted.first_at').as('first_seen_at'),
      eb.fn.max('artifacts.family').as('family'),
      eb.fn.max('artifacts.parameter_size').as('parameter_size'),
      eb.fn.max('artifacts.quantization').as('quantization'),
      eb.fn.max('artifacts.size_bytes').as('size_bytes'),
      eb.fn.max('artifacts.remote_model').as('remote_model'),
      eb.fn.max('artifacts.remote_host').as('remote_host'),
      eb.fn.max('artifacts.listed_capabilities').as('listed_capabilities'),
      eb.fn.max('approved.approved_at').as('approved_at'),
      eb.fn.max('approved.approved_by').as('approved_by'),
      eb.fn.max('approved.note').as('note'),
    ])
    .groupBy(sql`coalesce(artifacts.digest, artifacts.name)`)
    .orderBy('instances', 'desc')
    .orderBy('artifacts.digest')
  return compose(store, query)
}
export type HeldModelRecord = ReturnType<typeof listHeldModels>[number]

/** Instances that hold a wanted model; without any wish about models, those the other wishes leave. */
export function listHolders(store: ReadableStore, wanted: HeldBy) {
  const isAboutModels = [wanted.digests, wanted.names, wanted.families, wanted.quantizations].some(
    each => each !== undefined,
  )
  const { instances, versionFrom, versionBelow } = wanted
  const query = builder
    .selectFrom('instances')
    .innerJoin('sites', 'sites.id', 'instances.site_id')
    .select([
      'instances.id',
      'address',
      'port',
      'product',
      'suspected',
      'version',
      'presence',
      'last_seen_at',
    ])
    .select('sites.name as site')
    .where('merged_into', 'is', null)
    .$if(isAboutModels, q =>
      q.where('instances.id', 'in', holdings(wanted).select('instances.id').distinct()),
    )
    .$if(instances !== undefined, q => q.where('instances.id', 'in', sql<number>`${oneOf(instances)}`))
    .$if(versionFrom !== undefined, q => q.where('version_key', '>=', versionFrom ?? ''))
    .$if(versionBelow !== undefined, q => q.where('version_key', '<', versionBelow ?? ''))
    .orderBy('sites.name')
    .orderBy('address_key')
    .orderBy('port')
  return compose(store, query)
}
export type HolderRecord = ReturnType<typeof listHolders>[number]

/** Names under which instances hold a content. */
export const heldAs = rows<{ digest: string }>()((db, $) =>
  db
    .selectFrom('artifacts')
    .innerJoin('snapshot_artifacts as listed', 'listed.artifact_id', 'artifacts.id')
    .innerJoin('instance_snapshots as shown', 'shown.snapshot_id', 'listed.snapshot_id')
    .select(['shown.instance_id', 'artifacts.name', 'listed.modified_at'])
    .where('artifacts.digest', '=', $.digest),
)

/** Contents whose digest begins like this. */
export const digestsLike = rows<{ from: string; below: string }>()((db, $) =>
  db
    .selectFrom('artifacts')
    .select(['digest', 'name'])
    .distinct()
    .where('digest', '>=', $.from)
    .where('digest', '<', $.below)
    .limit(sql.lit(20)),
)

/** How many instances and copies hold each value of a column, or each pair of two. */
export function countHeld(store: ReadableStore, columns: readonly ('family' | 'quantization' | 'digest')[]) {
  const value = sql.join(
    columns.map(column => sql.ref(`artifacts.${column}`)),
    sql` || ' ' || `,
  )
  const query = holdings({})
    .select([
      sql<string | null>`${value}`.as('value'),
      sql<number>`count(DISTINCT instances.id)`.as('instances'),
      sql<number>`count(*)`.as('models'),
    ])
    .groupBy(sql`1`)
    .orderBy('instances', 'desc')
    .orderBy(sql`1`)
  return compose(store, query)
}

export const countHolders = row()(db =>
  db
    .selectFrom('instance_snapshots as shown')
    .innerJoin('instances', 'instances.id', 'shown.instance_id')
    .innerJoin('snapshots', 'snapshots.id', 'shown.snapshot_id')
    .where('merged_into', 'is', null)
    .select(eb => [
      eb.fn.countAll<number>().as('instances'),
      eb.fn.sum<number>('snapshots.model_count').as('models'),
    ])
    .where('snapshots.model_count', '>', sql.lit(0)),
)

/** Names that came to mean another content, newest first. */
export const tagChanges = rows<{ limit: number }>()((db, $) =>
  db
    .selectFrom('tag_changes')
    .innerJoin('endpoints', 'endpoints.id', 'tag_changes.endpoint_id')
    .innerJoin('instance_endpoints as link', join =>
      join.onRef('link.endpoint_id', '=', 'endpoints.id').on('link.unlinked_at', 'is', null),
    )
    .innerJoin('instances', 'instances.id', 'link.instance_id')
    .innerJoin('sites', 'sites.id', 'instances.site_id')
    .leftJoin('approved_models as was', 'was.digest', 'tag_changes.from_digest')
    .leftJoin('approved_models as is', 'is.digest', 'tag_changes.to_digest')
    .select(['tag_changes.name', 'from_digest', 'to_digest', 'at', 'scan_id', 'sites.name as site'])
    .select(['instances.id as instance_id', 'instances.address', 'instances.port', 'product', 'suspected'])
    .select(['was.digest as was_approved', 'is.digest as is_approved'])
    .orderBy('at', 'desc')
    .orderBy('tag_changes.id', 'desc')
    .limit($.limit),
)

export const approveModel = change<{ digest: string; note: string; at: number; by: string }>()((db, $) =>
  db
    .insertInto('approved_models')
    .values({ digest: $.digest, note: $.note, approved_at: $.at, approved_by: $.by })
    .onConflict(conflict =>
      conflict.column('digest').doUpdateSet({ note: $.note, approved_at: $.at, approved_by: $.by }),
    ),
)

export const revokeModel = change<{ digest: string }>()((db, $) =>
  db.deleteFrom('approved_models').where('digest', '=', $.digest),
)

/** What was answered about contents, whoever was asked. */
export const capabilitiesSaid = rows()(db =>
  db.selectFrom('capability_claims').select(['digest', 'capabilities']).distinct(),
)
