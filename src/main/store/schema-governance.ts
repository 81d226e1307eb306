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

export interface GovernanceTables {
  actors: Actors
  audit_entries: AuditEntries
  audit_values: AuditValues
  seal_changes: SealChanges
}
