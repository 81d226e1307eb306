import { sql } from 'kysely'
import { change, row } from './statement.ts'

/** Findings of a severity, of a stretch of their numbers. */
export interface MovedDates {
  [key: string]: string | number
  readonly severity: string
  readonly after: number
  readonly upTo: number
}

type Placeholders = Parameters<Parameters<ReturnType<typeof change<MovedDates>>>[0]>[1]

/** By number, not by severity: each stretch is read once. */
const stretch = ($: Placeholders) =>
  sql<boolean>`id > ${$.after} AND id <= ${$.upTo} AND +severity = ${$.severity}`

/** Dates move by as much as the time to fix changes; where there was no clock, it runs from the opening. */
export const moveDueDates = change<MovedDates & { by: number }>()((db, $) =>
  db
    .updateTable('findings')
    .set({ due_at: sql`due_at + ${$.by}`, due_left_ms: sql`due_left_ms + ${$.by}` })
    .where(stretch($)),
)
export const startClocks = change<MovedDates & { ms: number }>()((db, $) =>
  db
    .updateTable('findings')
    .set({
      due_at: sql`CASE WHEN status = 'excepted' THEN NULL ELSE opened_at + ${$.ms} END`,
      due_left_ms: sql`CASE WHEN status = 'excepted' THEN ${$.ms} END`,
    })
    .where(stretch($)),
)
export const stopClocks = change<MovedDates>()((db, $) =>
  db.updateTable('findings').set({ due_at: sql<null>`NULL`, due_left_ms: sql<null>`NULL` }).where(stretch($)),
)

export const newestFindingId = row()(db => db.selectFrom('findings').select(eb => eb.fn.max('id').as('id')))
