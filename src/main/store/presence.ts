import { sql } from 'kysely'
import { change, row, rows } from './statement.ts'

/** Keeps in mind that an endpoint was seen from a vantage; 0: from none that matters. */
export const seenFrom = change<{ endpoint: number; vantage: number }>()((db, $) =>
  db
    .insertInto('endpoint_vantages')
    .values({ endpoint_id: $.endpoint, vantage_id: $.vantage })
    .onConflict(conflict => conflict.doNothing()),
)

export const wasSeenFrom = row<{ endpoint: number; vantage: number }>()((db, $) =>
  db
    .selectFrom('endpoint_vantages')
    .select('vantage_id')
    .where('endpoint_id', '=', $.endpoint)
    .where('vantage_id', '=', $.vantage),
)

/** Endpoints nobody has looked at since an instant, or whose range was taken out of the register. */
export const notLookedAtSince = rows<{ since: number }>()((db, $) =>
  db
    .selectFrom('endpoints')
    .innerJoin('last_looks as look', 'look.endpoint_id', 'endpoints.id')
    .innerJoin('ranges', 'ranges.id', 'endpoints.range_id')
    .innerJoin('instance_endpoints as link', join =>
      join.onRef('link.endpoint_id', '=', 'endpoints.id').on('link.unlinked_at', 'is', null),
    )
    .select(['endpoints.id', 'link.instance_id'])
    .where('presence', 'in', sql<string>`('present', 'not-listening', 'unreachable')`)
    .where(eb => eb.or([eb('look.at', '<', $.since), eb('ranges.removed_at', '>', eb.ref('look.at'))])),
)

/** When the endpoint was looked at that was not looked at for longest, of those that may come to be not covered … */
export const oldestLook = row()(db =>
  db
    .selectFrom('endpoints')
    .innerJoin('last_looks as look', 'look.endpoint_id', 'endpoints.id')
    .select(eb => eb.fn.min('look.at').as('at'))
    .where('presence', 'in', sql<string>`('present', 'not-listening', 'unreachable')`),
)

/** … and which ranges were taken out of the register. */
export const removedRanges = row()(db =>
  db
    .selectFrom('ranges')
    .select(eb => [eb.fn.count<number>('removed_at').as('count'), eb.fn.max('removed_at').as('last')]),
)

/** A scan came by and could not look. Twice in one scan is once. */
export const couldNotLook = change<{ endpoint: number; scan: number }>()((db, $) =>
  db
    .insertInto('failed_looks')
    .values({ endpoint_id: $.endpoint, scan_count: sql.lit(1), last_scan_id: $.scan })
    .onConflict(conflict =>
      conflict
        .column('endpoint_id')
        .doUpdateSet(eb => ({
          scan_count: eb('failed_looks.scan_count', '+', sql.lit(1)),
          last_scan_id: $.scan,
        }))
        .where('failed_looks.last_scan_id', '<', $.scan),
    ),
)
