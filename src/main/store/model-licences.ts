import { sql } from 'kysely'
import { change, row, rows } from './statement.ts'

/** What was answered about the licence of a content, each different answer once. */
export const licencesSaid = rows<{ digest: string }>()((db, $) =>
  db
    .selectFrom('capability_claims')
    .select('licence')
    .distinct()
    .where('digest', '=', $.digest)
    .where('licence', 'is not', null),
)

/** What all of it says together; counts only a change. */
export const keepLicence = change<{ digest: string; names: string; licence: string }>()((db, $) =>
  db
    .insertInto('model_licences')
    .values({ digest: $.digest, names: $.names, licence: $.licence })
    .onConflict(conflict =>
      conflict
        .column('digest')
        .doUpdateSet({ names: $.names, licence: $.licence })
        .where('model_licences.licence', '!=', $.licence),
    ),
)

export const licenceOfDigest = row<{ digest: string }>()((db, $) =>
  db.selectFrom('model_licences').select('licence').where('digest', '=', $.digest),
)

/** Of some contents, a list of digests as JSON. */
export const licencesOfDigests = rows<{ digests: string }>()((db, $) =>
  db
    .selectFrom('model_licences')
    .select(['digest', 'licence'])
    .where('digest', 'in', sql<string>`(SELECT value FROM json_each(${$.digests}))`),
)

export const allLicences = rows()(db => db.selectFrom('model_licences').select(['digest', 'licence']))

/** The lists of identifiers there are: some tens. */
export const licenceNameLists = rows()(db => db.selectFrom('model_licences').select('names').distinct())

/** Whoever holds one of some contents (digests as JSON) now has to be judged again. */
export const markHoldersStale = change<{ digests: string }>()((db, $) =>
  db
    .insertInto('stale_instances')
    .columns(['instance_id'])
    .expression(eb =>
      eb
        .selectFrom('artifacts')
        .innerJoin('snapshot_artifacts as listed', 'listed.artifact_id', 'artifacts.id')
        .innerJoin('instance_snapshots as shown', 'shown.snapshot_id', 'listed.snapshot_id')
        .select('shown.instance_id')
        .distinct()
        .where('artifacts.digest', 'in', sql<string>`(SELECT value FROM json_each(${$.digests}))`),
    )
    .onConflict(conflict => conflict.column('instance_id').doNothing()),
)
