import { sql } from 'kysely'
import { change, row, rows } from './statement.ts'

/** Of several instances at once: `ids` is a JSON list. */
const among = (ids: unknown) => sql<number>`(SELECT value FROM json_each(${ids}))`

export const tagsAmong = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('instance_tags')
    .selectAll()
    .where('instance_id', 'in', among($.ids))
    .orderBy('instance_id')
    .orderBy('tag'),
)

export const notesAmong = rows<{ ids: string }>()((db, $) =>
  db.selectFrom('instance_notes').select(['instance_id', 'note']).where('instance_id', 'in', among($.ids)),
)

export const dispositionsAmong = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('instance_dispositions')
    .select(['instance_id', 'disposition'])
    .where('instance_id', 'in', among($.ids)),
)

export const tagsOf = rows<{ instance: number }>()((db, $) =>
  db.selectFrom('instance_tags').select('tag').where('instance_id', '=', $.instance).orderBy('tag'),
)
export const addTag = change<{ instance: number; tag: string }>()((db, $) =>
  db
    .insertInto('instance_tags')
    .values({ instance_id: $.instance, tag: $.tag })
    .onConflict(conflict => conflict.doNothing()),
)
export const removeTag = change<{ instance: number; tag: string }>()((db, $) =>
  db.deleteFrom('instance_tags').where('instance_id', '=', $.instance).where('tag', '=', $.tag),
)

export const noteOf = row<{ instance: number }>()((db, $) =>
  db.selectFrom('instance_notes').selectAll().where('instance_id', '=', $.instance),
)
export const keepNote = change<{ instance: number; note: string; at: number; by: string }>()((db, $) =>
  db
    .insertInto('instance_notes')
    .values({ instance_id: $.instance, note: $.note, at: $.at, by: $.by })
    .onConflict(conflict => conflict.column('instance_id').doUpdateSet({ note: $.note, at: $.at, by: $.by })),
)
export const removeNote = change<{ instance: number }>()((db, $) =>
  db.deleteFrom('instance_notes').where('instance_id', '=', $.instance),
)

export const dispositionOf = row<{ instance: number }>()((db, $) =>
  db.selectFrom('instance_dispositions').selectAll().where('instance_id', '=', $.instance),
)
export const keepDisposition = change<{ instance: number; disposition: string; at: number; by: string }>()(
  (db, $) =>
    db
      .insertInto('instance_dispositions')
      .values({ instance_id: $.instance, disposition: $.disposition, at: $.at, by: $.by })
      .onConflict(conflict =>
        conflict.column('instance_id').doUpdateSet({ disposition: $.disposition, at: $.at, by: $.by }),
      ),
)
export const removeDisposition = change<{ instance: number }>()((db, $) =>
  db.deleteFrom('instance_dispositions').where('instance_id', '=', $.instance),
)
