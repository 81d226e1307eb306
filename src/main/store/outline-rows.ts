import { sql } from 'kysely'
import { liesAtKey } from './inventory-rows.ts'
import { placeOf } from './row-facts.ts'
import { builder, rows } from './statement.ts'

const risk = placeOf('risk')

/** Place and level of rows, in the order of the ids (a JSON list); place null: no such row any more. */
export const outlineRowsOf = rows<{ ids: string }>()((_, $) =>
  builder
    .selectFrom(sql<{ key: number; value: number }>`json_each(${$.ids})`.as('wanted'))
    .leftJoin('inventory_row_keys as key', 'key.instance_id', 'wanted.value')
    .leftJoin('inventory_rows as seen', join => join.on(liesAtKey))
    .select([
      'seen.place',
      sql<number>`((seen.facts >> ${sql.lit(risk.shift)}) & ${sql.lit(risk.mask)})`.as('level'),
    ])
    .orderBy('wanted.key'),
)
