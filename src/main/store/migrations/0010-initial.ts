import type { Migration } from './migration.ts'

/** Frozen once landed: a later change is a later migration. Instants are milliseconds since 1970 UTC. */
export const initial: Migration = {
  version: 10,
  name: 'initial',
  sql: `
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sites (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  -- Whether scans ask the name server of this machine for the names of its hosts.
  reverse_dns INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE ranges (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites (id),
  -- 04 + 4 bytes or 06 + 16 bytes: orders IPv4 before IPv6, then by number.
  first_key BLOB NOT NULL,
  last_key BLOB NOT NULL,
  block TEXT NOT NULL,
  zone TEXT NOT NULL,
  ports TEXT NOT NULL,
  exclusions TEXT NOT NULL,
  authorised_by TEXT NOT NULL,
  reference TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  -- When it may be scanned, JSON; NULL: always. Connection attempts a second for one /24; NULL: the profile's.
  windows TEXT,
  network_rate REAL,
  -- Addresses of a prefix too large to enumerate, JSON; NULL: all of it is visited.
  candidates TEXT,
  created_at INTEGER NOT NULL,
  removed_at INTEGER,
  last_covered_at INTEGER
) STRICT;
CREATE INDEX ranges_by_site ON ranges (site_id) WHERE removed_at IS NULL;

CREATE TABLE vantages (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  interface TEXT NOT NULL,
  prefix TEXT NOT NULL,
  gateway TEXT,
  gateway_hardware TEXT,
  dns_suffix TEXT,
  vpn INTEGER NOT NULL,
  first_used_at INTEGER NOT NULL
) STRICT;

CREATE TABLE site_vantages (
  site_id INTEGER NOT NULL REFERENCES sites (id),
  vantage_id INTEGER NOT NULL REFERENCES vantages (id),
  confirmed_at INTEGER NOT NULL,
  confirmed_by TEXT NOT NULL,
  PRIMARY KEY (site_id, vantage_id)
) STRICT, WITHOUT ROWID;

-- Editions of the advisories that were ever in force, by content: what a scan was judged by can be read years later.
CREATE TABLE advisory_editions (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  data_version INTEGER NOT NULL,
  date TEXT NOT NULL,
  content TEXT NOT NULL,
  kept_at INTEGER NOT NULL
) STRICT;

CREATE TABLE scans (
  id INTEGER PRIMARY KEY,
  status TEXT NOT NULL CHECK (status IN ('running', 'finished', 'stopped', 'failed')),
  reason TEXT,
  started_at INTEGER NOT NULL,
  -- The last instant the scan was known to be alive, until it ends.
  finished_at INTEGER NOT NULL,
  started_by TEXT NOT NULL,
  vantage_id INTEGER REFERENCES vantages (id),
  -- The advisories in force when it began.
  advisory_edition_id INTEGER NOT NULL REFERENCES advisory_editions (id),
  -- Frozen with the scan: what it was allowed to do and set out to do.
  plan TEXT NOT NULL,
  -- How long it ran, without the time it was interrupted.
  duration_ms INTEGER NOT NULL DEFAULT 0,
  seen_count INTEGER NOT NULL DEFAULT 0,
  new_count INTEGER NOT NULL DEFAULT 0,
  changed_count INTEGER NOT NULL DEFAULT 0,
  missing_count INTEGER NOT NULL DEFAULT 0,
  requests TEXT NOT NULL DEFAULT '{}',
  -- One bit a network, in the order of the plan's layout: which were visited to the last target.
  networks_done BLOB NOT NULL,
  -- Networks in which everything answered the same: JSON, blocks as text.
  tarpits TEXT NOT NULL DEFAULT '[]'
) STRICT;

-- What became of the targets of each planned block: those of networks that are done, and of those under way.
CREATE TABLE scan_blocks (
  scan_id INTEGER NOT NULL REFERENCES scans (id),
  position INTEGER NOT NULL,
  range_id INTEGER NOT NULL REFERENCES ranges (id),
  site TEXT NOT NULL,
  block TEXT NOT NULL,
  ports TEXT NOT NULL,
  authorised_by TEXT NOT NULL,
  reference TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  target_count INTEGER NOT NULL,
  excluded_count INTEGER NOT NULL,
  done_answered INTEGER NOT NULL DEFAULT 0,
  done_refused INTEGER NOT NULL DEFAULT 0,
  done_silent INTEGER NOT NULL DEFAULT 0,
  done_unreachable INTEGER NOT NULL DEFAULT 0,
  done_failed INTEGER NOT NULL DEFAULT 0,
  open_answered INTEGER NOT NULL DEFAULT 0,
  open_refused INTEGER NOT NULL DEFAULT 0,
  open_silent INTEGER NOT NULL DEFAULT 0,
  open_unreachable INTEGER NOT NULL DEFAULT 0,
  open_failed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (scan_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshots (
  id INTEGER PRIMARY KEY,
  -- SHA-256 of the canonical stable part.
  digest BLOB NOT NULL UNIQUE,
  product TEXT NOT NULL,
  suspected TEXT,
  version TEXT,
  -- Which releases it can be by what it does, with the evidence, JSON; NULL: no Ollama.
  version_bracket TEXT,
  access_api TEXT NOT NULL,
  access_v1 TEXT NOT NULL,
  cors TEXT NOT NULL,
  -- Guards, host check, model management: JSON.
  protection TEXT NOT NULL,
  -- What stands in front, by its own header; NULL: nothing shows.
  front TEXT,
  cloud_disabled INTEGER,
  -- What TLS showed, JSON; NULL: clear text.
  certificate TEXT,
  -- NULL: which models there are is unknown.
  model_count INTEGER
) STRICT;

CREATE TABLE artifacts (
  id INTEGER PRIMARY KEY,
  -- SHA-256 of everything below: one row for each distinct list entry ever seen.
  entry_digest BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  digest TEXT,
  size_bytes INTEGER,
  format TEXT,
  family TEXT,
  families TEXT NOT NULL,
  parameter_size TEXT,
  quantization TEXT,
  remote_model TEXT,
  remote_host TEXT,
  context_length INTEGER,
  listed_capabilities TEXT
) STRICT;
CREATE INDEX artifacts_by_digest ON artifacts (digest);

CREATE TABLE snapshot_artifacts (
  snapshot_id INTEGER NOT NULL REFERENCES snapshots (id),
  position INTEGER NOT NULL,
  artifact_id INTEGER NOT NULL REFERENCES artifacts (id),
  modified_at TEXT,
  PRIMARY KEY (snapshot_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX snapshot_artifacts_by_artifact ON snapshot_artifacts (artifact_id);

CREATE TABLE instances (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites (id),
  -- Not NULL: it turned out to be another way in to that one, and is no row of the inventory any more.
  merged_into INTEGER REFERENCES instances (id),
  first_seen_at INTEGER NOT NULL,
  -- Everything below is derived from observations and decisions, kept for lists, and can be rebuilt.
  address_key BLOB NOT NULL,
  address TEXT NOT NULL,
  port INTEGER NOT NULL,
  zone TEXT NOT NULL,
  product TEXT NOT NULL,
  suspected TEXT,
  confidence INTEGER NOT NULL,
  version TEXT,
  version_key TEXT,
  access TEXT NOT NULL,
  access_rank INTEGER NOT NULL,
  cors TEXT NOT NULL,
  model_count INTEGER,
  tool_calling INTEGER,
  severity_rank INTEGER NOT NULL,
  presence TEXT NOT NULL,
  last_seen_at INTEGER NOT NULL,
  search_text TEXT NOT NULL
) STRICT;
CREATE INDEX instances_by_place ON instances (site_id, address_key, port);
CREATE INDEX instances_by_severity ON instances (severity_rank, site_id, address_key, port);
CREATE INDEX instances_by_last_seen ON instances (last_seen_at);

CREATE TABLE endpoints (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites (id),
  address_key BLOB NOT NULL,
  address TEXT NOT NULL,
  port INTEGER NOT NULL,
  scheme TEXT NOT NULL,
  base_path TEXT NOT NULL,
  range_id INTEGER NOT NULL REFERENCES ranges (id),
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  presence TEXT NOT NULL,
  spell_id INTEGER,
  -- The volatile part of the last observation: only the latest is kept.
  vantage_id INTEGER REFERENCES vantages (id),
  confidence INTEGER NOT NULL,
  signals TEXT NOT NULL,
  probes TEXT NOT NULL,
  running TEXT,
  host_names TEXT NOT NULL,
  hardware_address TEXT,
  UNIQUE (site_id, address_key, port, scheme, base_path)
) STRICT;

CREATE TABLE instance_endpoints (
  id INTEGER PRIMARY KEY,
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  endpoint_id INTEGER NOT NULL REFERENCES endpoints (id),
  linked_at INTEGER NOT NULL,
  -- NULL: the link stands.
  unlinked_at INTEGER,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX instance_endpoints_by_instance ON instance_endpoints (instance_id) WHERE unlinked_at IS NULL;
CREATE UNIQUE INDEX instance_endpoints_by_endpoint ON instance_endpoints (endpoint_id) WHERE unlinked_at IS NULL;

CREATE TABLE spells (
  id INTEGER PRIMARY KEY,
  endpoint_id INTEGER NOT NULL REFERENCES endpoints (id),
  outcome TEXT NOT NULL CHECK (outcome IN ('answered', 'refused', 'silent', 'unreachable')),
  -- NULL unless answered as an instance.
  snapshot_id INTEGER REFERENCES snapshots (id),
  first_scan_id INTEGER NOT NULL REFERENCES scans (id),
  last_scan_id INTEGER NOT NULL REFERENCES scans (id),
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  scan_count INTEGER NOT NULL
) STRICT;
CREATE INDEX spells_by_endpoint ON spells (endpoint_id, first_at);
CREATE INDEX spells_by_scan ON spells (last_scan_id);

CREATE TABLE capability_claims (
  site_id INTEGER NOT NULL REFERENCES sites (id),
  digest TEXT NOT NULL,
  generation TEXT NOT NULL,
  endpoint_id INTEGER NOT NULL REFERENCES endpoints (id),
  capabilities TEXT NOT NULL,
  method TEXT NOT NULL CHECK (method IN ('declared', 'derived')),
  -- The system prompt, JSON: hash, length, template; NULL: it has none. Its text is never kept.
  system_prompt TEXT,
  asked_at INTEGER NOT NULL,
  scan_id INTEGER NOT NULL REFERENCES scans (id),
  PRIMARY KEY (site_id, digest, generation, endpoint_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE decisions (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE audit_entries (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  command TEXT NOT NULL,
  input TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
  -- The failure's code and details, or what was changed.
  result TEXT NOT NULL
) STRICT;
`,
}
