import { sql } from 'kysely'
import { lastSeen } from './instances.ts'
import { type builder, change, rows } from './statement.ts'

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

/** Instances by id, in the order of site, address and port. */
export const listHolders = rows<{ ids: string }>()((db, $) =>
  db
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
      lastSeen.as('last_seen_at'),
    ])
    .select('sites.name as site')
    .where('instances.id', 'in', sql<number>`(SELECT value FROM json_each(${$.ids}))`)
    .orderBy('sites.name')
    .orderBy('address_key')
    .orderBy('port')
    .orderBy('instances.id'),
)
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

export type HeldAsRecord = ReturnType<typeof heldAs>[number]

/** The same for a content without a digest. */
export const heldUnder = rows<{ name: string }>()((db, $) =>
  db
    .selectFrom('artifacts')
    .innerJoin('snapshot_artifacts as listed', 'listed.artifact_id', 'artifacts.id')
    .innerJoin('instance_snapshots as shown', 'shown.snapshot_id', 'listed.snapshot_id')
    .select(['shown.instance_id', 'artifacts.name', 'listed.modified_at'])
    .where('artifacts.name', '=', $.name)
    .where('artifacts.digest', 'is', null),
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

/** Names that came to mean another content, newest first. */
export const tagChanges = rows<{ limit: number }>()((db, $) => changedTags(db).limit($.limit))
export type TagChangeRecord = ReturnType<typeof tagChanges>[number]

/** Of one content: names that came to mean it, or ceased to. */
export const tagChangesOf = rows<{ digest: string }>()((db, $) =>
  changedTags(db)
    .where(eb => eb.or([eb('from_digest', '=', $.digest), eb('to_digest', '=', $.digest)]))
    .limit(sql.lit(200)),
)

function changedTags(db: typeof builder) {
  return db
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
}

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
