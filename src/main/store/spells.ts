import { sql } from 'kysely'
import { beginLook, endLook } from './last-looks.ts'
import { change, rows, type WritableStore } from './statement.ts'

/** A spell as it begins. `snapshot`: what it shows; `seal`: the newest seal there is. */
export interface BegunSpell {
  [key: string]: string | number | Uint8Array | null
  endpoint: number
  outcome: string
  snapshot: number | null
  scan: number
  at: number
  seal: number
}

/** Ends the spell an endpoint is in, if it is in one, and begins another with this look. */
export function beginSpell(store: WritableStore, begun: BegunSpell): void {
  endLook(store, begun)
  const spell = addSpell(store, begun).id
  beginLook(store, { ...begun, spell, isPresent: Number(begun.outcome === 'answered') })
  setSpell(store, { endpoint: begun.endpoint, spell })
}

const addSpell = change<BegunSpell>()((db, $) =>
  db.insertInto('spell_records').values({
    endpoint_id: $.endpoint,
    outcome: $.outcome,
    snapshot_id: $.snapshot,
    first_scan_id: $.scan,
    last_scan_id: $.scan,
    first_at: $.at,
    last_at: $.at,
    scan_count: sql.lit(0),
  }),
)

const setSpell = change<{ endpoint: number; spell: number }>()((db, $) =>
  db.updateTable('endpoints').set({ spell_id: $.spell }).where('id', '=', $.endpoint),
)

export const spellsOfEndpoint = rows<{ endpoint: number }>()((db, $) =>
  db
    .selectFrom('spells')
    .leftJoin('snapshots', 'snapshots.id', 'spells.snapshot_id')
    .select(['outcome', 'first_at', 'last_at', 'scan_count', 'version', 'model_count'])
    .where('endpoint_id', '=', $.endpoint)
    .orderBy('first_at', 'desc')
    .orderBy('spells.id', 'desc'),
)
