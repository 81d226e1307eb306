import { sql } from 'kysely'
import { builder, change, compose, type ReadableStore, row, rows } from './statement.ts'

export const insertAuditEntry = change<{
  id: number
  at: number
  command: string
  outcome: string
  hash: Uint8Array
}>()((db, $) =>
  db
    .insertInto('audit_entries')
    .values({ id: $.id, at: $.at, command: $.command, outcome: $.outcome, hash: $.hash }),
)

export const insertAuditValue = change<{
  entry: number
  position: number
  name: string
  commitment: Uint8Array
  salt: Uint8Array
  value: string
}>()((db, $) =>
  db.insertInto('audit_values').values({
    entry_id: $.entry,
    position: $.position,
    name: $.name,
    commitment: $.commitment,
    salt: $.salt,
    value: $.value,
  }),
)

export const lastAuditEntry = row()(db =>
  db.selectFrom('audit_entries').selectAll().orderBy('id', 'desc').limit(sql.lit(1)),
)

export const auditEntryById = row<{ id: number }>()((db, $) =>
  db.selectFrom('audit_entries').selectAll().where('id', '=', $.id),
)

/** The next entries of the chain, in order: to walk it without holding all of it. */
export const auditEntriesAfter = rows<{ id: number; limit: number }>()((db, $) =>
  db.selectFrom('audit_entries').selectAll().where('id', '>', $.id).orderBy('id').limit($.limit),
)
export type AuditEntryRecord = ReturnType<typeof auditEntriesAfter>[number]

export const auditValuesOf = rows<{ entry: number }>()((db, $) =>
  db.selectFrom('audit_values').selectAll().where('entry_id', '=', $.entry).orderBy('position'),
)
export type AuditValueRecord = ReturnType<typeof auditValuesOf>[number]

/** What an entry says besides what it changed, and the first changes. Changes stand behind all else. */
export const auditHeadValuesOf = rows<{ entry: number; most: number }>()((db, $) =>
  db
    .selectFrom('audit_values')
    .selectAll()
    .where('entry_id', '=', $.entry)
    .orderBy('position')
    .limit(
      sql<number>`(SELECT count(*) FROM audit_values WHERE entry_id = ${$.entry} AND name <> 'change') + ${$.most}`,
    ),
)

export const countAuditChanges = row<{ entry: number }>()((db, $) =>
  db
    .selectFrom('audit_values')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('entry_id', '=', $.entry)
    .where('name', '=', sql.lit('change')),
)

export const auditChangesOf = rows<{ entry: number; start: number; limit: number }>()((db, $) =>
  db
    .selectFrom('audit_values')
    .select('value')
    .where('entry_id', '=', $.entry)
    .where('name', '=', sql.lit('change'))
    .orderBy('position')
    .limit($.limit)
    .offset($.start),
)

export const auditCommands = rows()(db =>
  db.selectFrom('audit_entries').select('command').distinct().orderBy('command'),
)

export const auditActors = rows()(db =>
  db
    .selectFrom('audit_values')
    .select('value')
    .distinct()
    .where('position', '=', sql.lit(0))
    .where('name', '=', sql.lit('actor'))
    .where('value', 'is not', null)
    .orderBy('value'),
)

/** Values that belong to no entry: somebody put them there, or took their entry away. */
export const strayAuditValues = row()(db =>
  db
    .selectFrom('audit_values')
    .select('entry_id')
    .where('entry_id', 'not in', db.selectFrom('audit_entries').select('id'))
    .limit(sql.lit(1)),
)

/** One value of all entries of a command, oldest first. */
export const auditValuesOfCommand = rows<{ command: string; name: string }>()((db, $) =>
  db
    .selectFrom('audit_entries')
    .innerJoin('audit_values', 'audit_values.entry_id', 'audit_entries.id')
    .select(['audit_entries.id', 'audit_values.value'])
    .where('command', '=', $.command)
    .where('name', '=', $.name)
    .orderBy('audit_entries.id'),
)

/** Takes what an entry said away, and keeps that it said it. Returns how many values that were. */
export const eraseAuditValues = change<{ entry: number }>()((db, $) =>
  db
    .updateTable('audit_values')
    .set({ salt: sql<null>`NULL`, value: sql<null>`NULL` })
    .where('entry_id', '=', $.entry)
    .where('value', 'is not', null),
)

export interface AuditQuery {
  readonly actor?: string | undefined
  readonly command?: string | undefined
  readonly outcome?: string | undefined
  readonly text?: string | undefined
  readonly since?: number | undefined
  readonly until?: number | undefined
  readonly subject?: string | undefined
  readonly before?: number | undefined
  readonly limit: number
}

/** Entries that fit, newest first. */
export function findAuditEntries(store: ReadableStore, query: AuditQuery): AuditEntryRecord[] {
  let found = builder.selectFrom('audit_entries').selectAll()
  if (query.command !== undefined) found = found.where('command', '=', query.command)
  if (query.outcome !== undefined) found = found.where('outcome', '=', query.outcome)
  if (query.since !== undefined) found = found.where('at', '>=', query.since)
  if (query.until !== undefined) found = found.where('at', '<=', query.until)
  if (query.before !== undefined) found = found.where('id', '<', query.before)
  if (query.actor !== undefined) {
    const actor = query.actor.toLowerCase()
    const said = builder.selectFrom('audit_values').select('entry_id').where('name', '=', 'actor')
    found = found.where('id', 'in', said.where(sql`lower(value)`, '=', actor))
  }
  if (query.subject !== undefined) {
    const opening = `{"subject":${JSON.stringify(query.subject).slice(0, -1)}`
    const said = builder.selectFrom('audit_values').select('entry_id').where('name', '=', 'change')
    found = found.where('id', 'in', said.where(sql<number>`instr(value, ${opening})`, '=', 1))
  }
  if (query.text !== undefined) {
    const said = builder.selectFrom('audit_values').select('entry_id')
    found = found.where(
      'id',
      'in',
      said.where(sql<number>`instr(lower(value), ${query.text.toLowerCase()})`, '>', 0),
    )
  }
  return compose(store, found.orderBy('id', 'desc').limit(query.limit))
}
