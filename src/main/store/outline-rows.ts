import { sql } from 'kysely'
import { placeOf } from './row-facts.ts'
import { builder, rows } from './statement.ts'

const risk = placeOf('risk')

/** Place and level of rows, in the order of the ids (a JSON list); place null: no such row any more. */
export const outlineRowsOf = rows<{ ids: string }>()((_, $) =>
  builder
    .selectFrom(sql<{ key: number; value: number }>`json_each(${$.ids})`.as('wanted'))
    .leftJoin('inventory_row_keys as known', 'known.instance_id', 'wanted.value')
    .leftJoin('inventory_rows as row', join =>
      join
        .onRef('row.site_id', '=', 'known.site_id')
        .onRef('row.address_key', '=', 'known.address_key')
        .onRef('row.port', '=', 'known.port')
        .onRef('row.instance_id', '=', 'known.instance_id'),
    )
    .select([
      'row.place',
      sql<number>`((row.facts >> ${sql.lit(risk.shift)}) & ${sql.lit(risk.mask)})`.as('level'),
    ])
    .orderBy('wanted.key'),
)
