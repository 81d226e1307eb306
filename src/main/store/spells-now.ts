import type { JoinBuilder } from 'kysely'
import type { Tables } from './schema.ts'

/**
 * Joins a spell with its endpoint where that is in it now. Both columns, though the second would do: by the first alone,
 * every endpoint there is would be looked through for the few of one scan.
 */
export function isNow(join: JoinBuilder<Tables, 'endpoints' | 'spells'>) {
  return join.onRef('endpoints.id', '=', 'spells.endpoint_id').onRef('endpoints.spell_id', '=', 'spells.id')
}
