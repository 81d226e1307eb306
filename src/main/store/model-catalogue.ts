import { sql } from 'kysely'
import { row, rows } from './statement.ts'

/** Tells whether models were added or purged. */
export const catalogueState = row()(db =>
  db
    .selectFrom('artifacts')
    .select(eb => [eb.fn.max('id').as('newest'), eb.fn.countAll<number>().as('count')]),
)

/** Every list entry ever seen and not purged, the models they are about together. */
export const listArtifacts = rows()(db =>
  db
    .selectFrom('artifacts')
    .select(['id', 'digest', 'name', 'family', 'parameter_size', 'quantization', 'size_bytes'])
    .select(['remote_model', 'remote_host', 'listed_capabilities']),
)
export type ArtifactRecord = ReturnType<typeof listArtifacts>[number]

/** Of some list entries (ids as JSON), those that an instance shows now. */
export const artifactsShown = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('artifacts')
    .select('id')
    .where('id', 'in', sql<number>`(SELECT value FROM json_each(${$.ids}))`)
    .where(eb =>
      eb.exists(
        eb
          .selectFrom('snapshot_artifacts as listed')
          .innerJoin('instance_snapshots as shown', 'shown.snapshot_id', 'listed.snapshot_id')
          .innerJoin('instances', 'instances.id', 'shown.instance_id')
          .select('listed.artifact_id')
          .whereRef('listed.artifact_id', '=', 'artifacts.id')
          .where('instances.merged_into', 'is', null),
      ),
    ),
)

/** When each content was first seen anywhere. */
export const modelSightings = rows()(db => db.selectFrom('model_sightings').select(['digest', 'first_at']))

export const approvedModels = rows()(db => db.selectFrom('approved_models').selectAll())

/** The newest word on each model that was ever judged. */
export const modelDecisions = rows()(db =>
  db
    .selectFrom('decisions')
    .select(['subject', 'kind', 'at', 'actor', 'body'])
    .select(eb => eb.fn.max('id').as('id'))
    .where('kind', 'in', [sql.lit('model.approved'), sql.lit('model.revoked')])
    .groupBy('subject'),
)

/** How often names came to mean each content, and ceased to. */
export const driftCounts = rows()(db =>
  db
    .selectFrom('tag_changes')
    .select(['from_digest', 'to_digest', eb => eb.fn.countAll<number>().as('count')])
    .groupBy(['from_digest', 'to_digest']),
)

/** Rises whenever anybody decides anything. */
export const newestDecision = row()(db => db.selectFrom('decisions').select(eb => eb.fn.max('id').as('id')))
