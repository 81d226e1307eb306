import { sql } from 'kysely'
import type { Condition } from '#shared/query/condition.ts'
import { whileWanted } from './giving-up.ts'
import { highestNumbers } from './highest-numbers.ts'
import { charactersOf, numbered, PackedNumbers } from './packed-numbers.ts'
import { isMarked } from './query-sql.ts'
import { type QueryContext, whereOf } from './query-where.ts'
import { codeOf, placeOf } from './row-facts.ts'
import { builder, compose, composeColumn, composeTuples, type ReadableStore } from './statement.ts'

/** What a blast radius asks of a row, or a list of models: called once for each row a query finds. 0 stands for none. */
export type SeeAffected = (site: number, owner: number, digests: number) => void
export type SeeHolder = (site: number, isPresent: boolean, digests: number, lastSeenAt: number) => void

/** Site, owner and list of digests of each row. */
export function seeAffected(context: QueryContext, condition: Condition, see: SeeAffected): void {
  const highest = highestNumbers(context.store, {})
  const columns = [
    { value: sql`site_id`, largest: highest?.site ?? 0 },
    { value: sql`owner_id`, largest: highest?.term ?? 0 },
    { value: sql`digest_set`, largest: highest?.list ?? 0 },
  ]
  const rows = new PackedNumbers(context.store, columns, values =>
    builder
      .selectFrom('inventory_rows')
      .select(numbered(values))
      .where(whileWanted)
      .where(whereOf(context, condition)),
  )
  const [site = 1, owner = 1, digests = 1] = columns.map(charactersOf)
  for (let row = 0; row < rows.count; row++) {
    see(rows.nextOf(site), rows.nextOf(owner), rows.nextOf(digests))
  }
}

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
