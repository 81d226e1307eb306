import { sql } from 'kysely'
import { type builder, change, row, rows } from './statement.ts'

export const addScan = change<{
  at: number
  by: string
  vantage: number | null
  plan: string
  plannedRanges: string
  targets: number
  excluded: number
  networksDone: Uint8Array
}>()((db, $) =>
  db.insertInto('scans').values({
    status: sql.lit('running'),
    started_at: $.at,
    finished_at: $.at,
    started_by: $.by,
    vantage_id: $.vantage,
    plan: $.plan,
    planned_ranges: $.plannedRanges,
    target_count: $.targets,
    excluded_count: $.excluded,
    networks_done: $.networksDone,
  }),
)

/** What a batch adds to a scan. */
export const advanceScan = change<{
  id: number
  at: number
  answered: number
  refused: number
  silent: number
  unreachable: number
  failed: number
  seen: number
  new: number
  changed: number
  missing: number
  requests: string
  networksDone: Uint8Array
}>()((db, $) =>
  db
    .updateTable('scans')
    .set(eb => ({
      finished_at: $.at,
      answered: eb('answered', '+', $.answered),
      refused: eb('refused', '+', $.refused),
      silent: eb('silent', '+', $.silent),
      unreachable: eb('unreachable', '+', $.unreachable),
      failed: eb('failed', '+', $.failed),
      seen_count: eb('seen_count', '+', $.seen),
      new_count: eb('new_count', '+', $.new),
      changed_count: eb('changed_count', '+', $.changed),
      missing_count: eb('missing_count', '+', $.missing),
      requests: $.requests,
      networks_done: $.networksDone,
    }))
    .where('id', '=', $.id),
)

export const endScan = change<{ id: number; at: number; status: string; reason: string | null }>()((db, $) =>
  db
    .updateTable('scans')
    .set({ status: $.status, reason: $.reason, finished_at: $.at })
    .where('id', '=', $.id),
)

/** Scans nobody runs any more, because their process ended: stopped, with the coverage they had. */
export const stopAbandonedScans = change<{ reason: string }>()((db, $) =>
  db
    .updateTable('scans')
    .set({ status: sql.lit('stopped'), reason: $.reason })
    .where('status', '=', sql.lit('running')),
)

const scans = (db: typeof builder) =>
  db
    .selectFrom('scans')
    .leftJoin('vantages', 'vantages.id', 'scans.vantage_id')
    .selectAll('scans')
    .select(['fingerprint', 'interface', 'prefix', 'gateway', 'gateway_hardware', 'dns_suffix', 'vpn'])

export const listScans = rows<{ limit: number }>()((db, $) =>
  scans(db).orderBy('scans.id', 'desc').limit($.limit),
)

export const scanById = row<{ id: number }>()((db, $) => scans(db).where('scans.id', '=', $.id))
export type ScanRecord = ReturnType<typeof listScans>[number]
