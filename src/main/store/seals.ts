import { sql } from 'kysely'
import { change, type ReadableStore, row, rows, stream } from './statement.ts'

/**
 * Lines a seal speaks of, always in the same order and the same words: what a spell's line says must never change.
 * `scan`, `at` and `count`: how far the spell reaches.
 */
const line = (scan: string, at: string, count: string) =>
  sql<string>`json_array(spell.id, spell.endpoint_id, outcome, spell.snapshot_id, first_scan_id, ${sql.raw(scan)}, first_at, ${sql.raw(at)}, ${sql.raw(count)})`

/** The spells each of some scans (ids as JSON) was the last to see, scan by scan. */
export const spellLines = stream<{ scans: string }>()((db, $) =>
  db
    .selectFrom('last_looks as look')
    .innerJoin('spell_records as spell', 'spell.id', 'look.spell_id')
    .select(['look.scan_id as scan', 'spell.id', line('look.scan_id', 'look.at', 'look.scan_count').as('line')])
    .where('look.scan_id', 'in', sql<number>`(SELECT value FROM json_each(${$.scans}))`)
    .unionAll(
      db
        .selectFrom('spell_records as spell')
        .select(['last_scan_id as scan', 'spell.id', line('last_scan_id', 'last_at', 'scan_count').as('line')])
        .where('last_scan_id', 'in', sql<number>`(SELECT value FROM json_each(${$.scans}))`)
        .where('scan_count', '>', sql.lit(0)),
    )
    .orderBy('scan')
    .orderBy('id'),
)

/**
 * The same as the newest seal (`seal`) left them, while a running scan is changing them: what it extends is told by how far
 * it had reached before, what it begins (above `highest`) not at all.
 */
export const sealedSpellLines = stream<{ scans: string; highest: number; seal: number }>()((db, $) => {
  const scans = sql<number>`(SELECT value FROM json_each(${$.scans}))`
  const goesOn = sql<boolean>`look.seal_id = ${$.seal} AND look.before_scan_id NOT NULL`
  const now = db
    .selectFrom('last_looks as look')
    .innerJoin('spell_records as spell', 'spell.id', 'look.spell_id')
    .where('spell.id', '<=', $.highest)
    .where('spell.id', 'not in', db.selectFrom('seal_changes').select('spell_id'))
  return now
    .select(['look.scan_id as scan', 'spell.id', line('look.scan_id', 'look.at', 'look.scan_count').as('line')])
    .where('look.scan_id', 'in', scans)
    .where(sql<boolean>`NOT (${goesOn})`)
    .unionAll(
      now
        .select(sql<number>`look.before_scan_id`.as('scan'))
        .select(['spell.id', line('look.before_scan_id', 'look.before_at', 'look.scan_count - 1').as('line')])
        .where('look.before_scan_id', 'in', scans)
        .where(goesOn),
    )
    .unionAll(
      db
        .selectFrom('spell_records as spell')
        .select(['last_scan_id as scan', 'spell.id', line('last_scan_id', 'last_at', 'scan_count').as('line')])
        .where('last_scan_id', 'in', scans)
        .where('spell.id', '<=', $.highest)
        .where('scan_count', '>', sql.lit(0))
        .where('spell.id', 'not in', db.selectFrom('seal_changes').select('spell_id')),
    )
    .unionAll(
      db
        .selectFrom('seal_changes as before')
        .innerJoin('spell_records as spell', 'spell.id', 'before.spell_id')
        .select(['before.scan_id as scan', 'spell.id'])
        .select(line('before.scan_id', 'before.last_at', 'before.scan_count').as('line'))
        .where('before.scan_id', 'in', scans),
    )
    .orderBy('scan')
    .orderBy('id')
})

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

/** Scans whose spells were extended since the newest seal (`seal`). */
export const changedSeals = rows<{ seal: number }>()((db, $) =>
  db
    .selectFrom('last_looks')
    .select(sql<number>`before_scan_id`.as('scan_id'))
    .where('seal_id', '=', $.seal)
    .where('before_scan_id', 'is not', null)
    .union(db.selectFrom('seal_changes').select('scan_id'))
    .orderBy('scan_id'),
)

/** The entry of the newest seal of a scan. */
export const newestSeal = row()(db =>
  db
    .selectFrom('audit_entries')
    .select(eb => eb.fn.max('id').as('id'))
    .where('command', '=', sql.lit('scan.sealed')),
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
      .selectFrom('spell_records')
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
