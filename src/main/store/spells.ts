import { sql } from 'kysely'
import {
  beginLook,
  type Evidence,
  endLook,
  type Reached,
  reachedBy,
  turnLook,
  turnLookAnswering,
} from './last-looks.ts'
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

/**
 * Ends the spell an endpoint is in, if it is in one, and begins another with this look. `reached`: how far that one had come,
 * where it is known; null: it is in none. `evidence`: what it answered with, if it did.
 */
export function beginSpell(
  store: WritableStore,
  begun: BegunSpell,
  evidence: Evidence | null = null,
  reached: Reached | null = reachedBy(store, begun) ?? null,
): void {
  if (reached !== null) endLook(store, reached, begun.seal)
  const spell = addSpell(store, begun).id
  const look = { ...begun, spell, isPresent: Number(begun.outcome === 'answered') }
  if (reached === null) beginLook(store, { ...look, ...(evidence ?? noEvidence) })
  else if (evidence === null) turnLook(store, look)
  else turnLookAnswering(store, { ...look, ...evidence })
}

const noEvidence: Evidence = { signals: '[]', probes: '[]', running: null }

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

export const spellsOfEndpoint = rows<{ endpoint: number }>()((db, $) =>
  db
    .selectFrom('spells')
    .leftJoin('snapshots', 'snapshots.id', 'spells.snapshot_id')
    .select(['outcome', 'first_at', 'last_at', 'scan_count', 'version', 'model_count'])
    .where('endpoint_id', '=', $.endpoint)
    .orderBy('first_at', 'desc')
    .orderBy('spells.id', 'desc'),
)
