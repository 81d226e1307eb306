import { change, rows } from './statement.ts'

export const addAuditEntry = change<{
  at: number
  actor: string
  command: string
  input: string
  outcome: string
  result: string
}>()((db, $) =>
  db.insertInto('audit_entries').values({
    at: $.at,
    actor: $.actor,
    command: $.command,
    input: $.input,
    outcome: $.outcome,
    result: $.result,
  }),
)

export const listAuditEntries = rows()(db => db.selectFrom('audit_entries').selectAll().orderBy('id'))

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
