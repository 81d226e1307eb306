import { sql } from 'kysely'
import type { Condition } from '#shared/query/condition.ts'
import { type QueryContext, whereOf } from './query-where.ts'
import { builder, change, composeColumn, rows } from './statement.ts'

export const addRuleVersion = change<{ key: string; at: number; actor: string; body: string }>()((db, $) =>
  db.insertInto('rule_versions').values(eb => ({
    key: $.key,
    number: eb
      .selectFrom('rule_versions')
      .select(sql<number>`coalesce(max(number), 0) + 1`.as('next'))
      .where('key', '=', $.key),
    at: $.at,
    actor: $.actor,
    body: $.body,
  })),
)

/** The newest first. */
export const versionsOfRule = rows<{ key: string }>()((db, $) =>
  db.selectFrom('rule_versions').selectAll().where('key', '=', $.key).orderBy('number', 'desc'),
)

/** How many instances each rule could not be decided for. */
export const countUnknown = rows()(db =>
  db
    .selectFrom('instance_verdicts')
    .innerJoin(sql<{ value: string }>`json_each(instance_verdicts.unknown)`.as('each'), join => join.onTrue())
    .select(['each.value as key', eb => eb.fn.countAll<number>().as('count')])
    .groupBy('each.value'),
)

/** Which of some instances a query finds. */
export function foundAmong(context: QueryContext, condition: Condition, ids: readonly number[]): Set<number> {
  const found = builder
    .selectFrom('inventory_rows')
    .select('instance_id')
    .where(
      eb => eb.refTuple('site_id', 'address_key', 'port', 'instance_id'),
      'in',
      eb =>
        eb
          .selectFrom('inventory_row_keys as key')
          .select(['key.site_id', 'key.address_key', 'key.port', 'key.instance_id'])
          .where('key.instance_id', 'in', sql<number>`(SELECT value FROM json_each(${JSON.stringify(ids)}))`)
          .$asTuple('site_id', 'address_key', 'port', 'instance_id'),
    )
    .where(whereOf(context, condition))
  return new Set(composeColumn<number>(context.store, found))
}

/** Stretches of scans in which an endpoint answered, in order, as far as they reach past an instant. */
export const answeredSpells = rows<{ ids: string; since: number }>()((db, $) =>
  db
    .selectFrom('spells')
    .select(['endpoint_id', 'snapshot_id'])
    .where('endpoint_id', 'in', sql<number>`(SELECT value FROM json_each(${$.ids}))`)
    .where('snapshot_id', 'is not', null)
    .where('last_at', '>=', $.since)
    .orderBy('endpoint_id')
    .orderBy('first_at')
    .orderBy('id'),
)
