import { sql } from 'kysely'
import type { Condition } from '#shared/query/condition.ts'
import { type QueryContext, whereOf } from './query-where.ts'
import {
  builder,
  change,
  compose,
  composeColumn,
  type ReadableStore,
  row,
  rows,
  type WritableStore,
} from './statement.ts'

const among = (ids: unknown) => sql<number>`(SELECT value FROM json_each(${ids}))`

/** A row of the queue as it is written. */
export interface TriageRow {
  readonly instance: number
  readonly firstSeenAt: number
  readonly state: string
  readonly origin: string
  readonly owner: number | null
  readonly confidence: number | null
  /** JSON. */
  readonly reasons: string
  readonly note: string
  readonly dueOn: string | null
  readonly sinceAt: number | null
}

const written = {
  first_seen_at: 'firstSeenAt',
  state: 'state',
  origin: 'origin',
  owner_id: 'owner',
  confidence: 'confidence',
  reasons: 'reasons',
  note: 'note',
  due_on: 'dueOn',
  since_at: 'sinceAt',
} as const satisfies Readonly<Record<string, keyof TriageRow>>
const columns = Object.keys(written) as (keyof typeof written)[]

/** Many rows in one statement. */
export function keepTriageRows(store: WritableStore, kept: readonly TriageRow[]): void {
  if (kept.length === 0) return
  const tuples = kept.map(row => [row.instance, ...columns.map(column => row[written[column]])])
  writeRows(store, { rows: JSON.stringify(tuples) })
}

const values = sql.raw(['instance_id', ...columns].map((_, at) => `value ->> ${at}`).join(', '))

const writeRows = change<{ rows: string }>()((db, $) =>
  db
    .insertInto('triage_rows')
    .columns(['instance_id', ...columns])
    .expression(sql`SELECT ${values} FROM json_each(${$.rows}) WHERE true`)
    .onConflict(conflict =>
      conflict
        .column('instance_id')
        .doUpdateSet(Object.fromEntries(columns.map(column => [column, sql.raw(`excluded.${column}`)]))),
    ),
)

export const dropTriageRow = change<{ instance: number }>()((db, $) =>
  db.deleteFrom('triage_rows').where('instance_id', '=', $.instance),
)

/** Rows as they are kept, of several instances: `ids` is a JSON list. */
export const triageRowsAmong = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('triage_rows')
    .leftJoin('owners', 'owners.id', 'triage_rows.owner_id')
    .selectAll('triage_rows')
    .select('owners.name as owner')
    .where('instance_id', 'in', among($.ids)),
)
export type TriageRecord = ReturnType<typeof triageRowsAmong>[number]

export const staleTriage = rows<{ limit: number }>()((db, $) =>
  db.selectFrom('stale_triage').select('instance_id').orderBy('instance_id').limit($.limit),
)

export const countStaleTriage = row()(db =>
  db.selectFrom('stale_triage').select(eb => eb.fn.countAll<number>().as('count')),
)

export const clearStaleTriage = change<{ ids: string }>()((db, $) =>
  db.deleteFrom('stale_triage').where('instance_id', 'in', among($.ids)),
)

export const markAllTriageStale = change()(db =>
  db
    .insertInto('stale_triage')
    .columns(['instance_id'])
    .expression(db.selectFrom('instances').select('id as instance_id'))
    .onConflict(conflict => conflict.column('instance_id').doNothing()),
)

/** Instances between two addresses of a site that nobody is named for: who answers next to them speaks for them, too. */
export const markNeighboursStale = change<{ site: number; first: Uint8Array; last: Uint8Array }>()((db, $) =>
  db
    .insertInto('stale_triage')
    .columns(['instance_id'])
    .expression(
      db
        .selectFrom('instances')
        .innerJoin('triage_rows', 'triage_rows.instance_id', 'instances.id')
        .select('instances.id as instance_id')
        .where('site_id', '=', $.site)
        .where('address_key', '>=', $.first)
        .where('address_key', '<=', $.last)
        .where('origin', 'in', [sql.lit('proposed'), sql.lit('none')]),
    )
    .onConflict(conflict => conflict.column('instance_id').doNothing()),
)

export const raiseTriageVersion = change()((db, _) =>
  db.updateTable('triage_state').set(eb => ({ version: eb('version', '+', eb.lit(1)) })),
)

const triageState = row()(db => db.selectFrom('triage_state').select('version'))

export function triageVersion(store: ReadableStore): number {
  return triageState(store, {})?.version ?? 0
}

export interface TriageQuery {
  readonly states: readonly string[]
  readonly owner: number | null
  /** null: whatever the inventory says of it. */
  readonly condition: { readonly of: Condition; readonly context: QueryContext } | null
  /** Only what nobody answers for since before this instant. */
  readonly unownedBefore: number | null
  /** Only what was to be taken on before this day. */
  readonly dueBefore: string | null
}

const nobodyAnswers = ['unowned', 'proposed', 'disputed'] as const

function matching(query: TriageQuery) {
  let found = builder.selectFrom('triage_rows')
  if (query.states.length > 0) found = found.where('state', 'in', [...query.states])
  if (query.owner !== null) found = found.where('owner_id', '=', query.owner)
  if (query.unownedBefore !== null)
    found = found.where('state', 'in', [...nobodyAnswers]).where('first_seen_at', '<=', query.unownedBefore)
  if (query.dueBefore !== null)
    found = found.where('due_on', '<', query.dueBefore).where('state', '=', 'assigned')
  if (query.condition !== null) {
    const where = whereOf(query.condition.context, query.condition.of)
    found = found.where(sql<boolean>`instance_id IN (SELECT instance_id FROM inventory_rows WHERE ${where})`)
  }
  return found
}

export type TriageSort = 'age' | 'confidence' | 'due'

/** Ids of what a query finds, a page of them. */
export function triageIds(
  store: ReadableStore,
  query: TriageQuery,
  sort: TriageSort,
  page: { readonly start: number; readonly limit: number } | null,
): number[] {
  let found = matching(query).select('instance_id')
  if (sort === 'confidence') found = found.orderBy(sql`ifnull(confidence, -1)`, 'desc')
  if (sort === 'due') found = found.orderBy(sql`ifnull(due_on, '9999')`)
  found = found.orderBy('first_seen_at').orderBy('instance_id')
  return composeColumn<number>(store, page === null ? found : found.limit(page.limit).offset(page.start))
}

export function countTriage(store: ReadableStore, query: TriageQuery): number {
  const counted = matching(query).select(eb => eb.fn.countAll<number>().as('count'))
  return composeColumn<number>(store, counted)[0] ?? 0
}

/** How many stand where. */
export function triageCounts(store: ReadableStore, query: TriageQuery): { state: string; count: number }[] {
  return compose(
    store,
    matching(query)
      .select(['state', eb => eb.fn.countAll<number>().as('count')])
      .groupBy('state'),
  )
}

/** Names of the ways into instances, as they were last found out. */
export const hostNamesAmong = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('instance_endpoints as link')
    .innerJoin('endpoints', 'endpoints.id', 'link.endpoint_id')
    .select(['link.instance_id', 'endpoints.host_names'])
    .where('link.unlinked_at', 'is', null)
    .where('link.instance_id', 'in', among($.ids)),
)

export const addOwnershipEvent = change<{
  instance: number
  duty: string
  at: number
  actor: string
  step: string
  state: string
  owner: number | null
  note: string
}>()((db, $) =>
  db.insertInto('ownership_events').values({
    instance_id: $.instance,
    duty: $.duty,
    at: $.at,
    actor: $.actor,
    step: $.step,
    state: $.state,
    owner_id: $.owner,
    note: $.note,
  }),
)

export const ownershipEventsOf = rows<{ instance: number }>()((db, $) =>
  db
    .selectFrom('ownership_events')
    .leftJoin('owners', 'owners.id', 'ownership_events.owner_id')
    .selectAll('ownership_events')
    .select('owners.name as owner')
    .where('instance_id', '=', $.instance)
    .orderBy('ownership_events.id', 'desc')
    .limit(sql.lit(200)),
)
