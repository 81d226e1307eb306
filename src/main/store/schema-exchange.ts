import type { Generated } from 'kysely'

/** The tables of exchange as the query builder sees them. JSON columns hold text. */
type Id = Generated<number>
type Blob = Uint8Array

interface Imports {
  id: Id
  at: number
  actor: string
  file: string
  digest: string | null
  format: string
  state: string
  read_count: Generated<number>
  stored_count: Generated<number>
  rejected_count: Generated<number>
  about: string | null
  owner_import_id: number | null
  undone_at: number | null
  undone_by: string | null
}

interface ImportRejects {
  import_id: number
  position: number
  line: number
  reason: string
  text: string
}

interface Candidates {
  site_id: number
  address_key: Blob
  port: number
  import_id: number
  address: string
  source: string
  service: string | null
  seen_at: number | null
  scan_id: number | null
}

interface ProposedRanges {
  id: Id
  import_id: number
  site: string
  first_key: Blob
  last_key: Blob
  block: string
  zone: string | null
  contact: string
  note: string
  state: string
  range_id: number | null
  decided_at: number | null
  decided_by: string | null
}

interface ImportTags {
  import_id: number
  instance_id: number
  tag: string
}

interface Webhooks {
  id: Id
  url: string
  secret: string
  least_severity: string
  personal: number
  created_at: number
  created_by: string
  removed_at: number | null
}

interface WebhookDeliveries {
  id: Id
  webhook_id: number
  finding_event_id: number | null
  at: number
  attempts: Generated<number>
  next_at: number
  state: string
  problem: string | null
}

export interface ExchangeTables {
  imports: Imports
  import_rejects: ImportRejects
  candidates: Candidates
  proposed_ranges: ProposedRanges
  import_tags: ImportTags
  webhooks: Webhooks
  webhook_deliveries: WebhookDeliveries
}
