import { sql } from 'kysely'
import { change, row, rows } from './statement.ts'

export const addActor = change<{
  name: string
  role: string
  publicKey: Uint8Array
  privateKey: Uint8Array
  lock: string | null
  account: string
  at: number
}>()((db, $) =>
  db.insertInto('actors').values({
    name: $.name,
    role: $.role,
    public_key: $.publicKey,
    private_key: $.privateKey,
    lock: $.lock,
    account: $.account,
    created_at: $.at,
  }),
)

export const listActors = rows()(db => db.selectFrom('actors').selectAll().orderBy('id'))
export type ActorRecord = ReturnType<typeof listActors>[number]

export const actorByName = row<{ name: string }>()((db, $) =>
  db.selectFrom('actors').selectAll().where('name', '=', $.name),
)

/** The same key behind another lock. */
export const relockActor = change<{ id: number; privateKey: Uint8Array; lock: string | null }>()((db, $) =>
  db.updateTable('actors').set({ private_key: $.privateKey, lock: $.lock }).where('id', '=', $.id),
)

export const setActorRole = change<{ id: number; role: string }>()((db, $) =>
  db.updateTable('actors').set({ role: $.role }).where('id', '=', $.id),
)

/** The one of the first start: who acts as long as nobody says otherwise. */
export const firstActor = row()(db => db.selectFrom('actors').selectAll().orderBy('id').limit(sql.lit(1)))
