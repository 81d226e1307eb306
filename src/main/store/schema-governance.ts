import type { Generated } from 'kysely'

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
  line: string
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

export interface GovernanceTables {
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
}
