import { sql } from 'kysely'
import { type builder, change, row, rows } from './statement.ts'

export const addScan = change<{
  at: number
  by: string
  vantage: number | null
  advisoryEdition: number
  plan: string
  networksDone: Uint8Array
}>()((db, $) =>
  db.insertInto('scans').values({
    status: sql.lit('running'),
    started_at: $.at,
    finished_at: $.at,
    started_by: $.by,
    vantage_id: $.vantage,
    advisory_edition_id: $.advisoryEdition,
    plan: $.plan,
    networks_done: $.networksDone,
  }),
)

/** Brings a running scan up to date: all figures are totals. */
export const advanceScan = change<{
  id: number
  at: number
  durationMs: number
  seen: number
  new: number
  changed: number
  missing: number
  requests: string
  networksDone: Uint8Array
  tarpits: string
}>()((db, $) =>
  db
    .updateTable('scans')
    .set({
      finished_at: $.at,
      duration_ms: $.durationMs,
      seen_count: $.seen,
      new_count: $.new,
      changed_count: $.changed,
      missing_count: $.missing,
      requests: $.requests,
      networks_done: $.networksDone,
      tarpits: $.tarpits,
    })
    .where('id', '=', $.id),
)

export const setScanStatus = change<{ id: number; at: number; status: string; reason: string | null }>()(
  (db, $) =>
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
