import { sql } from 'kysely'
import { lineOf, those } from './seals.ts'
import { change, rows, tuples } from './statement.ts'

/**
 * What a seal says of a spell, and in the set of which scan: now, and, where the running scan changed it, as the newest seal
 * left it.
 */
export type SpelledOut = readonly [
  id: number | null,
  scan: number | null,
  line: string | null,
  scanBefore: number | null,
  lineBefore: string | null,
]

const nothing = sql<null>`NULL`
const lineNow = lineOf('look.scan_id', 'look.at', 'look.scan_count')
const lineBefore = lineOf('look.before_scan_id', 'look.before_at', 'look.scan_count - 1')
const whereSealed = sql<string | null>`CASE WHEN look.before_scan_id NOT NULL THEN ${lineBefore} END`

/** Looks since the newest seal (`seal`). A spell somebody took away has no number. */
export const looksSince = tuples<SpelledOut, { seal: number }>()((db, $) =>
  db
    .selectFrom('last_looks as look')
    .leftJoin('spell_records as spell', 'spell.id', 'look.spell_id')
    .select(['spell.id', 'look.scan_id', lineNow.as('line')])
    .select(['look.before_scan_id', whereSealed.as('before')])
    .where('look.seal_id', '=', $.seal),
)

/** Looks of some scans (ids as JSON) that are older: nobody has looked there since. */
export const looksLeft = tuples<SpelledOut, { scans: string; seal: number }>()((db, $) =>
  db
    .selectFrom('last_looks as look')
    .innerJoin('spell_records as spell', 'spell.id', 'look.spell_id')
    .select(['spell.id', 'look.scan_id', lineNow.as('line'), nothing.as('scan'), nothing.as('before')])
    .where('look.scan_id', 'in', those($.scans))
    .where('look.seal_id', '<>', $.seal),
)

/** Spells that are over, which some scans were the last to see. */
export const spellsEnded = tuples<SpelledOut, { scans: string }>()((db, $) =>
  db
    .selectFrom('spell_records as spell')
    .select(['spell.id', 'last_scan_id', lineOf('last_scan_id', 'last_at', 'scan_count').as('line')])
    .select([nothing.as('scan'), nothing.as('before')])
    .where('last_scan_id', 'in', those($.scans))
    .where('scan_count', '>', sql.lit(0)),
)

/** Spells a running scan ended after it had extended them, as the newest seal left them. */
export const spellsBefore = tuples<SpelledOut>()(db =>
  db
    .selectFrom('seal_changes as before')
    .innerJoin('spell_records as spell', 'spell.id', 'before.spell_id')
    .select(['spell.id', nothing.as('scan'), nothing.as('now'), 'before.scan_id'])
    .select(lineOf('before.scan_id', 'before.last_at', 'before.scan_count').as('line')),
)

/** Which these are: of a spell that was taken away as well. */
export const sealChanges = rows()(db => db.selectFrom('seal_changes').select(['spell_id', 'scan_id']))

export const clearSealChanges = change()(db => db.deleteFrom('seal_changes'))
