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

-- What each instance last showed, derived: from a model to who holds it.
CREATE TABLE instance_snapshots (
  instance_id INTEGER PRIMARY KEY REFERENCES instances (id),
  snapshot_id INTEGER NOT NULL REFERENCES snapshots (id)
) STRICT;
CREATE INDEX instance_snapshots_by_snapshot ON instance_snapshots (snapshot_id);

-- When a model was first seen anywhere, derived.
CREATE TABLE model_sightings (
  digest TEXT PRIMARY KEY,
  first_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A name at an endpoint that came to mean another content, derived.
CREATE TABLE tag_changes (
  id INTEGER PRIMARY KEY,
  endpoint_id INTEGER NOT NULL REFERENCES endpoints (id),
  name TEXT NOT NULL,
  from_digest TEXT NOT NULL,
  to_digest TEXT NOT NULL,
  at INTEGER NOT NULL,
  scan_id INTEGER NOT NULL REFERENCES scans (id)
) STRICT;
CREATE INDEX tag_changes_by_at ON tag_changes (at);

-- The register of approved models: what was decided, as it holds now.
CREATE TABLE approved_models (
  digest TEXT PRIMARY KEY,
  note TEXT NOT NULL,
  approved_at INTEGER NOT NULL,
  approved_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
}
