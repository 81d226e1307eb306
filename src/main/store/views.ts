import { change, row, rows } from './statement.ts'

export const listViews = rows()(db => db.selectFrom('views').selectAll().orderBy('name'))
export type ViewRecord = ReturnType<typeof listViews>[number]

export const viewByName = row<{ name: string }>()((db, $) =>
  db.selectFrom('views').selectAll().where('name', '=', $.name),
)

export const keepView = change<{
  name: string
  query: string
  sort: string
  columns: string | null
  at: number
  actor: string
}>()((db, $) =>
  db
    .insertInto('views')
    .values({
      name: $.name,
      query: $.query,
      sort: $.sort,
      columns: $.columns,
      saved_at: $.at,
      saved_by: $.actor,
    })
    .onConflict(conflict =>
      conflict.column('name').doUpdateSet({
        name: $.name,
        query: $.query,
        sort: $.sort,
        columns: $.columns,
        saved_at: $.at,
        saved_by: $.actor,
      }),
    ),
)

export const renameView = change<{ name: string; to: string; at: number; actor: string }>()((db, $) =>
  db.updateTable('views').set({ name: $.to, saved_at: $.at, saved_by: $.actor }).where('name', '=', $.name),
)

export const dropView = change<{ name: string }>()((db, $) =>
  db.deleteFrom('views').where('name', '=', $.name),
)
