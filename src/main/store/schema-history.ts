import type { Generated } from 'kysely'

interface EndpointVantages {
  endpoint_id: number
  vantage_id: number
}

interface FailedLooks {
  endpoint_id: number
  scan_count: number
  last_scan_id: number
}

interface PurgedSpells {
  link_id: number
  answered_count: number
  unreachable_count: number
  first_at: number
}

interface InstanceSnapshots {
  instance_id: number
  snapshot_id: number
}

interface ModelSightings {
  digest: string
  first_at: number
}

interface TagChanges {
  id: Generated<number>
  endpoint_id: number
  name: string
  from_digest: string
  to_digest: string
  at: number
  scan_id: number
}

interface ApprovedModels {
  digest: string
  note: string
  approved_at: number
  approved_by: string
}

/** The tables of 0030. */
export interface HistoryTables {
  endpoint_vantages: EndpointVantages
  failed_looks: FailedLooks
  purged_spells: PurgedSpells
  instance_snapshots: InstanceSnapshots
  model_sightings: ModelSightings
  tag_changes: TagChanges
  approved_models: ApprovedModels
}
