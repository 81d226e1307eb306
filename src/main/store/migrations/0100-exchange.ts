import type { Migration } from './migration.ts'

/** Imports and what they brought: candidates, proposed ranges, tags; webhooks. Frozen once landed. */
export const exchange: Migration = {
  version: 100,
  name: 'exchange',
  sql: `
CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  file TEXT NOT NULL,
  digest TEXT,
  format TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'broken', 'undone')),
  read_count INTEGER NOT NULL DEFAULT 0,
  stored_count INTEGER NOT NULL DEFAULT 0,
  rejected_count INTEGER NOT NULL DEFAULT 0,
  -- What the file says of the scan it comes from, JSON; NULL: nothing.
  about TEXT,
  -- Owners have a record of their own.
  owner_import_id INTEGER REFERENCES owner_imports (id),
  undone_at INTEGER,
  undone_by TEXT,
  CHECK (read_count = stored_count + rejected_count)
) STRICT;

CREATE TABLE import_rejects (
  import_id INTEGER NOT NULL REFERENCES imports (id),
  position INTEGER NOT NULL,
  line INTEGER NOT NULL,
  reason TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (import_id, position)
) STRICT, WITHOUT ROWID;

-- Ports others found open inside a registered range. Nothing is sent to them until a scan is told to.
CREATE TABLE candidates (
  site_id INTEGER NOT NULL REFERENCES sites (id),
  address_key BLOB NOT NULL,
  port INTEGER NOT NULL,
  import_id INTEGER NOT NULL REFERENCES imports (id),
  address TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('nmap', 'masscan')),
  service TEXT,
  seen_at INTEGER,
  -- The last scan that set out to verify it.
  scan_id INTEGER REFERENCES scans (id),
  PRIMARY KEY (site_id, address_key, port, import_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX candidates_by_import ON candidates (import_id);

-- A table of its own: what is in here is no range, and no scan can come across it.
CREATE TABLE proposed_ranges (
  id INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id),
  site TEXT NOT NULL COLLATE NOCASE,
  first_key BLOB NOT NULL,
  last_key BLOB NOT NULL,
  block TEXT NOT NULL,
  zone TEXT,
  contact TEXT NOT NULL,
  note TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'authorised', 'dismissed', 'undone')),
  range_id INTEGER REFERENCES ranges (id),
  decided_at INTEGER,
  decided_by TEXT
) STRICT;
CREATE INDEX proposed_ranges_open ON proposed_ranges (site, first_key, last_key) WHERE state = 'open';
CREATE INDEX proposed_ranges_by_import ON proposed_ranges (import_id);

CREATE TABLE import_tags (
  import_id INTEGER NOT NULL REFERENCES imports (id),
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  tag TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (import_id, instance_id, tag)
) STRICT, WITHOUT ROWID;

-- Where people want to be told of findings. Nothing is sent anywhere without a row in here.
CREATE TABLE webhooks (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL,
  -- Signs what is sent.
  secret TEXT NOT NULL,
  least_severity TEXT NOT NULL,
  -- Whether addresses, host names and owners are sent along.
  personal INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  removed_at INTEGER
) STRICT;

-- What is still to be sent, and what became of it.
CREATE TABLE webhook_deliveries (
  id INTEGER PRIMARY KEY,
  webhook_id INTEGER NOT NULL REFERENCES webhooks (id),
  finding_event_id INTEGER REFERENCES finding_events (id),
  at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
  problem TEXT,
  UNIQUE (webhook_id, finding_event_id)
) STRICT;
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (next_at) WHERE state = 'waiting';
`,
}
