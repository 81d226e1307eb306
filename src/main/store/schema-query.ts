import type { Generated } from 'kysely'

/** The tables of migration 0020 as the query builder sees them. */
type Id = Generated<number>
type Blob = Uint8Array

interface QueryTerms {
  id: Id
  field: string
  text: string
  folded: string
}

interface QueryWords {
  rowid: Id
  folded: Generated<string>
  /** Commands to the index. */
  query_words: Generated<string>
}

interface QuerySets {
  id: Id
  field: string
  digest: Blob
  members: string
}

interface QuerySetTerms {
  term_id: number
  set_id: number
}

interface InventoryRows {
  site_id: number
  address_key: Blob
  port: number
  instance_id: number
  facts: number
  confidence: number
  first_seen_at: number
  last_seen_at: number
  model_count: number | null
  size_min: number | null
  size_max: number | null
  version_id: number | null
  owner_id: number | null
  note_id: number | null
  family_set: number | null
  quantization_set: number | null
  parameters_set: number | null
  capability_set: number | null
  remote_set: number | null
  running_set: number | null
  tag_set: number
  host_set: number
  model_set: number | null
  digest_set: number | null
  place: string
  score: number | null
  profile_id: number | null
}

interface InventoryRowKeys {
  instance_id: number
  site_id: number
  address_key: Blob
  port: number
  digest: Blob
}

interface InventoryPlaces {
  instance_id: number
  address_key: Blob
  port: number
  place: string
}

interface InventoryState {
  id: number
  version: number
  layout: number | null
}

interface Views {
  id: Id
  name: string
  query: string
  sort: string
  columns: string | null
  saved_at: number
  saved_by: string
}

/** Made by a module of SQLite: a test of columns leaves it out. */
interface VirtualTables {
  query_words: QueryWords
}

export interface QueryTables extends VirtualTables {
  query_terms: QueryTerms
  query_sets: QuerySets
  query_set_terms: QuerySetTerms
  inventory_rows: InventoryRows
  inventory_row_keys: InventoryRowKeys
  inventory_places: InventoryPlaces
  inventory_state: InventoryState
  views: Views
}
