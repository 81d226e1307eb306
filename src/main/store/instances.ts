import { sql } from 'kysely'
import { dropRow, liesAtKey } from './inventory-rows.ts'
import { type builder, change, row, rows, type WritableStore } from './statement.ts'

interface Summary {
  [key: string]: string | number | Uint8Array | null
  addressKey: Uint8Array
  address: string
  port: number
  zone: string
  product: string
  suspected: string | null
  confidence: number
  version: string | null
  versionKey: string | null
  access: string
  accessRank: number
  cors: string
  modelCount: number | null
  toolCalling: number | null
  severityRank: number
  presence: string
  unaskedCount: number
}

type Placeholders = Parameters<Parameters<ReturnType<typeof change<Summary>>>[0]>[1]

const summaryColumns = <P extends Placeholders | Summary>($: P) => ({
  address_key: $.addressKey,
  address: $.address,
  port: $.port,
  zone: $.zone,
  product: $.product,
  suspected: $.suspected,
  confidence: $.confidence,
  version: $.version,
  version_key: $.versionKey,
  access: $.access,
  access_rank: $.accessRank,
  cors: $.cors,
  model_count: $.modelCount,
  tool_calling: $.toolCalling,
  severity_rank: $.severityRank,
  presence: $.presence,
  unasked_count: $.unaskedCount,
})

export const addInstance = change<Summary & { site: number; at: number }>()((db, $) =>
  db.insertInto('instances').values({ site_id: $.site, first_seen_at: $.at, ...summaryColumns($) }),
)

/** An instance as it is once its summary is written. */
export function withSummary(record: InstanceRecord, summary: Summary, lastSeenAt: number): InstanceRecord {
  return {
    ...record,
    ...(summaryColumns(summary) as Partial<InstanceRecord>),
    last_seen_at: lastSeenAt,
  }
}

/** Only whether it is there has changed. */
export const setInstancePresence = change<{ id: number; presence: string }>()((db, $) =>
  db.updateTable('instances').set({ presence: $.presence }).where('id', '=', $.id),
)

/** When an instance was last seen at one of its endpoints; where it has none any more, as its row has it. */
export const lastSeen = sql<number>`coalesce(
  (SELECT max(look.seen_at) FROM instance_endpoints AS link JOIN last_looks AS look ON look.endpoint_id = link.endpoint_id
    WHERE link.instance_id = instances.id AND link.unlinked_at IS NULL),
  (SELECT seen.last_seen_at FROM inventory_row_keys AS key JOIN inventory_rows AS seen ON ${liesAtKey}
    WHERE key.instance_id = instances.id),
  instances.first_seen_at)`

/** At how many endpoints an instance is reached: to know of two is enough. */
export const isReachedOnce = row<{ instance: number }>()((db, $) =>
  db
    .selectFrom(
      db
        .selectFrom('instance_endpoints')
        .select('id')
        .where('instance_id', '=', $.instance)
        .where('unlinked_at', 'is', null)
        .limit(sql.lit(2))
        .as('links'),
    )
    .select(eb => eb.fn.countAll<number>().as('count')),
)

/** Writes the summary of an instance as far as it says something new: often that is what was answered about its models alone. */
export function updateInstance(store: WritableStore, known: InstanceRecord, summary: Summary): void {
  const columns = Object.entries(summaryColumns(summary) as Partial<InstanceRecord>)
  // What it is found and sorted by is not read, and says nothing by itself.
  const news = columns.filter(
    ([column, value]) => column in known && known[column as keyof InstanceRecord] !== value,
  )
  if (news.length === 0) return
  const { id } = known
  const { toolCalling, severityRank, unaskedCount } = summary
  if (news.every(([column]) => answered.has(column)))
    setAnswered(store, { id, toolCalling, severityRank, unaskedCount })
  else setSummary(store, { id, ...summary })
}

const answered: ReadonlySet<string> = new Set(['tool_calling', 'severity_rank', 'unasked_count'])

const setAnswered = change<{
  id: number
  toolCalling: number | null
  severityRank: number
  unaskedCount: number
}>()((db, $) =>
  db
    .updateTable('instances')
    .set({ tool_calling: $.toolCalling, severity_rank: $.severityRank, unasked_count: $.unaskedCount })
    .where('id', '=', $.id),
)

const setSummary = change<Summary & { id: number }>()((db, $) =>
  db.updateTable('instances').set(summaryColumns($)).where('id', '=', $.id),
)

const withSite = (db: typeof builder) =>
  db
    .selectFrom('instances')
    .innerJoin('sites', 'sites.id', 'instances.site_id')
    .leftJoin('instance_risks', 'instance_risks.instance_id', 'instances.id')
    // All but the keys things are found and sorted by.
    .select(['instances.id', 'instances.site_id', 'instances.merged_into', 'instances.first_seen_at'])
    .select(['instances.address', 'instances.port', 'instances.zone', 'instances.product'])
    .select(['instances.suspected', 'instances.confidence', 'instances.version', 'instances.access'])
    .select(['instances.cors', 'instances.presence', 'instances.severity_rank'])
    .select(['instances.model_count', 'instances.tool_calling', 'instances.unasked_count'])
    .select([
      'sites.name as site',
      'instance_risks.score as risk_score',
      'instance_risks.level as risk_level',
      lastSeen.as('last_seen_at'),
    ])

export const instanceById = row<{ id: number }>()((db, $) => withSite(db).where('instances.id', '=', $.id))

export const instancesByIds = rows<{ ids: string }>()((db, $) =>
  withSite(db).where('instances.id', 'in', sql<number>`(SELECT value FROM json_each(${$.ids}))`),
)

/** Instances reached at an address and port, in whatever site. */
export const instancesAt = rows<{ addressKey: Uint8Array; port: number }>()((db, $) =>
  db
    .selectFrom('endpoints')
    .innerJoin('instance_endpoints as link', 'link.endpoint_id', 'endpoints.id')
    .select('link.instance_id')
    .distinct()
    .where('link.unlinked_at', 'is', null)
    .where('endpoints.address_key', '=', $.addressKey)
    .where('endpoints.port', '=', $.port),
)

export const instanceIds = rows()(db =>
  db.selectFrom('instances').select('id').where('merged_into', 'is', null).orderBy('id'),
)

export const countInstances = row()(db =>
  db
    .selectFrom('instances')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('merged_into', 'is', null),
)

/** Takes an instance out of the inventory, because it is another way in to one that stays; or back in (`into` null). */
export function setMerged(store: WritableStore, merge: { id: number; into: number | null }): void {
  markMerged(store, merge)
  if (merge.into !== null) dropRow(store, merge.id)
}

const markMerged = change<{ id: number; into: number | null }>()((db, $) =>
  db.updateTable('instances').set({ merged_into: $.into }).where('id', '=', $.id),
)

export type InstanceRecord = NonNullable<ReturnType<typeof instanceById>>
