import { sql } from 'kysely'
import { change, row, rows } from './statement.ts'

interface Written {
  [key: string]: string | number | null
  kind: string
  name: string
  email: string | null
  externalId: string | null
  unit: string | null
}

export const addOwner = change<Written & { at: number }>()((db, $) =>
  db.insertInto('owners').values({
    kind: $.kind,
    name: $.name,
    email: $.email,
    external_id: $.externalId,
    unit: $.unit,
    created_at: $.at,
  }),
)

export const updateOwner = change<Written & { id: number }>()((db, $) =>
  db
    .updateTable('owners')
    .set({ kind: $.kind, name: $.name, email: $.email, external_id: $.externalId, unit: $.unit })
    .where('id', '=', $.id),
)

export const removeOwner = change<{ id: number; at: number }>()((db, $) =>
  db.updateTable('owners').set({ removed_at: $.at }).where('id', '=', $.id),
)

export const listOwners = rows()(db =>
  db.selectFrom('owners').selectAll('owners').where('removed_at', 'is', null).orderBy('name').orderBy('id'),
)
export type OwnerRecord = ReturnType<typeof listOwners>[number]

/** Rows of the inventory by the name of who answers first. */
export const rowsByOwner = rows()(db =>
  db
    .selectFrom('inventory_rows')
    .innerJoin('query_terms', 'query_terms.id', 'inventory_rows.owner_id')
    .select(['query_terms.text as name', eb => eb.fn.countAll<number>().as('count')])
    .groupBy('inventory_rows.owner_id'),
)

export const statedByOwner = rows()(db =>
  db
    .selectFrom('ownerships')
    .select(['owner_id', 'duty', eb => eb.fn.countAll<number>().as('count')])
    .where('owner_id', 'is not', null)
    .groupBy('owner_id')
    .groupBy('duty'),
)

export const proposedByOwner = rows()(db =>
  db
    .selectFrom('triage_rows')
    .select(['owner_id', eb => eb.fn.countAll<number>().as('count')])
    .where('state', '=', sql.lit('proposed'))
    .groupBy('owner_id'),
)

export const listOwnerImports = rows()(db =>
  db.selectFrom('owner_imports').selectAll().orderBy('id', 'desc').limit(sql.lit(500)),
)

export const ownershipsOfOwner = rows<{ owner: number }>()((db, $) =>
  db.selectFrom('ownerships').select(['instance_id', 'duty', 'state']).where('owner_id', '=', $.owner),
)

export const handOwnerships = change<{ from: number; into: number }>()((db, $) =>
  db.updateTable('ownerships').set({ owner_id: $.into }).where('owner_id', '=', $.from),
)

export const handInheritances = change<{ from: number; into: number }>()((db, $) =>
  db
    .updateTable('inheritances')
    .set({ owner_id: $.into })
    .where('owner_id', '=', $.from)
    .where('removed_at', 'is', null),
)

/** What was refused to one is refused to the other. */
export const handRejections = change<{ from: number; into: number }>()((db, $) =>
  db
    .insertInto('rejected_proposals')
    .columns(['instance_id', 'owner_id', 'at'])
    .expression(
      db
        .selectFrom('rejected_proposals')
        .select(['instance_id', sql<number>`${$.into}`.as('owner_id'), 'at'])
        .where('owner_id', '=', $.from),
    )
    .onConflict(conflict => conflict.columns(['instance_id', 'owner_id']).doNothing()),
)

export const externalIdTaken = row<{ externalId: string; id: number }>()((db, $) =>
  db
    .selectFrom('owners')
    .select('id')
    .where('external_id', '=', $.externalId)
    .where('id', '!=', $.id)
    .where('removed_at', 'is', null),
)

export const ownerById = row<{ id: number }>()((db, $) =>
  db.selectFrom('owners').selectAll().where('id', '=', $.id).where('removed_at', 'is', null),
)

export const ownersLike = rows<{ name: string }>()((db, $) =>
  db
    .selectFrom('owners')
    .selectAll()
    .where('removed_at', 'is', null)
    .where(eb => eb.or([eb('email', '=', $.name), eb('external_id', '=', $.name)]))
    .limit(sql.lit(2)),
)

export const addOwnerImport = change<{
  at: number
  actor: string
  file: string
  added: number
  changed: number
  unchanged: number
  rejected: number
}>()((db, $) =>
  db.insertInto('owner_imports').values({
    at: $.at,
    actor: $.actor,
    file: $.file,
    added_count: $.added,
    changed_count: $.changed,
    unchanged_count: $.unchanged,
    rejected_count: $.rejected,
  }),
)

export const ownerImportById = row<{ id: number }>()((db, $) =>
  db.selectFrom('owner_imports').selectAll().where('id', '=', $.id),
)

export const markImportUndone = change<{ id: number; at: number }>()((db, $) =>
  db.updateTable('owner_imports').set({ undone_at: $.at }).where('id', '=', $.id),
)

export const addImportRow = change<{ import: number; owner: number; before: string | null }>()((db, $) =>
  db.insertInto('owner_import_rows').values({ import_id: $.import, owner_id: $.owner, before: $.before }),
)

export const importRows = rows<{ import: number }>()((db, $) =>
  db.selectFrom('owner_import_rows').selectAll().where('import_id', '=', $.import).orderBy('owner_id'),
)

/** Owners an import added who answer for something by now: how many instances they were given, how many inherit from them. */
export const importedInUse = rows<{ import: number }>()((db, $) =>
  db
    .selectFrom('owner_import_rows as added')
    .innerJoin('owners', 'owners.id', 'added.owner_id')
    .select(eb => [
      'owners.id',
      'owners.name',
      eb
        .selectFrom('ownerships')
        .select(inner => inner.fn.count<number>(inner.ref('instance_id')).distinct().as('count'))
        .whereRef('ownerships.owner_id', '=', 'added.owner_id')
        .as('instances'),
      eb
        .selectFrom('inheritances')
        .select(inner => inner.fn.countAll<number>().as('count'))
        .whereRef('inheritances.owner_id', '=', 'added.owner_id')
        .where('inheritances.removed_at', 'is', null)
        .as('inheritances'),
    ])
    .where('import_id', '=', $.import)
    .where('before', 'is', null)
    .where('owners.removed_at', 'is', null)
    .where(eb =>
      eb.or([
        eb(
          'added.owner_id',
          'in',
          db.selectFrom('ownerships').select('owner_id').where('owner_id', 'is not', null),
        ),
        eb(
          'added.owner_id',
          'in',
          db.selectFrom('inheritances').select('owner_id').where('removed_at', 'is', null),
        ),
      ]),
    )
    .orderBy('owners.name')
    .orderBy('owners.id'),
)

/** Whether a later import wrote to one of the owners of this one. */
export const importedSince = row<{ import: number }>()((db, $) =>
  db
    .selectFrom('owner_import_rows as own')
    .innerJoin('owner_import_rows as later', 'later.owner_id', 'own.owner_id')
    .innerJoin('owner_imports', 'owner_imports.id', 'later.import_id')
    .select('later.import_id')
    .where('own.import_id', '=', $.import)
    .whereRef('later.import_id', '>', 'own.import_id')
    .where('undone_at', 'is', null)
    .limit(sql.lit(1)),
)
