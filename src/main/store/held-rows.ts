import { sql } from 'kysely'
import type { Condition } from '#shared/query/condition.ts'
import { isMarked } from './query-sql.ts'
import { type QueryContext, whereOf } from './query-where.ts'
import { codeOf, placeOf } from './row-facts.ts'
import { builder, compose, composeColumn, composeTuples, type ReadableStore, row } from './statement.ts'

/** What a blast radius asks of a row, or a list of models: called once for each row a query finds. 0 stands for none. */
export type SeeAffected = (site: number, owner: number, digests: number) => void
export type SeeHolder = (site: number, isPresent: boolean, digests: number, lastSeenAt: number) => void

const siteLimit = 2 ** 11
const numberLimit = 2 ** 21

/**
 * Site, owner and list of digests of each row. As one number they are read in a tenth of the time that three columns take
 * (measured at 175,108 rows: 31 ms, 290 ms); where numbers have grown too large for that, as columns.
 */
export function seeAffected(context: QueryContext, condition: Condition, see: SeeAffected): void {
  const where = whereOf(context, condition)
  const owner = sql<number>`ifnull(owner_id, 0)`
  const digests = sql<number>`ifnull(digest_set, 0)`
  const from = builder.selectFrom('inventory_rows').where(where)
  if (isPackable(context.store)) {
    const packed = sql<number>`site_id + ${owner} * ${sql.lit(siteLimit)} + ${digests} * ${sql.lit(siteLimit * numberLimit)}`
    const all = composeColumn<number>(context.store, from.select(packed.as('packed')))
    for (let index = 0; index < all.length; index++) {
      const each = all[index] ?? 0
      const rest = Math.floor(each / siteLimit)
      see(each % siteLimit, rest % numberLimit, Math.floor(rest / numberLimit))
    }
    return
  }
  const columns = from.select(['site_id', owner.as('owner'), digests.as('digests')])
  for (const each of composeTuples<[number, number, number]>(context.store, columns)) see(...each)
}

function isPackable(store: ReadableStore): boolean {
  const most = highestNumbers(store, {})
  return (most?.site ?? 0) < siteLimit && (most?.term ?? 0) < numberLimit && (most?.list ?? 0) < numberLimit
}

const highestNumbers = row()(db =>
  db.selectNoFrom(eb => [
    eb
      .selectFrom('sites')
      .select(e => e.fn.max('id').as('id'))
      .as('site'),
    eb
      .selectFrom('query_terms')
      .select(e => e.fn.max('id').as('id'))
      .as('term'),
    eb
      .selectFrom('query_sets')
      .select(e => e.fn.max('id').as('id'))
      .as('list'),
  ]),
)

const { shift, mask } = placeOf('presence')
const isPresent = sql<number>`(((facts >> ${sql.lit(shift)}) & ${sql.lit(mask)}) = ${sql.lit(codeOf('presence', 'present'))})`

/** Site, presence, list of digests and last sight of each row that holds models. */
export function seeHolders(context: QueryContext, condition: Condition, see: SeeHolder): void {
  const rows = builder
    .selectFrom('inventory_rows')
    .select(sql<number>`site_id * 2 + ${isPresent}`.as('place'))
    .select(['digest_set', 'last_seen_at'])
    .where(whereOf(context, condition))
    .where('model_count', '>', 0)
  for (const [place, digests, seenAt] of composeTuples<[number, number, number]>(context.store, rows)) {
    see(Math.floor(place / 2), place % 2 === 1, digests, seenAt)
  }
}

/** Rows a query finds whose list of digests is marked. */
export function markedIds(context: QueryContext, condition: Condition, marks: Uint8Array): number[] {
  const query = builder
    .selectFrom('inventory_rows')
    .select('instance_id')
    .where(isMarked(sql`digest_set`, marks))
    .where(whereOf(context, condition))
  return composeColumn<number>(context.store, query)
}

/**
 * Models of which servers give no digest, once for each row that lists them: of the rows whose list of digests is marked.
 * Joined in this order: SQLite by itself looks up each model among all rows (measured: 200 ms, so 40 ms).
 */
export function unnamedHeld(store: ReadableStore, marks: Uint8Array) {
  const query = builder
    .selectFrom(
      builder
        .selectFrom('inventory_rows')
        .select(['instance_id', 'site_id', 'last_seen_at', 'digest_set', isPresent.as('is_present')])
        .where(isMarked(sql`digest_set`, marks))
        .as('held'),
    )
    .crossJoin('instance_snapshots as shown')
    .crossJoin('snapshot_artifacts as listed')
    .crossJoin('artifacts')
    .select(['held.instance_id', 'site_id', 'last_seen_at', 'digest_set', 'is_present', 'artifacts.name'])
    .distinct()
    .whereRef('shown.instance_id', '=', 'held.instance_id')
    .whereRef('listed.snapshot_id', '=', 'shown.snapshot_id')
    .whereRef('artifacts.id', '=', 'listed.artifact_id')
    .where('artifacts.digest', 'is', null)
  return compose(store, query)
}
export type UnnamedRecord = ReturnType<typeof unnamedHeld>[number]

/** The first instances a query finds, by site, address and port. */
export function firstIds(context: QueryContext, condition: Condition, most: number): number[] {
  return composeColumn<number>(
    context.store,
    builder
      .selectFrom('sites')
      .crossJoin('inventory_rows')
      .select('instance_id')
      .whereRef('site_id', '=', 'sites.id')
      .where(whereOf(context, condition))
      .orderBy('sites.name')
      .orderBy('address_key')
      .orderBy('port')
      .orderBy('instance_id')
      .limit(most),
  )
}
