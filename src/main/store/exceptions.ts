import { sql } from 'kysely'
import { change, row, rows } from './statement.ts'

export const addException = change<{
  finding: number
  instance: number
  reason: string
  control: string
  owner: string
  expiresOn: string
  basis: string
  at: number
  by: string
  key: string
  signature: string
}>()((db, $) =>
  db.insertInto('exceptions').values({
    finding_id: $.finding,
    instance_id: $.instance,
    status: sql.lit('requested'),
    reason: $.reason,
    control: $.control,
    owner: $.owner,
    expires_on: $.expiresOn,
    basis: $.basis,
    requested_at: $.at,
    requested_by: $.by,
    request_key: $.key,
    request_signature: $.signature,
  }),
)

export const decideException = change<{
  id: number
  status: string
  at: number
  by: string
  key: string
  signature: string
}>()((db, $) =>
  db
    .updateTable('exceptions')
    .set({
      status: $.status,
      decided_at: $.at,
      decided_by: $.by,
      decision_key: $.key,
      decision_signature: $.signature,
    })
    .where('id', '=', $.id)
    .where('status', '=', sql.lit('requested')),
)

export const endException = change<{ id: number; status: string; at: number; reason: string }>()((db, $) =>
  db
    .updateTable('exceptions')
    .set({ status: $.status, ended_at: $.at, end_reason: $.reason })
    .where('id', '=', $.id)
    .where('status', '=', sql.lit('approved')),
)

export const exceptionById = row<{ id: number }>()((db, $) =>
  db.selectFrom('exceptions').selectAll().where('id', '=', $.id),
)

export const exceptionsOfInstance = rows<{ instance: number }>()((db, $) =>
  db
    .selectFrom('exceptions')
    .innerJoin('findings', 'findings.id', 'exceptions.finding_id')
    .selectAll('exceptions')
    .select(['findings.rule', 'findings.part'])
    .where('exceptions.instance_id', '=', $.instance)
    .orderBy('exceptions.id'),
)
export type ExceptionRecord = ReturnType<typeof exceptionsOfInstance>[number]

export const listExceptions = rows()(db =>
  db
    .selectFrom('exceptions')
    .innerJoin('findings', 'findings.id', 'exceptions.finding_id')
    .innerJoin('instances', 'instances.id', 'exceptions.instance_id')
    .selectAll('exceptions')
    .select(['findings.rule', 'findings.part', 'findings.label', 'instances.address', 'instances.port'])
    .orderBy('exceptions.expires_on')
    .orderBy('exceptions.id'),
)
export type ListedException = ReturnType<typeof listExceptions>[number]

/** Instances with leave that ends by its date. */
export const staleByExpiry = change<{ today: string }>()((db, $) =>
  db
    .insertInto('stale_instances')
    .columns(['instance_id'])
    .expression(
      db
        .selectFrom('exceptions')
        .select('instance_id')
        .where('status', '=', sql.lit('approved'))
        .where('expires_on', '<', $.today),
    )
    .onConflict(conflict => conflict.column('instance_id').doNothing()),
)
