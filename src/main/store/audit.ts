import { change, rows } from './statement.ts'

/** What a person stated. Appended, never changed: the newest on a subject holds. */
export const addDecision = change<{
  at: number
  actor: string
  kind: string
  subject: string
  body: string
}>()((db, $) =>
  db
    .insertInto('decisions')
    .values({ at: $.at, actor: $.actor, kind: $.kind, subject: $.subject, body: $.body }),
)

export const listDecisions = rows()(db => db.selectFrom('decisions').selectAll().orderBy('id'))
