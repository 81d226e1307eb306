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

/** The tables of 0030. */
export interface HistoryTables {
  endpoint_vantages: EndpointVantages
  failed_looks: FailedLooks
  purged_spells: PurgedSpells
}
