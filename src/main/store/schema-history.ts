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

interface IdentityMarks {
  mark: number
  instance_id: number
}

interface IdentityProposals {
  id: Generated<number>
  kind: string
  key: string
  members: string
  confidence: number
  reason: string
  details: string
  state: string
  opened_at: number
  scan_id: number
  closed_at: number | null
  closed_by: string | null
}

interface IdentityChanges {
  id: Generated<number>
  at: number
  kind: string
  actor: string | null
  scan_id: number | null
  from_instance: number
  to_instance: number
  links: string
  undone_at: number | null
  undone_by: string | null
}

interface InstanceTags {
  instance_id: number
  tag: string
}

interface InstanceNotes {
  instance_id: number
  note: string
  at: number
  by: string
}

interface InstanceDispositions {
  instance_id: number
  disposition: string
  at: number
  by: string
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
  identity_marks: IdentityMarks
  identity_proposals: IdentityProposals
  identity_changes: IdentityChanges
  instance_tags: InstanceTags
  instance_notes: InstanceNotes
  instance_dispositions: InstanceDispositions
}
