import { change, row } from './statement.ts'

/** Keeps an edition that is not kept yet. The same content is one row, however often it is in force. */
export const addEdition = change<{
  digest: string
  dataVersion: number
  date: string
  content: string
  at: number
}>()((db, $) =>
  db
    .insertInto('advisory_editions')
    .values({
      digest: $.digest,
      data_version: $.dataVersion,
      date: $.date,
      content: $.content,
      kept_at: $.at,
    })
    .onConflict(conflict => conflict.column('digest').doNothing()),
)

export const editionByDigest = row<{ digest: string }>()((db, $) =>
  db.selectFrom('advisory_editions').selectAll().where('digest', '=', $.digest),
)

export const editionById = row<{ id: number }>()((db, $) =>
  db.selectFrom('advisory_editions').select(['digest', 'data_version', 'date']).where('id', '=', $.id),
)
