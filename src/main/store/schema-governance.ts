import type { Generated } from 'kysely'
import type { TriageTables } from './schema-triage.ts'

/** The tables of governance as the query builder sees them. JSON columns hold text. */
type Id = Generated<number>
type Blob = Uint8Array

interface Actors {
  id: Id
  name: string
  role: string
  public_key: Blob
  private_key: Blob
  lock: string | null
  account: string
  created_at: number
}

interface AuditEntries {
  id: number
  at: number
  command: string
  outcome: string
  hash: Blob
}

interface AuditValues {
  entry_id: number
  position: number
  name: string
  commitment: Blob
  salt: Blob | null
  value: string | null
}

interface SealChanges {
  spell_id: number
  scan_id: number
  last_at: number
  scan_count: number
}

interface OwnerImports {
  id: Id
  at: number
  actor: string
  file: string
  added_count: number
  changed_count: number
  unchanged_count: number
  rejected_count: number
  undone_at: number | null
}

interface Owners {
  id: Id
  kind: string
  name: string
  email: string | null
  external_id: string | null
  unit: string | null
  created_at: number
  removed_at: number | null
}

interface OwnerImportRows {
  import_id: number
  owner_id: number
  before: string | null
}

interface Inheritances {
  id: Id
  scope: string
  value: string
  owner_id: number
  duty: string
  created_at: number
  removed_at: number | null
}

interface Ownerships {
  instance_id: number
  duty: string
  state: string
  owner_id: number | null
  reason: string
  note: string
  due_on: string | null
  since_at: number
}

interface RejectedProposals {
  instance_id: number
  owner_id: number
  at: number
}

interface PolicyRules {
  key: string
  pack: string
  edition: string
  body: string
}

interface PolicySettings {
  key: string
  site: string
  enabled: number | null
  severity: string | null
  params: string | null
  scope: string | null
}

interface RuleVersions {
  key: string
  number: number
  at: number
  actor: string
  body: string
}

interface FindingFacts {
  id: Id
  content: string
}

interface FindingChanges {
  id: Id
  finding_id: number
}

interface Findings {
  id: Id
  rule: string
  instance_id: number
  part: string
  label: string
  severity: string
  verdict: string
  revision: string
  status: string
  status_before: string | null
  reason: string
  opened_at: number
  status_at: number
  due_at: number | null
  due_left_ms: number | null
  facts_id: number | null
  observations: string
}

interface FindingEvents {
  id: Id
  finding_id: number
  at: number
  status: string
  reason: string
  actor: string | null
}

interface InstanceVerdicts {
  instance_id: number
  evaluated_at: number
  look_again_at: number
  unknown: string
}

interface StaleInstances {
  instance_id: number
}

interface Exceptions {
  id: Id
  finding_id: number
  instance_id: number
  status: string
  reason: string
  control: string
  owner: string
  expires_on: string
  basis: string
  requested_at: number
  requested_by: string
  request_key: string
  request_signature: string
  decided_at: number | null
  decided_by: string | null
  decision_key: string | null
  decision_signature: string | null
  ended_at: number | null
  end_reason: string | null
}

export interface GovernanceTables extends TriageTables {
  actors: Actors
  audit_entries: AuditEntries
  audit_values: AuditValues
  seal_changes: SealChanges
  owner_imports: OwnerImports
  owners: Owners
  owner_import_rows: OwnerImportRows
  inheritances: Inheritances
  ownerships: Ownerships
  rejected_proposals: RejectedProposals
  policy_rules: PolicyRules
  policy_settings: PolicySettings
  rule_versions: RuleVersions
  finding_changes: FindingChanges
  findings: Findings
  finding_facts: FindingFacts
  finding_events: FindingEvents
  instance_verdicts: InstanceVerdicts
  stale_instances: StaleInstances
  exceptions: Exceptions
}
