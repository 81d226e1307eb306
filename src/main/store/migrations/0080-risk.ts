import { countingTriggers } from './0080-risk-counts.ts'
import type { Migration } from './migration.ts'

/**
 * The risk of instances, decisions about it, and what overview and heatmaps count, kept row by row. All but the decisions
 * and the figures of past scans is derived.
 */
export const risk: Migration = {
  version: 80,
  name: 'risk',
  sql: `
-- What a score is made of, each combination of facts once: thousands of instances share one.
CREATE TABLE risk_profiles (
  id INTEGER PRIMARY KEY,
  -- Digest of the weights it was scored by.
  weights TEXT NOT NULL,
  -- JSON: the value of each factor in order, null where it is unknown.
  facts TEXT NOT NULL,
  score INTEGER NOT NULL,
  level TEXT NOT NULL,
  likelihood INTEGER NOT NULL,
  impact INTEGER NOT NULL,
  least INTEGER NOT NULL,
  most INTEGER NOT NULL,
  -- JSON: name, value and points of each.
  factors TEXT NOT NULL,
  UNIQUE (weights, facts)
) STRICT;

-- The score in force: by the facts, or by a decision.
CREATE TABLE instance_risks (
  instance_id INTEGER PRIMARY KEY REFERENCES instances (id),
  profile_id INTEGER NOT NULL REFERENCES risk_profiles (id),
  score INTEGER NOT NULL,
  level TEXT NOT NULL
) STRICT;
CREATE INDEX instance_risks_by_profile ON instance_risks (profile_id);

-- Decisions: that an instance is riskier or less risky than the facts say, for a while.
CREATE TABLE risk_overrides (
  id INTEGER PRIMARY KEY,
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
  reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
  -- Inclusive.
  expires_on TEXT NOT NULL CHECK (expires_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  ended_at INTEGER,
  end_reason TEXT CHECK (end_reason IN ('withdrawn', 'expired', 'replaced')),
  CHECK ((ended_at IS NULL) = (end_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX risk_overrides_in_force ON risk_overrides (instance_id) WHERE ended_at IS NULL;
CREATE INDEX risk_overrides_by_instance ON risk_overrides (instance_id);

-- What the overview showed after each scan.
CREATE TABLE overview_points (
  scan_id INTEGER PRIMARY KEY REFERENCES scans (id),
  at INTEGER NOT NULL,
  -- JSON.
  figures TEXT NOT NULL
) STRICT;

-- Rows are built anew when the file is opened, and counted while they are.
DELETE FROM inventory_rows;
DELETE FROM inventory_places;
DELETE FROM inventory_row_keys;
UPDATE inventory_state SET layout = NULL, version = version + 1;
-- NULL: not judged yet.
ALTER TABLE inventory_rows ADD COLUMN score INTEGER;
ALTER TABLE inventory_rows ADD COLUMN profile_id INTEGER;

-- Tool calling is listed by risk, and counted by lists of models and access: presence 0 is present, tools 1 is yes
-- (store/row-facts.ts).
CREATE INDEX inventory_rows_tool_calling ON inventory_rows (score, model_set, facts)
  WHERE (facts >> 22) & 7 = 0 AND (facts >> 17) & 3 = 1;
CREATE INDEX inventory_rows_by_first_seen ON inventory_rows (first_seen_at);

-- How many rows there are of each kind. facts: those bits of inventory_rows.facts that matter here.
-- access, tools, risk, presence
CREATE TABLE counts_by_site (
  site_id INTEGER NOT NULL,
  facts INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (site_id, facts)
) STRICT, WITHOUT ROWID;
-- risk, presence; owner 0: none
CREATE TABLE counts_by_owner (
  owner_id INTEGER NOT NULL,
  facts INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (owner_id, facts)
) STRICT, WITHOUT ROWID;
-- presence; profile 0, score -1: not judged yet
CREATE TABLE counts_by_profile (
  site_id INTEGER NOT NULL,
  profile_id INTEGER NOT NULL,
  score INTEGER NOT NULL,
  facts INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (site_id, profile_id, score, facts)
) STRICT, WITHOUT ROWID;
-- Quarters of an hour since 1970: every time zone's days are whole numbers of them.
CREATE TABLE counts_by_time (
  quarter INTEGER PRIMARY KEY,
  count INTEGER NOT NULL
) STRICT;
-- risk, presence; network: a /24 (in IPv6 a /120), the address key without its last byte
CREATE TABLE counts_by_network (
  site_id INTEGER NOT NULL,
  network BLOB NOT NULL,
  facts INTEGER NOT NULL,
  is_owned INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (site_id, network, facts, is_owned)
) STRICT, WITHOUT ROWID;
-- presence, tools; 0: the list is unknown
CREATE TABLE counts_by_capability (
  capability_set INTEGER NOT NULL,
  remote_set INTEGER NOT NULL,
  facts INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (capability_set, remote_set, facts)
) STRICT, WITHOUT ROWID;
-- Every change of what counts_by_network counts, in order: readers follow it. The newest row always stays, so that numbers
-- never come twice. NULL: there was none before, or is none any more.
CREATE TABLE network_changes (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL,
  address_key BLOB NOT NULL,
  was_facts INTEGER,
  was_owned INTEGER,
  facts INTEGER,
  is_owned INTEGER
) STRICT;

-- due_at 0: none
CREATE TABLE counts_by_finding (
  site_id INTEGER NOT NULL,
  severity TEXT NOT NULL,
  status TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (site_id, severity, status, due_at)
) STRICT, WITHOUT ROWID;
INSERT INTO counts_by_finding
  SELECT site_id, severity, status, ifnull(due_at, 0), count(*)
  FROM findings JOIN instances ON instances.id = instance_id GROUP BY 1, 2, 3, 4;
${countingTriggers()}
`,
}
