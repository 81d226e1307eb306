import { sql } from 'kysely'
import { change, type ReadableStore, row, rows } from './statement.ts'

/**
 * Lines a seal speaks of, always in the same order and the same words. The columns of a line are fixed with the migration
 * that made the trigger: a column that comes later needs a seal of its own.
 */
const spellLine = sql<string>`json_array(id, endpoint_id, outcome, snapshot_id, first_scan_id, last_scan_id, first_at, last_at, scan_count)`

/** The same of a spell that the running scan extended: what that changes is kept beside it. */
const lineBefore = sql<string>`json_array(spells.id, endpoint_id, outcome, snapshot_id, first_scan_id, before.scan_id, first_at, before.last_at, before.scan_count)`

/** The spells a scan was the last to see. */
export const spellLines = rows<{ scan: number }>()((db, $) =>
  db
    .selectFrom('spells')
    .select(['id', spellLine.as('line')])
    .where('last_scan_id', '=', $.scan)
    .orderBy('id'),
)

/** The same as an earlier scan left them, while a later one is changing them. */
export const sealedSpellLines = rows<{ scan: number; highest: number }>()((db, $) =>
  db
    .selectFrom('spells')
    .select(['id', spellLine.as('line')])
    .where('last_scan_id', '=', $.scan)
    .where('id', '<=', $.highest)
    .where(sql<boolean>`id NOT IN (SELECT spell_id FROM seal_changes)`)
    .unionAll(
      db
        .selectFrom('seal_changes as before')
        .innerJoin('spells', 'spells.id', 'before.spell_id')
        .select(['spells.id', lineBefore.as('line')])
        .where('before.scan_id', '=', $.scan),
    )
    .orderBy('id'),
)

export const endpointLines = rows<{ from: number; to: number }>()((db, $) =>
  db
    .selectFrom('endpoints')
    .select(
      sql<string>`json_array(id, site_id, hex(address_key), address, port, scheme, base_path, first_seen_at)`.as(
        'line',
      ),
    )
    .where('id', '>', $.from)
    .where('id', '<=', $.to)
    .orderBy('id'),
)

export const snapshotLines = rows<{ from: number; to: number }>()((db, $) =>
  db
    .selectFrom('snapshots')
    .select(
      sql<string>`json_array(id, hex(digest), product, suspected, version, access_api, access_v1, cors, cloud_disabled, model_count)`.as(
        'line',
      ),
    )
    .where('id', '>', $.from)
    .where('id', '<=', $.to)
    .orderBy('id'),
)

export const artifactLines = rows<{ from: number; to: number }>()((db, $) =>
  db
    .selectFrom('snapshot_artifacts')
    .innerJoin('artifacts', 'artifacts.id', 'snapshot_artifacts.artifact_id')
    .select(
      sql<string>`json_array(snapshot_id, position, modified_at, hex(entry_digest), name, digest, size_bytes, format, family, families,
        parameter_size, quantization, remote_model, remote_host, context_length, listed_capabilities)`.as(
        'line',
      ),
    )
    .where('snapshot_id', '>', $.from)
    .where('snapshot_id', '<=', $.to)
    .orderBy('snapshot_id')
    .orderBy('position'),
)

export const changedSeals = rows()(db =>
  db.selectFrom('seal_changes').select('scan_id').distinct().orderBy('scan_id'),
)

export const clearSealChanges = change()(db => db.deleteFrom('seal_changes'))

export const scansByStatus = rows()(db =>
  db.selectFrom('scans').select(['id', 'status', 'started_by']).orderBy('id'),
)

/** Scans that observations newer than a given one say they are of. */
export const scansOfSpellsAbove = rows<{ id: number }>()((db, $) =>
  db.selectFrom('spells').select('last_scan_id as scan_id').distinct().where('id', '>', $.id),
)

const highest = row()(db =>
  db.selectNoFrom(select => [
    select
      .selectFrom('spells')
      .select(eb => eb.fn.max('id').as('id'))
      .as('spell'),
    select
      .selectFrom('endpoints')
      .select(eb => eb.fn.max('id').as('id'))
      .as('endpoint'),
    select
      .selectFrom('snapshots')
      .select(eb => eb.fn.max('id').as('id'))
      .as('snapshot'),
  ]),
)

/** The newest of each kind: what comes later belongs to later seals. */
export function highestIds(store: ReadableStore): { spell: number; endpoint: number; snapshot: number } {
  const found = highest(store, {})
  return { spell: found?.spell ?? 0, endpoint: found?.endpoint ?? 0, snapshot: found?.snapshot ?? 0 }
}
