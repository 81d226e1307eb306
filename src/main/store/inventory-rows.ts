import { type RawBuilder, sql } from 'kysely'
import { formatAddressPort } from '#shared/domain/address.ts'
import type { Presence } from '#shared/domain/exposure.ts'
import type { QueryRow } from '#shared/query/query-row.ts'
import { type Columns, columnsOf, digestOf, furtherPlaces } from './inventory-columns.ts'
import { addressKeyOf } from './keys.ts'
import { dropDictionary } from './query-terms.ts'
import { riskOf } from './risks.ts'
import { codeOf, placeOf } from './row-facts.ts'
import { change, type ReadableStore, row, type WritableStore } from './statement.ts'

/** Writes what queries see of an instance at a site, and says whether it changed: then call `raiseVersion`. */
export function keepRow(store: WritableStore, site: number, seen: QueryRow): boolean {
  const digest = digestOf(site, seen)
  const lastSeenAt = Date.parse(seen.lastSeenAt)
  const known = keyOfRow(store, { id: seen.id })
  if (known !== undefined && digest.equals(known.digest))
    return seeRow(store, { id: seen.id, at: lastSeenAt, presence: presenceBits(seen.presence) }).count > 0
  const place = { id: seen.id, site, addressKey: addressKeyOf(seen.address), port: seen.port, lastSeenAt }
  const isInPlace =
    known?.site_id === site && known.port === seen.port && place.addressKey.equals(known.address_key)
  if (known !== undefined && !isInPlace) removeRow(store, { id: seen.id })
  if (known !== undefined) removePlaces(store, { id: seen.id })
  const profile = riskOf(store, { instance: seen.id })?.profile_id ?? null
  const row = { ...place, ...columnsOf(store, seen), score: seen.score, profile }
  if (isInPlace) updateRow(store, row)
  else addRow(store, row)
  for (const { address, port } of furtherPlaces(seen)) {
    const addressKey = addressKeyOf(address)
    addPlace(store, { id: seen.id, addressKey, port, place: formatAddressPort(address, port) })
  }
  keepKey(store, { ...place, digest })
  return true
}

/** Writes what queries see of an instance's risk, once it is judged. */
export function assessRow(
  store: WritableStore,
  risk: { readonly id: number; readonly profile: number; readonly score: number; readonly level: string },
): void {
  const { shift, mask } = placeOf('risk')
  const { id, profile, score, level } = risk
  setRisk(store, { id, profile, score, keep: ~(mask << shift), code: codeOf('risk', level) << shift })
  raiseVersion(store, {})
}

/** Takes an instance out of what queries see. */
export function dropRow(store: WritableStore, id: number): void {
  if (keyOfRow(store, { id }) === undefined) return
  forgetRow(store, id)
  dropKey(store, { id })
  raiseVersion(store, {})
}

/** Takes all rows out, to build them anew, and with them the names nobody uses any more. */
export function dropRows(store: WritableStore): void {
  dropAllRows(store, {})
  dropAllPlaces(store, {})
  dropAllKeys(store, {})
  dropDictionary(store)
  raiseVersion(store, {})
}

export const inventoryState = row()(db => db.selectFrom('inventory_state').select(['version', 'layout']))

export const setLayout = change<{ layout: number }>()((db, $) =>
  db.updateTable('inventory_state').set({ layout: $.layout }),
)

/** Rises whenever a row changes: two answers with the same number saw the same. */
export function dataVersion(store: ReadableStore): number {
  return inventoryState(store, {})?.version ?? 0
}

interface Place {
  [key: string]: string | number | Uint8Array | null
  id: number
  site: number
  addressKey: Uint8Array
  port: number
  lastSeenAt: number
}

type RowArguments = Place & Columns & { score: number | null; profile: number | null }
type Placeholders = Parameters<Parameters<ReturnType<typeof change<RowArguments>>>[0]>[1]

const rowColumns = ($: Placeholders) => ({
  facts: $.facts,
  confidence: $.confidence,
  first_seen_at: $.firstSeenAt,
  last_seen_at: $.lastSeenAt,
  model_count: $.modelCount,
  size_min: $.sizeMin,
  size_max: $.sizeMax,
  version_id: $.version,
  owner_id: $.owner,
  note_id: $.note,
  family_set: $.family,
  quantization_set: $.quantization,
  parameters_set: $.parameters,
  capability_set: $.capability,
  remote_set: $.remote,
  running_set: $.running,
  tag_set: $.tag,
  host_set: $.host,
  model_set: $.model,
  digest_set: $.digestSet,
  place: $.place,
  score: $.score,
  profile_id: $.profile,
})

const addRow = change<RowArguments>()((db, $) =>
  db.insertInto('inventory_rows').values({
    ...{ site_id: $.site, address_key: $.addressKey, port: $.port, instance_id: $.id },
    ...rowColumns($),
  }),
)

const updateRow = change<RowArguments>()((db, $) =>
  db
    .updateTable('inventory_rows')
    .set(rowColumns($))
    .where('site_id', '=', $.site)
    .where('address_key', '=', $.addressKey)
    .where('port', '=', $.port)
    .where('instance_id', '=', $.id),
)

/** An instance as it was seen at an instant, where its row should lie: that of the endpoint it is named after. */
interface RowHere {
  [key: string]: string | number | Uint8Array
  id: number
  site: number
  addressKey: Uint8Array
  port: number
  at: number
}

/** Seen again at the place it is named after, and nothing else about it is new. Call `raiseVersion` after the last of them. */
export const seeRowHere = change<RowHere>()((db, $) =>
  db
    .updateTable('inventory_rows')
    .set({ last_seen_at: $.at })
    .where('site_id', '=', $.site)
    .where('address_key', '=', $.addressKey)
    .where('port', '=', $.port)
    .where('instance_id', '=', $.id)
    .where('last_seen_at', '<', $.at),
)

/** The same wherever its row lies. */
export const seeRowAgain = change<{ id: number; at: number }>()((db, $) =>
  db
    .updateTable('inventory_rows')
    .set({ last_seen_at: $.at })
    .where('last_seen_at', '<', $.at)
    .where(isRowOf($.id)),
)

const presencePlace = placeOf('presence')
const withPresence = (bits: RawBuilder<number>) =>
  sql<number>`(facts & ${sql.lit(~(presencePlace.mask << presencePlace.shift))}) | ${bits}`

function presenceBits(presence: Presence): number {
  return codeOf('presence', presence) << presencePlace.shift
}

const seeRow = change<{ id: number; at: number; presence: number }>()((db, $) =>
  db
    .updateTable('inventory_rows')
    .set({ last_seen_at: $.at, facts: withPresence($.presence) })
    .where(eb => eb.or([eb('last_seen_at', '!=', $.at), eb('facts', '!=', withPresence($.presence))]))
    .where(isRowOf($.id)),
)

/** Only whether it is there has changed; `at`: when it was last seen, if it was. Call `raiseVersion` after the last of them. */
export function showPresence(
  store: WritableStore,
  { presence, ...row }: RowHere & { readonly presence: Presence },
): void {
  const shown = { ...row, presence: presenceBits(presence) }
  // Named after another of its ways in.
  if (setPresenceHere(store, shown).count === 0) setRowPresence(store, shown)
}

const presenceShown = ($: { readonly at: RawBuilder<number>; readonly presence: RawBuilder<number> }) => ({
  last_seen_at: sql<number>`max(last_seen_at, ${$.at})`,
  facts: withPresence($.presence),
})

const setPresenceHere = change<RowHere & { presence: number }>()((db, $) =>
  db
    .updateTable('inventory_rows')
    .set(presenceShown($))
    .where('site_id', '=', $.site)
    .where('address_key', '=', $.addressKey)
    .where('port', '=', $.port)
    .where('instance_id', '=', $.id),
)

const setRowPresence = change<{ id: number; at: number; presence: number }>()((db, $) =>
  db.updateTable('inventory_rows').set(presenceShown($)).where(isRowOf($.id)),
)

/** Whether a row (`seen`) lies where the key of its instance (`key`) says. */
export const liesAtKey = sql<boolean>`seen.site_id = key.site_id AND seen.address_key = key.address_key
  AND seen.port = key.port AND seen.instance_id = key.instance_id`

/** Rows lie in the order they are listed in: where one lies is looked up. */
function isRowOf(id: RawBuilder<number>) {
  return sql<boolean>`(site_id, address_key, port, instance_id) IN
    (SELECT site_id, address_key, port, instance_id FROM inventory_row_keys WHERE instance_id = ${id})`
}

function forgetRow(store: WritableStore, id: number): void {
  removeRow(store, { id })
  removePlaces(store, { id })
}

const removeRow = change<{ id: number }>()((db, $) => db.deleteFrom('inventory_rows').where(isRowOf($.id)))

const setRisk = change<{ id: number; profile: number; score: number; keep: number; code: number }>()(
  (db, $) =>
    db
      .updateTable('inventory_rows')
      .set({ profile_id: $.profile, score: $.score, facts: sql<number>`(facts & ${$.keep}) | ${$.code}` })
      .where(isRowOf($.id)),
)

const removePlaces = change<{ id: number }>()((db, $) =>
  db.deleteFrom('inventory_places').where('instance_id', '=', $.id),
)

const addPlace = change<{ id: number; addressKey: Uint8Array; port: number; place: string }>()((db, $) =>
  db
    .insertInto('inventory_places')
    .values({ instance_id: $.id, address_key: $.addressKey, port: $.port, place: $.place }),
)

const keyOfRow = row<{ id: number }>()((db, $) =>
  db
    .selectFrom('inventory_row_keys')
    .select(['digest', 'site_id', 'address_key', 'port'])
    .where('instance_id', '=', $.id),
)

const keepKey = change<Place & { digest: Uint8Array }>()((db, $) =>
  db
    .insertInto('inventory_row_keys')
    .values({
      instance_id: $.id,
      site_id: $.site,
      address_key: $.addressKey,
      port: $.port,
      digest: $.digest,
    })
    .onConflict(conflict =>
      conflict.column('instance_id').doUpdateSet({
        site_id: $.site,
        address_key: $.addressKey,
        port: $.port,
        digest: $.digest,
      }),
    ),
)

const dropKey = change<{ id: number }>()((db, $) =>
  db.deleteFrom('inventory_row_keys').where('instance_id', '=', $.id),
)

const dropAllRows = change()(db => db.deleteFrom('inventory_rows'))
const dropAllPlaces = change()(db => db.deleteFrom('inventory_places'))
const dropAllKeys = change()(db => db.deleteFrom('inventory_row_keys'))

export const raiseVersion = change()((db, _) =>
  db.updateTable('inventory_state').set(eb => ({ version: eb('version', '+', eb.lit(1)) })),
)
