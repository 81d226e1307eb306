import { sql } from 'kysely'
import type { SortColumn } from '#shared/domain/inventory.ts'
import { builder, change, compose, type ReadableStore, row, rows } from './statement.ts'

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
  lastSeenAt: number
  searchText: string
}

type Placeholders = Parameters<Parameters<ReturnType<typeof change<Summary>>>[0]>[1]

const summaryColumns = ($: Placeholders) => ({
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
  last_seen_at: $.lastSeenAt,
  search_text: $.searchText,
})

export const addInstance = change<Summary & { site: number; at: number }>()((db, $) =>
  db.insertInto('instances').values({ site_id: $.site, first_seen_at: $.at, ...summaryColumns($) }),
)

export const updateInstance = change<Summary & { id: number }>()((db, $) =>
  db.updateTable('instances').set(summaryColumns($)).where('id', '=', $.id),
)

const withSite = (db: typeof builder) =>
  db
    .selectFrom('instances')
    .innerJoin('sites', 'sites.id', 'instances.site_id')
    .selectAll('instances')
    .select('sites.name as site')

export const instanceById = row<{ id: number }>()((db, $) => withSite(db).where('instances.id', '=', $.id))

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

export const countInstances = row()(db =>
  db
    .selectFrom('instances')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('merged_into', 'is', null),
)

/** Takes an instance out of the inventory, because it is another way in to one that stays; or back in (`into` null). */
export const setMerged = change<{ id: number; into: number | null }>()((db, $) =>
  db.updateTable('instances').set({ merged_into: $.into }).where('id', '=', $.id),
)

export interface InstanceQuery {
  /** Words that must all occur. */
  readonly words: readonly string[]
  readonly sort: readonly { readonly column: SortColumn; readonly descending: boolean }[]
}

const columnOf = {
  risk: 'severity_rank',
  site: 'sites.name',
  zone: 'zone',
  address: 'address_key',
  product: 'product',
  confidence: 'confidence',
  version: 'version_key',
  access: 'access_rank',
  cors: 'cors',
  models: 'model_count',
  presence: 'presence',
  firstSeenAt: 'first_seen_at',
  lastSeenAt: 'last_seen_at',
} as const satisfies Record<SortColumn, string>

/** Rows of a query, always in the same order: what is equal by the given columns is ordered by site, address, port. */
export function listInstances(store: ReadableStore, query: InstanceQuery, start: number, limit: number) {
  let found = matching(query)
  for (const { column, descending } of query.sort) {
    // Unknown is neither small nor large: it comes last either way.
    found = found.orderBy(columnOf[column], order => (descending ? order.desc() : order.asc()).nullsLast())
  }
  const ordered = found.orderBy('sites.name').orderBy('address_key').orderBy('port').orderBy('instances.id')
  return compose(store, ordered.limit(limit).offset(start))
}
export type InstanceRecord = ReturnType<typeof listInstances>[number]

export function countMatching(store: ReadableStore, query: InstanceQuery): number {
  const count = matching(query)
    .clearSelect()
    .select(eb => eb.fn.countAll<number>().as('count'))
  return compose(store, count)[0]?.count ?? 0
}

/** Each word must occur in the instance's text. `instr` takes a word as it is: nothing in it is a wildcard. */
function matching({ words }: InstanceQuery) {
  return words.reduce(
    (query, word) => query.where(sql<number>`instr(search_text, ${word})`, '>', 0),
    withSite(builder).where('merged_into', 'is', null),
  )
}
