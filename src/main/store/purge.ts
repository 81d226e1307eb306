import { sql } from 'kysely'
import { change, rows } from './statement.ts'

/**
 * Spells that ended before an instant and that nothing present rests on: neither what an endpoint is in now, nor what it
 * showed last.
 */
export const purgeable = rows<{ before: number; limit: number }>()((db, $) =>
  db
    .selectFrom('spell_records as spells')
    .innerJoin('last_looks as look', 'look.endpoint_id', 'spells.endpoint_id')
    .select([
      'spells.id',
      'spells.endpoint_id',
      'outcome',
      'spells.snapshot_id',
      'spells.scan_count',
      'first_at',
      'last_at',
      'last_scan_id',
    ])
    .where('first_at', '<', $.before)
    .where('last_at', '<', $.before)
    .whereRef('look.spell_id', '!=', 'spells.id')
    .where(
      sql<boolean>`(spells.snapshot_id IS NULL OR spells.id <> (SELECT newest.id FROM spell_records AS newest
        WHERE newest.endpoint_id = spells.endpoint_id AND newest.snapshot_id IS NOT NULL
        ORDER BY newest.first_at DESC, newest.id DESC LIMIT 1))`,
    )
    .limit($.limit),
)
export type PurgeableSpell = ReturnType<typeof purgeable>[number]

/** Keeps the counts of a spell, at every link that was its instance's then. */
export const keepCounts = change<{
  endpoint: number
  firstAt: number
  lastAt: number
  answered: number
  unreachable: number
}>()((db, $) =>
  db
    .insertInto('purged_spells')
    .columns(['link_id', 'answered_count', 'unreachable_count', 'first_at'])
    .expression(
      db
        .selectFrom('instance_endpoints')
        .select(['id', $.answered.as('a'), $.unreachable.as('u'), $.firstAt.as('f')])
        .where('endpoint_id', '=', $.endpoint)
        .where('linked_at', '<=', $.lastAt)
        .where(eb => eb.or([eb('unlinked_at', 'is', null), eb('unlinked_at', '>', $.firstAt)])),
    )
    .onConflict(conflict =>
      conflict.column('link_id').doUpdateSet({
        answered_count: sql`answered_count + excluded.answered_count`,
        unreachable_count: sql`unreachable_count + excluded.unreachable_count`,
        first_at: sql`min(first_at, excluded.first_at)`,
      }),
    ),
)

export const deleteSpell = change<{ id: number }>()((db, $) =>
  db.deleteFrom('spell_records').where('id', '=', $.id),
)

const isShownNoMore = sql<boolean>`NOT EXISTS (SELECT 1 FROM spell_records WHERE snapshot_id = @id)`

/**
 * Snapshots nobody shows or showed any more. The newest stays whatever happens, so that no later one gets its number:
 * seals tell what came when by numbers.
 */
export const unshownSnapshots = rows()(db =>
  db
    .selectFrom('snapshots')
    .select('id')
    .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM spell_records WHERE snapshot_id = snapshots.id)`)
    .where('id', 'not in', db.selectFrom('instance_snapshots').select('snapshot_id'))
    .where(
      'id',
      '<',
      db.selectFrom('snapshots').select(eb => eb.fn.max('id').as('id')),
    ),
)

/** A snapshot nobody shows or showed any more, first its list of models … */
export const deleteListOf = change<{ id: number }>()((db, $) =>
  db.deleteFrom('snapshot_artifacts').where('snapshot_id', '=', $.id).where(isShownNoMore),
)

/** … then itself. */
export const deleteSnapshot = change<{ id: number }>()((db, $) =>
  db.deleteFrom('snapshots').where('id', '=', $.id).where(isShownNoMore),
)

/** List entries no snapshot holds any more. */
export const deleteUnheldArtifacts = change()(db =>
  db
    .deleteFrom('artifacts')
    .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM snapshot_artifacts WHERE artifact_id = artifacts.id)`),
)
