import type { Migration } from './migration.ts'

/** What history, identity and models need beside 0010. Frozen once landed. */
export const history: Migration = {
  version: 30,
  name: 'history',
  sql: `
-- What changed between two scans, without looking at what did not.
CREATE INDEX spells_by_beginning ON spells (first_at, endpoint_id);
-- What a scan did not look at: the gaps between the addresses it did.
CREATE INDEX endpoints_by_port ON endpoints (site_id, port, address_key);
CREATE INDEX instance_endpoints_ever ON instance_endpoints (instance_id, linked_at);
CREATE INDEX instance_endpoints_ever_at ON instance_endpoints (endpoint_id, linked_at);
CREATE INDEX instance_endpoints_by_linking ON instance_endpoints (linked_at);
CREATE INDEX instance_endpoints_by_unlinking ON instance_endpoints (unlinked_at) WHERE unlinked_at IS NOT NULL;

-- From where an endpoint was ever seen: only from there its absence means anything.
CREATE TABLE endpoint_vantages (
  endpoint_id INTEGER NOT NULL REFERENCES endpoints (id),
  -- 0: from no vantage that matters (loopback, public).
  vantage_id INTEGER NOT NULL,
  PRIMARY KEY (endpoint_id, vantage_id)
) STRICT, WITHOUT ROWID;
INSERT INTO endpoint_vantages SELECT id, coalesce(vantage_id, 0) FROM endpoints;

-- How often a scan came by and could not look: neither there nor not there.
CREATE TABLE failed_looks (
  endpoint_id INTEGER PRIMARY KEY REFERENCES endpoints (id),
  scan_count INTEGER NOT NULL,
  last_scan_id INTEGER NOT NULL
) STRICT;

-- What is left of spells that were purged, by the link that made them an instance's: what persistence is counted from.
CREATE TABLE purged_spells (
  link_id INTEGER PRIMARY KEY REFERENCES instance_endpoints (id),
  answered_count INTEGER NOT NULL,
  unreachable_count INTEGER NOT NULL,
  first_at INTEGER NOT NULL
) STRICT;
CREATE INDEX spells_by_snapshot ON spells (snapshot_id) WHERE snapshot_id IS NOT NULL;
`,
}
