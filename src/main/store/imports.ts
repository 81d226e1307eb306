import { sql } from 'kysely'
import { change, row, rows } from './statement.ts'

export const addImport = change<{ at: number; actor: string; file: string; format: string }>()((db, $) =>
  db.insertInto('imports').values({
    at: $.at,
    actor: $.actor,
    file: $.file,
    format: $.format,
    state: sql.lit('running'),
  }),
)

/** Adds to the counts: what was read, stored and rejected always adds up. */
export const countImport = change<{ id: number; stored: number; rejected: number }>()((db, $) =>
  db
    .updateTable('imports')
    .set(eb => ({
      read_count: eb('read_count', '+', eb($.stored, '+', $.rejected)),
      stored_count: eb('stored_count', '+', $.stored),
      rejected_count: eb('rejected_count', '+', $.rejected),
    }))
    .where('id', '=', $.id),
)

export const endImport = change<{ id: number; state: string; digest: string | null; about: string | null }>()(
  (db, $) =>
    db
      .updateTable('imports')
      .set({ state: $.state, digest: $.digest, about: $.about })
      .where('id', '=', $.id),
)

export const noteOwnerImport = change<{ id: number; ownerImport: number | null }>()((db, $) =>
  db.updateTable('imports').set({ owner_import_id: $.ownerImport }).where('id', '=', $.id),
)

export const undoneImport = change<{ id: number; at: number; by: string }>()((db, $) =>
  db
    .updateTable('imports')
    .set({ state: sql.lit('undone'), undone_at: $.at, undone_by: $.by })
    .where('id', '=', $.id),
)

/** Imports whose process ended before they did. */
export const breakOffImports = change()(db =>
  db
    .updateTable('imports')
    .set({ state: sql.lit('broken') })
    .where('state', '=', sql.lit('running')),
)

export const importById = row<{ id: number }>()((db, $) =>
  db.selectFrom('imports').selectAll().where('id', '=', $.id),
)
export type ImportRecord = NonNullable<ReturnType<typeof importById>>

export const listImports = rows()(db => db.selectFrom('imports').selectAll().orderBy('id', 'desc'))

export const addReject = change<{
  import: number
  position: number
  line: number
  reason: string
  text: string
}>()((db, $) =>
  db.insertInto('import_rejects').values({
    import_id: $.import,
    position: $.position,
    line: $.line,
    reason: $.reason,
    text: $.text,
  }),
)

export const rejectsOf = rows<{ import: number; limit: number }>()((db, $) =>
  db
    .selectFrom('import_rejects')
    .select(['line', 'reason', 'text'])
    .where('import_id', '=', $.import)
    .orderBy('position')
    .limit($.limit),
)

export const noteImportedTag = change<{ import: number; instance: number; tag: string }>()((db, $) =>
  db
    .insertInto('import_tags')
    .values({ import_id: $.import, instance_id: $.instance, tag: $.tag })
    .onConflict(conflict => conflict.doNothing()),
)

export const importedTags = rows<{ import: number }>()((db, $) =>
  db.selectFrom('import_tags').select(['instance_id', 'tag']).where('import_id', '=', $.import),
)
