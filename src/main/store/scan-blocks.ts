import { sql } from 'kysely'
import { type builder, change, row, rows } from './statement.ts'

export const addScanBlock = change<{
  scan: number
  position: number
  range: number
  site: string
  block: string
  ports: string
  authorisedBy: string
  reference: string
  validUntil: string
  targets: number
  excluded: number
}>()((db, $) =>
  db.insertInto('scan_blocks').values({
    scan_id: $.scan,
    position: $.position,
    range_id: $.range,
    site: $.site,
    block: $.block,
    ports: $.ports,
    authorised_by: $.authorisedBy,
    reference: $.reference,
    valid_until: $.validUntil,
    target_count: $.targets,
    excluded_count: $.excluded,
  }),
)

interface Counts {
  [key: string]: number
  scan: number
  position: number
  answered: number
  refused: number
  silent: number
  unreachable: number
  failed: number
}

/** Outcomes of targets in networks that are done: they add up. */
export const addDone = change<Counts>()((db, $) =>
  db
    .updateTable('scan_blocks')
    .set(eb => ({
      done_answered: eb('done_answered', '+', $.answered),
      done_refused: eb('done_refused', '+', $.refused),
      done_silent: eb('done_silent', '+', $.silent),
      done_unreachable: eb('done_unreachable', '+', $.unreachable),
      done_failed: eb('done_failed', '+', $.failed),
    }))
    .where('scan_id', '=', $.scan)
    .where('position', '=', $.position),
)

/** Outcomes so far in networks that are not done: the latest word replaces the one before. */
export const setOpen = change<Counts>()((db, $) =>
  db
    .updateTable('scan_blocks')
    .set({
      open_answered: $.answered,
      open_refused: $.refused,
      open_silent: $.silent,
      open_unreachable: $.unreachable,
      open_failed: $.failed,
    })
    .where('scan_id', '=', $.scan)
    .where('position', '=', $.position),
)

/** Forgets what was known of networks that will be visited again from the beginning. */
export const clearOpen = change<{ scan: number }>()((db, $) =>
  db
    .updateTable('scan_blocks')
    .set({
      open_answered: sql.lit(0),
      open_refused: sql.lit(0),
      open_silent: sql.lit(0),
      open_unreachable: sql.lit(0),
      open_failed: sql.lit(0),
    })
    .where('scan_id', '=', $.scan),
)

const outcome = (name: string) => sql<number>`${sql.ref(`done_${name}`)} + ${sql.ref(`open_${name}`)}`

export const blocksOfScan = rows<{ scan: number }>()((db, $) =>
  db
    .selectFrom('scan_blocks')
    .select(['position', 'range_id', 'site', 'block', 'ports', 'authorised_by', 'reference', 'valid_until'])
    .select(['target_count', 'excluded_count'])
    .select([
      outcome('answered').as('answered'),
      outcome('refused').as('refused'),
      outcome('silent').as('silent'),
      outcome('unreachable').as('unreachable'),
      outcome('failed').as('failed'),
    ])
    .where('scan_id', '=', $.scan)
    .orderBy('position'),
)
export type ScanBlockRecord = ReturnType<typeof blocksOfScan>[number]

const total = (db: typeof builder, name: string) => db.fn.sum<number>(outcome(name))

/** The sums over all blocks of a scan. */
export const coverageOfScan = row<{ scan: number }>()((db, $) =>
  db
    .selectFrom('scan_blocks')
    .select(eb => [
      eb.fn.sum<number>('target_count').as('targets'),
      eb.fn.sum<number>('excluded_count').as('excluded'),
    ])
    .select([
      total(db, 'answered').as('answered'),
      total(db, 'refused').as('refused'),
      total(db, 'silent').as('silent'),
      total(db, 'unreachable').as('unreachable'),
      total(db, 'failed').as('failed'),
    ])
    .where('scan_id', '=', $.scan),
)
