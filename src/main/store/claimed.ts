import { sql } from 'kysely'
import { change, rows, type WritableStore } from './statement.ts'

/** What a worker was given to look at. Marked anew while it looks, an instance is found here and among the stale. */
const among = (ids: unknown) => sql<number>`(SELECT value FROM json_each(${ids}))`

const claim = change<{ ids: string }>()((db, $) =>
  db
    .insertInto('claimed_instances')
    .columns(['instance_id'])
    .expression(sql`SELECT value FROM json_each(${$.ids}) WHERE true`)
    .onConflict(conflict => conflict.column('instance_id').doNothing()),
)

const unmarkStale = change<{ ids: string }>()((db, $) =>
  db.deleteFrom('stale_instances').where('instance_id', 'in', among($.ids)),
)

const unmarkTriage = change<{ ids: string }>()((db, $) =>
  db.deleteFrom('stale_triage').where('instance_id', 'in', among($.ids)),
)

export type Work = 'judge' | 'place'

/** Takes instances off the list of what is to be done, so that whatever marks them again is seen. */
export function claimInstances(store: WritableStore, work: Work, numbers: readonly number[]): void {
  const ids = JSON.stringify(numbers)
  claim(store, { ids })
  if (work === 'judge') unmarkStale(store, { ids })
  else unmarkTriage(store, { ids })
}

export const dropClaims = change<{ ids: string }>()((db, $) =>
  db.deleteFrom('claimed_instances').where('instance_id', 'in', among($.ids)),
)

export const staleAmong = rows<{ ids: string }>()((db, $) =>
  db.selectFrom('stale_instances').select('instance_id').where('instance_id', 'in', among($.ids)),
)

export const staleTriageAmong = rows<{ ids: string }>()((db, $) =>
  db.selectFrom('stale_triage').select('instance_id').where('instance_id', 'in', among($.ids)),
)

const restoreStale = change()(db =>
  db
    .insertInto('stale_instances')
    .columns(['instance_id'])
    .expression(db.selectFrom('claimed_instances').select('instance_id').where(sql<boolean>`true`))
    .onConflict(conflict => conflict.column('instance_id').doNothing()),
)

const restoreTriage = change()(db =>
  db
    .insertInto('stale_triage')
    .columns(['instance_id'])
    .expression(db.selectFrom('claimed_instances').select('instance_id').where(sql<boolean>`true`))
    .onConflict(conflict => conflict.column('instance_id').doNothing()),
)

const forgetClaims = change()(db => db.deleteFrom('claimed_instances'))

/** What a worker was given and never came back with is to be done again. */
export function restoreClaims(store: WritableStore): void {
  restoreStale(store, {})
  restoreTriage(store, {})
  forgetClaims(store, {})
}
