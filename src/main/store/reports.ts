import { change, row, rows } from './statement.ts'

export const addReport = change<{
  kind: string
  request: string
  at: number
  by: string
  manifest: string
}>()((db, $) =>
  db.insertInto('reports').values({
    kind: $.kind,
    request: $.request,
    created_at: $.at,
    created_by: $.by,
    manifest: $.manifest,
  }),
)

/** Newest first. */
export const listReports = rows()(db => db.selectFrom('reports').selectAll().orderBy('id', 'desc'))
export type ReportRecord = ReturnType<typeof listReports>[number]

export const reportById = row<{ id: number }>()((db, $) =>
  db.selectFrom('reports').selectAll().where('id', '=', $.id),
)
