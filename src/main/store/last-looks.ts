import { sql } from 'kysely'
import { change, row, type WritableStore } from './statement.ts'

/** A look in a scan. `seal`: the newest seal there is. */
interface InScan {
  [key: string]: Value
  scan: number
  at: number
  seal: number
}
interface Look extends InScan {
  endpoint: number
}
type Value = string | number | Uint8Array | null

/** What an answer says of itself: that of the latest is kept. */
export interface Evidence {
  [key: string]: Value
  signals: string
  probes: string | Uint8Array
  running: string | null
}

type Placeholders = Parameters<Parameters<ReturnType<typeof change<InScan>>>[0]>[1]

/** The spell goes on: how far it had reached is what the newest seal speaks of. */
const goesOn = ($: Placeholders) => ({
  before_scan_id: sql<number>`scan_id`,
  before_at: sql<number>`at`,
  scan_id: $.scan,
  at: $.at,
  scan_count: sql<number>`scan_count + 1`,
  seal_id: $.seal,
})

/** One more scan found an endpoint as it was. Twice in one scan is once. */
export const lookAgain = change<Look>()((db, $) =>
  db
    .updateTable('last_looks')
    .set(goesOn($))
    .where('endpoint_id', '=', $.endpoint)
    .where('scan_id', '<', $.scan),
)

/** One more scan found it answering as before. */
export function seeAgain(store: WritableStore, look: Look & Evidence): void {
  if (answersAgain(store, look).count === 0) keepEvidence(store, look)
}

const answersAgain = change<Look & Evidence>()((db, $) =>
  db
    .updateTable('last_looks')
    .set({ ...goesOn($), seen_at: $.at, signals: $.signals, probes: $.probes, running: $.running })
    .where('endpoint_id', '=', $.endpoint)
    .where('scan_id', '<', $.scan),
)

/** Where an endpoint is. */
interface Place {
  site: number
  addressKey: Uint8Array
  port: number
  scheme: string
  basePath: string
}

/**
 * The same, where it shows what it showed, as far as anything is derived from it, and nothing else is known at its target:
 * one statement, for nearly every observation of a daily scan. undefined: nothing was written, there is more to it.
 */
export const seeTheSame = row<InScan & Place & Evidence & { digest: Uint8Array; beside: string }>()((db, $) =>
  db
    .updateTable('last_looks')
    .set({ ...goesOn($), seen_at: $.at, signals: $.signals, probes: $.probes, running: $.running })
    .where('site_id', '=', $.site)
    .where('address_key', '=', $.addressKey)
    .where('port', '=', $.port)
    .where('scheme', '=', $.scheme)
    .where('base_path', '=', $.basePath)
    .where('scan_id', '<', $.scan)
    .where('is_present', '=', sql.lit(1))
    .where('digest', '=', $.digest)
    .where('beside', '=', $.beside)
    // A clock that was set back: what was seen last is looked at anew.
    .where('seen_at', '<=', $.at)
    .where('is_alone', '=', sql.lit(1))
    .returning(['endpoint_id', 'snapshot_id', 'instance_id']),
)

/** Seen once more by the same scan. */
const keepEvidence = change<{ endpoint: number; at: number } & Evidence>()((db, $) =>
  db
    .updateTable('last_looks')
    .set({ seen_at: $.at, signals: $.signals, probes: $.probes, running: $.running })
    .where('endpoint_id', '=', $.endpoint),
)

/** All that anything is derived from has been written: what shows the same again needs no more than this row. */
export const confirmLook = change<{
  endpoint: number
  snapshot: number
  digest: Uint8Array
  beside: string
  instance: number
}>()((db, $) =>
  db
    .updateTable('last_looks')
    .set({ snapshot_id: $.snapshot, digest: $.digest, beside: $.beside, instance_id: $.instance })
    .where('endpoint_id', '=', $.endpoint),
)

/** The first look at an endpoint. */
export const beginLook = change<Look & Evidence & { spell: number; isPresent: number }>()((db, $) =>
  db
    .insertInto('last_looks')
    .columns([
      ...(['site_id', 'address_key', 'port', 'scheme', 'base_path', 'endpoint_id', 'spell_id'] as const),
      ...(['scan_id', 'at', 'seal_id', 'scan_count', 'is_present', 'seen_at'] as const),
      ...(['signals', 'probes', 'running'] as const),
    ])
    .expression(
      db
        .selectFrom('endpoints')
        .select(['site_id', 'address_key', 'port', 'scheme', 'base_path', 'id'])
        .select([$.spell.as('spell'), $.scan.as('scan'), $.at.as('at'), $.seal.as('seal')])
        .select([sql.lit(1).as('count'), $.isPresent.as('is_present'), $.at.as('seen')])
        .select([$.signals.as('signals'), $.probes.as('probes'), $.running.as('running')])
        .where('id', '=', $.endpoint),
    ),
)

const turned = (
  $: Placeholders & { readonly spell: Placeholders['scan']; readonly isPresent: Placeholders['scan'] },
) => ({
  ...{ spell_id: $.spell, scan_id: $.scan, at: $.at, seal_id: $.seal, is_present: $.isPresent },
  ...{ scan_count: sql.lit(1), before_scan_id: sql.lit(null), before_at: sql.lit(null) },
})

/** The first look of another spell. */
export const turnLook = change<Look & { spell: number; isPresent: number }>()((db, $) =>
  db.updateTable('last_looks').set(turned($)).where('endpoint_id', '=', $.endpoint),
)

/** The same where it answered. */
export const turnLookAnswering = change<Look & Evidence & { spell: number; isPresent: number }>()((db, $) =>
  db
    .updateTable('last_looks')
    .set({ ...turned($), seen_at: $.at, signals: $.signals, probes: $.probes, running: $.running })
    .where('endpoint_id', '=', $.endpoint),
)

/** What a scan saw no change of is judged anew all the same where a finding waits for a scan to confirm it. */
export const markLooked = change<{ scan: number }>()((db, $) =>
  db
    .insertInto('stale_instances')
    .columns(['instance_id'])
    .expression(
      db
        .selectFrom('findings')
        .innerJoin('instance_endpoints as link', 'link.instance_id', 'findings.instance_id')
        .innerJoin('last_looks as look', 'look.endpoint_id', 'link.endpoint_id')
        .select('link.instance_id')
        .where('findings.status', '=', sql.lit('awaiting-verification'))
        .where('link.unlinked_at', 'is', null)
        .where('look.scan_id', '=', $.scan),
    )
    .orIgnore(),
)

/** How far the spell an endpoint is in has reached. */
export const reachedBy = row<{ endpoint: number }>()((db, $) =>
  db
    .selectFrom('last_looks')
    .select(['spell_id', 'scan_id', 'at', 'scan_count', 'seal_id', 'before_scan_id', 'before_at'])
    .where('endpoint_id', '=', $.endpoint),
)
export type Reached = NonNullable<ReturnType<typeof reachedBy>>

/** Brings the spell an endpoint is in up to date, because it ends. */
export function endLook(store: WritableStore, look: Reached, seal: number): void {
  const { spell_id: spell, scan_count: count, before_scan_id: scan, before_at: at } = look
  endSpell(store, { spell, scan: look.scan_id, at: look.at, count })
  // Where the running scan had extended it, what the newest seal says of it is kept beside it.
  if (look.seal_id === seal && scan !== null)
    keepSealed(store, { spell, scan, at: at ?? 0, count: count - 1 })
}

interface Ended {
  [key: string]: Value
  spell: number
  scan: number
  at: number
  count: number
}

const endSpell = change<Ended>()((db, $) =>
  db
    .updateTable('spell_records')
    .set({ last_scan_id: $.scan, last_at: $.at, scan_count: $.count })
    .where('id', '=', $.spell),
)

const keepSealed = change<Ended>()((db, $) =>
  db
    .insertInto('seal_changes')
    .values({ spell_id: $.spell, scan_id: $.scan, last_at: $.at, scan_count: $.count }),
)
