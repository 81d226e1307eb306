import type { Generated } from 'kysely'

/** The tables of migration 0070 as the query builder sees them. */
interface TriageRows {
  instance_id: number
  first_seen_at: number
  state: string
  origin: string
  owner_id: number | null
  confidence: number | null
  reasons: string
  note: string
  due_on: string | null
  since_at: number | null
}

interface TriageState {
  id: number
  version: number
}

interface StaleTriage {
  instance_id: number
}

interface OwnershipEvents {
  id: Generated<number>
  instance_id: number
  duty: string
  at: number
  actor: string
  step: string
  state: string
  owner_id: number | null
  note: string
}

interface ClaimedInstances {
  instance_id: number
}

export interface TriageTables {
  triage_rows: TriageRows
  triage_state: TriageState
  stale_triage: StaleTriage
  ownership_events: OwnershipEvents
  claimed_instances: ClaimedInstances
}
