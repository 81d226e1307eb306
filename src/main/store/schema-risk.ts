import type { Generated } from 'kysely'

/** The tables of migration 0080 as the query builder sees them. JSON columns hold text. */
interface RiskProfiles {
  id: Generated<number>
  weights: string
  facts: string
  score: number
  level: string
  likelihood: number
  impact: number
  least: number
  most: number
  factors: string
}

interface InstanceRisks {
  instance_id: number
  profile_id: number
  score: number
  level: string
}

interface RiskOverrides {
  id: Generated<number>
  instance_id: number
  score: number
  reason: string
  expires_on: string
  at: number
  by: string
  ended_at: number | null
  end_reason: string | null
}

interface OverviewPoints {
  scan_id: number
  at: number
  figures: string
}

interface CountsBySite {
  site_id: number
  facts: number
  count: number
}

interface CountsByOwner {
  owner_id: number
  facts: number
  count: number
}

interface CountsByProfile {
  site_id: number
  profile_id: number
  score: number
  facts: number
  count: number
}

interface CountsByTime {
  quarter: number
  count: number
}

interface CountsByNetwork {
  site_id: number
  network: Uint8Array
  facts: number
  is_owned: number
  count: number
}

interface CountsByCapability {
  capability_set: number
  remote_set: number
  facts: number
  count: number
}

interface NetworkChanges {
  id: Generated<number>
  site_id: number
  address_key: Uint8Array
  was_facts: number | null
  was_owned: number | null
  facts: number | null
  is_owned: number | null
}

interface CountsByFinding {
  site_id: number
  severity: string
  status: string
  due_at: number
  count: number
}

export interface RiskTables {
  risk_profiles: RiskProfiles
  instance_risks: InstanceRisks
  risk_overrides: RiskOverrides
  overview_points: OverviewPoints
  counts_by_site: CountsBySite
  counts_by_owner: CountsByOwner
  counts_by_profile: CountsByProfile
  counts_by_time: CountsByTime
  counts_by_network: CountsByNetwork
  counts_by_capability: CountsByCapability
  network_changes: NetworkChanges
  counts_by_finding: CountsByFinding
}
