import type { Migration } from './migration.ts'

// As they lie in inventory_rows.facts (store/row-facts.ts): presence, risk, tools, access.
const presenceBits = 7 << 22
const ownerBits = presenceBits | (7 << 19)
const siteBits = ownerBits | (3 << 17) | (3 << 12)

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
${countingTriggers()}
`,
}

function countingTriggers(): string {
  const tables = [
    ['counts_by_site', { site_id: 'R.site_id', facts: `R.facts & ${siteBits}` }],
    ['counts_by_owner', { owner_id: 'ifnull(R.owner_id, 0)', facts: `R.facts & ${ownerBits}` }],
    [
      'counts_by_profile',
      {
        site_id: 'R.site_id',
        profile_id: 'ifnull(R.profile_id, 0)',
        score: 'ifnull(R.score, -1)',
        facts: `R.facts & ${presenceBits}`,
      },
    ],
    ['counts_by_time', { quarter: 'R.first_seen_at / 900000' }],
    [
      'counts_by_network',
      {
        site_id: 'R.site_id',
        network: 'substr(R.address_key, 1, length(R.address_key) - 1)',
        facts: `R.facts & ${ownerBits}`,
        is_owned: '(R.owner_id IS NOT NULL)',
      },
    ],
  ] as const
  const added = tables.map(([table, key]) => more(table, key)).join('')
  const removed = tables.map(([table, key]) => fewer(table, key)).join('')
  const counted = 'facts, score, profile_id, owner_id, first_seen_at'
  return `
CREATE TRIGGER count_added AFTER INSERT ON inventory_rows BEGIN${added}
END;
CREATE TRIGGER count_removed AFTER DELETE ON inventory_rows BEGIN${removed}
END;
CREATE TRIGGER count_changed AFTER UPDATE OF ${counted} ON inventory_rows BEGIN${removed}${added}
END;`
}

type Key = Readonly<Record<string, string>>

function more(table: string, key: Key): string {
  const values = Object.values(key).map(value => value.replaceAll('R.', 'NEW.'))
  const columns = Object.keys(key).join(', ')
  return `
  INSERT INTO ${table} (${columns}, count) VALUES (${values.join(', ')}, 1)
    ON CONFLICT (${columns}) DO UPDATE SET count = count + 1;`
}

function fewer(table: string, key: Key): string {
  const where = Object.entries(key)
    .map(([column, value]) => `${column} = ${value.replaceAll('R.', 'OLD.')}`)
    .join(' AND ')
  return `
  UPDATE ${table} SET count = count - 1 WHERE ${where};
  DELETE FROM ${table} WHERE ${where} AND count = 0;`
}
