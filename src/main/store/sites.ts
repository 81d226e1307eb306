import { change, row, rows } from './statement.ts'

export const siteByName = row<{ name: string }>()((db, $) =>
  db.selectFrom('sites').selectAll().where('name', '=', $.name),
)

export const addSite = change<{ name: string; at: number }>()((db, $) =>
  db.insertInto('sites').values({ name: $.name, created_at: $.at }),
)

export const setReverseDns = change<{ id: number; reverseDns: number }>()((db, $) =>
  db.updateTable('sites').set({ reverse_dns: $.reverseDns }).where('id', '=', $.id),
)

/** Which sites there are, and nothing counted: what every query asks for. */
export const siteNames = rows()(db => db.selectFrom('sites').select(['id', 'name']).orderBy('name'))

export const listSites = rows()(db =>
  db
    .selectFrom('sites')
    .select(['sites.id', 'sites.name', 'sites.reverse_dns', 'sites.created_at'])
    .select(eb => [
      eb
        .selectFrom('ranges')
        .whereRef('ranges.site_id', '=', 'sites.id')
        .where('ranges.removed_at', 'is', null)
        .select(range => range.fn.countAll<number>().as('n'))
        .as('range_count'),
      // Triggers count the rows of the inventory (migration 0080): there is one for each instance that is none of another's.
      eb
        .selectFrom('counts_by_site')
        .whereRef('counts_by_site.site_id', '=', 'sites.id')
        .select(counts => counts.fn.sum<number | null>('count').as('n'))
        .as('instance_count'),
    ])
    .orderBy('sites.name'),
)
