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

-- What was decided about one thing.
CREATE INDEX decisions_by_subject ON decisions (subject);

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

-- By what an instance is known again: hashes of (digest, instant of its last pull), derived, at most 64 of them.
CREATE TABLE identity_marks (
  mark INTEGER NOT NULL,
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  PRIMARY KEY (mark, instance_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_marks_by_instance ON identity_marks (instance_id);

-- What may be so and was not followed, for a person to decide.
CREATE TABLE identity_proposals (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('moved', 'clones', 'replaced')),
  -- Names the question: the same one is not asked twice.
  key TEXT NOT NULL UNIQUE,
  -- JSON: instance ids. moved: who is seen now, who was known; clones: all; replaced: the one.
  members TEXT NOT NULL,
  confidence INTEGER NOT NULL,
  reason TEXT NOT NULL,
  -- JSON: the figures the reason is worded with.
  details TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'dismissed', 'settled')),
  opened_at INTEGER NOT NULL,
  scan_id INTEGER NOT NULL REFERENCES scans (id),
  closed_at INTEGER,
  closed_by TEXT
) STRICT;
CREATE INDEX identity_proposals_open ON identity_proposals (id) WHERE state = 'open';

-- Every rewriting of links, by a scan or a person, with what it takes to undo it.
CREATE TABLE identity_changes (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('moved', 'merged', 'split')),
  -- NULL: by the scan, because it was unambiguous.
  actor TEXT,
  scan_id INTEGER REFERENCES scans (id),
  -- Whose links became whose.
  from_instance INTEGER NOT NULL REFERENCES instances (id),
  to_instance INTEGER NOT NULL REFERENCES instances (id),
  -- JSON: the links as they were.
  links TEXT NOT NULL,
  undone_at INTEGER,
  undone_by TEXT
) STRICT;
CREATE INDEX identity_changes_by_from ON identity_changes (from_instance);
CREATE INDEX identity_changes_by_to ON identity_changes (to_instance);

-- What people say of an instance, as it holds now; who said it when is in decisions.
CREATE TABLE instance_tags (
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  tag TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (instance_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX instance_tags_by_tag ON instance_tags (tag);
CREATE TABLE instance_notes (
  instance_id INTEGER PRIMARY KEY REFERENCES instances (id),
  note TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE TABLE instance_dispositions (
  instance_id INTEGER PRIMARY KEY REFERENCES instances (id),
  disposition TEXT NOT NULL CHECK (disposition IN ('ours', 'not-ours', 'false-identification', 'decommissioned')),
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;
`,
}
