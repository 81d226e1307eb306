import { sql } from 'kysely'
import { change, rows, type WritableStore } from './statement.ts'

interface Kept {
  [key: string]: string | number | null
  instance: number
  duty: string
  state: string
  owner: number | null
  reason: string
  note: string
  dueOn: string | null
  at: number
}

/**
 * Writes who answers for an instance. As two statements: in the triggers of one that updates on conflict SQLite ignores
 * their OR IGNORE, and fails where an instance is marked to be looked at already (sqlite.org/lang_createtrigger.html).
 */
export function keepOwnership(store: WritableStore, ownership: Kept): void {
  if (changeOwnership(store, ownership).count === 0) addOwnership(store, ownership)
}

const changeOwnership = change<Kept>()((db, $) =>
  db
    .updateTable('ownerships')
    .set({
      state: $.state,
      owner_id: $.owner,
      reason: $.reason,
      note: $.note,
      due_on: $.dueOn,
      since_at: $.at,
    })
    .where('instance_id', '=', $.instance)
    .where('duty', '=', $.duty),
)

const addOwnership = change<Kept>()((db, $) =>
  db.insertInto('ownerships').values({
    instance_id: $.instance,
    duty: $.duty,
    state: $.state,
    owner_id: $.owner,
    reason: $.reason,
    note: $.note,
    due_on: $.dueOn,
    since_at: $.at,
  }),
)

export const ownershipsOf = rows<{ instance: number }>()((db, $) =>
  db
    .selectFrom('ownerships')
    .leftJoin('owners', 'owners.id', 'ownerships.owner_id')
    .selectAll('ownerships')
    .select('owners.name as owner')
    .where('instance_id', '=', $.instance),
)
export type OwnershipRecord = ReturnType<typeof ownershipsOf>[number]

export const addInheritance = change<{
  scope: string
  value: string
  owner: number
  duty: string
  at: number
}>()((db, $) =>
  db
    .insertInto('inheritances')
    .values({ scope: $.scope, value: $.value, owner_id: $.owner, duty: $.duty, created_at: $.at }),
)

export const listInheritances = rows()(db =>
  db
    .selectFrom('inheritances')
    .innerJoin('owners', 'owners.id', 'inheritances.owner_id')
    .selectAll('inheritances')
    .select('owners.name as owner')
    .where('inheritances.removed_at', 'is', null)
    .orderBy('inheritances.id'),
)
export type InheritanceRecord = ReturnType<typeof listInheritances>[number]

export const removeInheritance = change<{ id: number; at: number }>()((db, $) =>
  db
    .updateTable('inheritances')
    .set({ removed_at: $.at })
    .where('id', '=', $.id)
    .where('removed_at', 'is', null),
)

export const rejectProposal = change<{ instance: number; owner: number; at: number }>()((db, $) =>
  db
    .insertInto('rejected_proposals')
    .values({ instance_id: $.instance, owner_id: $.owner, at: $.at })
    .onConflict(conflict => conflict.columns(['instance_id', 'owner_id']).doNothing()),
)

export const rejectedAmong = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('rejected_proposals')
    .select(['instance_id', 'owner_id'])
    .where('instance_id', 'in', sql<number>`(SELECT value FROM json_each(${$.ids}))`),
)

/** Who answers for instances between two addresses of a site, and for how many. */
export const ownersBetween = rows<{ site: number; first: Uint8Array; last: Uint8Array; duty: string }>()(
  (db, $) =>
    db
      .selectFrom('instances')
      .innerJoin('ownerships', 'ownerships.instance_id', 'instances.id')
      .innerJoin('owners', 'owners.id', 'ownerships.owner_id')
      .select(['owners.id', 'owners.name', eb => eb.fn.countAll<number>().as('count')])
      .where('site_id', '=', $.site)
      .where('address_key', '>=', $.first)
      .where('address_key', '<=', $.last)
      .where('duty', '=', $.duty)
      .where('state', 'in', [sql.lit('assigned'), sql.lit('acknowledged')])
      .where('owners.removed_at', 'is', null)
      .groupBy('owners.id')
      .orderBy('count', 'desc')
      .orderBy('owners.id'),
)

/** The ranges instances were seen in, that of the endpoint seen last first. */
export const rangesOfInstances = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('instance_endpoints as link')
    .innerJoin('endpoints', 'endpoints.id', 'link.endpoint_id')
    .innerJoin('last_looks as look', 'look.endpoint_id', 'endpoints.id')
    .innerJoin('ranges', 'ranges.id', 'endpoints.range_id')
    .select(['link.instance_id', 'ranges.block', 'ranges.authorised_by', 'endpoints.host_names'])
    .where('link.instance_id', 'in', sql<number>`(SELECT value FROM json_each(${$.ids}))`)
    .where('link.unlinked_at', 'is', null)
    .orderBy('look.seen_at', 'desc')
    .orderBy('link.id'),
)
export type InstanceRange = ReturnType<typeof rangesOfInstances>[number]
