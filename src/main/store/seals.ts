import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Tables } from './schema.ts'
import { type builder, type ReadableStore, row, rows, stream } from './statement.ts'

/**
 * Lines a seal speaks of, always in the same order and the same words: what a spell's line says must never change.
 * `scan`, `at` and `count`: how far the spell reaches.
 */
export const lineOf = (scan: string, at: string, count: string) =>
  sql<string>`json_array(spell.id, spell.endpoint_id, outcome, spell.snapshot_id, first_scan_id, ${sql.raw(scan)}, first_at, ${sql.raw(at)}, ${sql.raw(count)})`

type Lines = SelectQueryBuilder<Tables, never, { scan: number; id: number; line: string }>

/** All lines of a scan as one text: as many rows take several times as long. */
function together(db: typeof builder, lines: Lines) {
  return db
    .selectFrom(lines.as('line'))
    .select(['scan', sql<number>`count(*)`.as('count')])
    .select(sql<string>`group_concat(line.line, char(10) ORDER BY line.id)`.as('text'))
    .groupBy('scan')
}

export const those = (scans: RawBuilder<string>) => sql<number>`(SELECT value FROM json_each(${scans}))`

/** The spells each of some scans (ids as JSON) was the last to see. */
export const spellLines = stream<{ scans: string }>()((db, $) =>
  together(
    db,
    db
      .selectFrom('last_looks as look')
      .innerJoin('spell_records as spell', 'spell.id', 'look.spell_id')
      .select([
        'look.scan_id as scan',
        'spell.id',
        lineOf('look.scan_id', 'look.at', 'look.scan_count').as('line'),
      ])
      .where('look.scan_id', 'in', those($.scans))
      .unionAll(ended(db, $.scans)),
  ),
)

/** Spells that are over. */
function ended(db: typeof builder, scans: RawBuilder<string>) {
  return db
    .selectFrom('spell_records as spell')
    .select(['last_scan_id as scan', 'spell.id', lineOf('last_scan_id', 'last_at', 'scan_count').as('line')])
    .where('last_scan_id', 'in', those(scans))
    .where('scan_count', '>', sql.lit(0))
}

/**
 * The same as the newest seal (`seal`) left them, while a running scan is changing them: what it extends is told by how far
 * it had reached before, what it begins (above `highest`) not at all.
 */
export const sealedSpellLines = stream<{ scans: string; highest: number; seal: number }>()((db, $) => {
  const goesOn = sql<boolean>`look.seal_id = ${$.seal} AND look.before_scan_id NOT NULL`
  const changed = db.selectFrom('seal_changes').select('spell_id')
  const now = db
    .selectFrom('last_looks as look')
    .innerJoin('spell_records as spell', 'spell.id', 'look.spell_id')
    .where('spell.id', '<=', $.highest)
    .where('spell.id', 'not in', changed)
  const before = lineOf('look.before_scan_id', 'look.before_at', 'look.scan_count - 1')
  return together(
    db,
    now
      .select([
        'look.scan_id as scan',
        'spell.id',
        lineOf('look.scan_id', 'look.at', 'look.scan_count').as('line'),
      ])
      .where('look.scan_id', 'in', those($.scans))
      .where(sql<boolean>`NOT (${goesOn})`)
      .unionAll(
        now
          .select([sql<number>`look.before_scan_id`.as('scan'), 'spell.id', before.as('line')])
          .where('look.before_scan_id', 'in', those($.scans))
          .where(goesOn),
      )
      .unionAll(ended(db, $.scans).where('spell.id', '<=', $.highest).where('spell.id', 'not in', changed))
      .unionAll(
        db
          .selectFrom('seal_changes as before')
          .innerJoin('spell_records as spell', 'spell.id', 'before.spell_id')
          .select(['before.scan_id as scan', 'spell.id'])
          .select(lineOf('before.scan_id', 'before.last_at', 'before.scan_count').as('line'))
          .where('before.scan_id', 'in', those($.scans)),
      ),
  )
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
