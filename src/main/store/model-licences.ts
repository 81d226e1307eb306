import { sql } from 'kysely'
import { change, row, rows } from './statement.ts'

/** What was answered about the licence of a content, each different answer once, wherever it was asked. */
export const licencesSaid = rows<{ digest: string }>()((db, $) =>
  db
    .selectFrom('capability_claims')
    .select('licence')
    .distinct()
    // By the key: there are few sites.
    .where('site_id', 'in', db.selectFrom('sites').select('id'))
    .where('digest', '=', $.digest)
    .where('licence', 'is not', null),
)

/** What all of it says together; counts only a change. */
export const keepLicence = change<{ digest: string; licence: number }>()((db, $) =>
  db
    .insertInto('model_licences')
    .values({ digest: $.digest, licence: $.licence })
    .onConflict(conflict =>
      conflict
        .column('digest')
        .doUpdateSet({ licence: $.licence })
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

/** What is known of any content, each once: some tens, and one for each text that is not known. */
export const licencesThereAre = rows()(db => db.selectFrom('model_licences').select('licence').distinct())

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
