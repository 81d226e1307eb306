import type { Generated } from 'kysely'
import type { CapabilityClaims, ModelLicences } from './schema-claims.ts'
import type { ExchangeTables } from './schema-exchange.ts'
import type { GovernanceTables } from './schema-governance.ts'
import type { HistoryTables } from './schema-history.ts'
import type { QueryTables } from './schema-query.ts'
import type { ReportTables } from './schema-reports.ts'
import type { RiskTables } from './schema-risk.ts'

/** The tables as the query builder sees them; a test compares them with the real ones. JSON columns hold text. */
type Id = Generated<number>
type Blob = Uint8Array

interface Settings {
  name: string
  value: string
}

interface Sites {
  id: Id
  name: string
  reverse_dns: Generated<number>
  created_at: number
}

interface Ranges {
  id: Id
  site_id: number
  first_key: Blob
  last_key: Blob
  block: string
  zone: string
  ports: string
  exclusions: string
  authorised_by: string
  reference: string
  valid_until: string
  windows: string | null
  network_rate: number | null
  candidates: string | null
  created_at: number
  removed_at: number | null
  last_covered_at: number | null
}

interface Vantages {
  id: Id
  fingerprint: string
  interface: string
  prefix: string
  gateway: string | null
  gateway_hardware: string | null
  dns_suffix: string | null
  vpn: number
  first_used_at: number
}

interface SiteVantages {
  site_id: number
  vantage_id: number
  confirmed_at: number
  confirmed_by: string
}

interface AdvisoryEditions {
  id: Id
  digest: string
  data_version: number
  date: string
  content: string
  kept_at: number
}

interface Scans {
  id: Id
  status: string
  reason: string | null
  started_at: number
  finished_at: number
  started_by: string
  vantage_id: number | null
  advisory_edition_id: number
  plan: string
  duration_ms: Generated<number>
  seen_count: Generated<number>
  new_count: Generated<number>
  changed_count: Generated<number>
  missing_count: Generated<number>
  requests: Generated<string>
  networks_done: Blob
  tarpits: Generated<string>
  traces: string | null
}

interface ScanBlocks {
  scan_id: number
  position: number
  range_id: number
  site: string
  block: string
  ports: string
  authorised_by: string
  reference: string
  valid_until: string
  target_count: number
  excluded_count: number
  done_answered: Generated<number>
  done_refused: Generated<number>
  done_silent: Generated<number>
  done_unreachable: Generated<number>
  done_failed: Generated<number>
  open_answered: Generated<number>
  open_refused: Generated<number>
  open_silent: Generated<number>
  open_unreachable: Generated<number>
  open_failed: Generated<number>
}

interface Snapshots {
  id: Id
  digest: Blob
  product: string
  suspected: string | null
  version: string | null
  version_bracket: string | null
  access_api: string
  access_v1: string
  cors: string
  protection: string
  front: string | null
  cloud_disabled: number | null
  certificate: string | null
  model_count: number | null
}

interface Artifacts {
  id: Id
  entry_digest: Blob
  name: string
  digest: string | null
  size_bytes: number | null
  format: string | null
  family: string | null
  families: string
  parameter_size: string | null
  quantization: string | null
  remote_model: string | null
  remote_host: string | null
  context_length: number | null
  listed_capabilities: string | null
}

interface SnapshotArtifacts {
  snapshot_id: number
  position: number
  artifact_id: number
  modified_at: string | null
}

interface Texts {
  id: Id
  digest: Blob
  content: string
}

interface Instances {
  id: Id
  site_id: number
  merged_into: number | null
  first_seen_at: number
  address_key: Blob
  address: string
  port: number
  zone: string
  product: string
  suspected: string | null
  confidence: number
  version: string | null
  version_key: string | null
  access: string
  access_rank: number
  cors: string
  model_count: number | null
  tool_calling: number | null
  severity_rank: number
  presence: string
  unasked_count: Generated<number>
}

interface Endpoints {
  id: Id
  site_id: number
  address_key: Blob
  address: string
  port: number
  scheme: string
  base_path: string
  range_id: number
  first_seen_at: number
  presence: string
  vantage_id: number | null
  confidence: number
  host_names: string
  hardware_address: string | null
}

interface InstanceEndpoints {
  id: Id
  instance_id: number
  endpoint_id: number
  linked_at: number
  unlinked_at: number | null
  reason: string
}

interface LastLooks {
  site_id: number
  address_key: Blob
  port: number
  scheme: string
  base_path: string
  endpoint_id: number
  spell_id: number
  scan_id: number
  at: number
  scan_count: number
  seal_id: number
  before_scan_id: number | null
  before_at: number | null
  is_present: number
  seen_at: number
  snapshot_id: number | null
  digest: Blob | null
  beside: string | null
  instance_id: number | null
  signals: string
  probes: string | Blob
  running: string | null
  is_alone: Generated<number>
}

/** The view has the same columns. */
interface Spells {
  id: Id
  endpoint_id: number
  outcome: string
  snapshot_id: number | null
  first_scan_id: number
  last_scan_id: number
  first_at: number
  last_at: number
  scan_count: number
}

interface Decisions {
  id: Id
  at: number
  actor: string
  kind: string
  subject: string
  body: string
}

export interface Tables
  extends ExchangeTables,
    GovernanceTables,
    HistoryTables,
    QueryTables,
    ReportTables,
    RiskTables {
  settings: Settings
  sites: Sites
  ranges: Ranges
  vantages: Vantages
  site_vantages: SiteVantages
  advisory_editions: AdvisoryEditions
  scans: Scans
  scan_blocks: ScanBlocks
  snapshots: Snapshots
  artifacts: Artifacts
  snapshot_artifacts: SnapshotArtifacts
  instances: Instances
  texts: Texts
  endpoints: Endpoints
  instance_endpoints: InstanceEndpoints
  last_looks: LastLooks
  spell_records: Spells
  spells: Spells
  capability_claims: CapabilityClaims
  model_licences: ModelLicences
  decisions: Decisions
}
