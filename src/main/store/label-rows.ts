import { sql } from 'kysely'
import type { Disposition } from '#shared/domain/identity.ts'
import { keepSet, keepTerm } from './query-terms.ts'
import { codeOf, placeOf } from './row-facts.ts'
import { change, type WritableStore } from './statement.ts'

interface Labels {
  readonly tags: readonly string[]
  readonly note: string | null
  readonly disposition: Disposition | null
}

/**
 * Writes what people say of an instance into its row, and nothing else: a command about a hundred thousand of them must not
 * put each together anew. What the row was made of is forgotten, so that the next sight of it does.
 */
export function labelRow(store: WritableStore, id: number, { tags, note, disposition }: Labels): void {
  const { shift, mask } = placeOf('disposition')
  const { count } = writeLabels(store, {
    id,
    tags: keepSet(store, 'tag', tags),
    note: note === null ? null : keepTerm(store, 'note', note),
    others: ~(mask << shift),
    disposition: codeOf('disposition', disposition ?? 'none') << shift,
  })
  if (count > 0) forgetDigest(store, { id })
}

const writeLabels = change<{
  id: number
  tags: number
  note: number | null
  others: number
  disposition: number
}>()((db, $) =>
  db
    .updateTable('inventory_rows')
    .set({
      tag_set: $.tags,
      note_id: $.note,
      facts: sql<number>`(facts & ${$.others}) | ${$.disposition}`,
    })
    .where(
      eb => eb.refTuple('site_id', 'address_key', 'port', 'instance_id'),
      'in',
      eb =>
        eb
          .selectFrom('inventory_row_keys as key')
          .select(['key.site_id', 'key.address_key', 'key.port', 'key.instance_id'])
          .where('key.instance_id', '=', $.id)
          .$asTuple('site_id', 'address_key', 'port', 'instance_id'),
    ),
)

const forgetDigest = change<{ id: number }>()((db, $) =>
  db.updateTable('inventory_row_keys').set({ digest: sql<Uint8Array>`x''` }).where('instance_id', '=', $.id),
)
