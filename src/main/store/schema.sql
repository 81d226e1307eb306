-- Generated from the migrations by `npm run schema`. Do not edit.

CREATE TABLE actors (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('administrator', 'analyst', 'approver', 'auditor')),
  -- Ed25519, raw.
  public_key BLOB NOT NULL UNIQUE CHECK (length(public_key) = 32),
  -- The private key's seed: sealed with the passphrase, or as it is where there is none.
  private_key BLOB NOT NULL,
  -- How it is sealed, JSON; NULL: it is not.
  lock TEXT,
  -- The account of the operating system that made the actor.
  account TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE advisory_editions (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  data_version INTEGER NOT NULL,
  date TEXT NOT NULL,
  content TEXT NOT NULL,
  kept_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER stale_by_approval AFTER INSERT ON approved_models BEGIN
  INSERT OR IGNORE INTO stale_instances SELECT id FROM instances;
END;

CREATE TRIGGER stale_by_revocation AFTER DELETE ON approved_models BEGIN
  INSERT OR IGNORE INTO stale_instances SELECT id FROM instances;
END;

CREATE TABLE approved_models (
  digest TEXT PRIMARY KEY,
  note TEXT NOT NULL,
  approved_at INTEGER NOT NULL,
  approved_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE audit_entries (
  -- 1, 2, 3 …: a gap is an entry that was removed.
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  command TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
  -- SHA-256 of the hash before, the columns above and the commitments of the values.
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX audit_entries_by_command ON audit_entries (command);

CREATE TABLE audit_values (
  entry_id INTEGER NOT NULL REFERENCES audit_entries (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  commitment BLOB NOT NULL CHECK (length(commitment) = 32),
  salt BLOB,
  value TEXT,
  PRIMARY KEY (entry_id, position),
  CHECK ((salt IS NULL) = (value IS NULL))
) STRICT, WITHOUT ROWID;

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
  scan_id INTEGER NOT NULL REFERENCES scans (id), licence INTEGER,
  PRIMARY KEY (site_id, digest, generation, endpoint_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE claimed_instances (
  instance_id INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE counts_by_capability (
  capability_set INTEGER NOT NULL,
  remote_set INTEGER NOT NULL,
  facts INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (capability_set, remote_set, facts)
) STRICT, WITHOUT ROWID;

CREATE TABLE counts_by_finding (
  site_id INTEGER NOT NULL,
  severity TEXT NOT NULL,
  status TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (site_id, severity, status, due_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE counts_by_network (
  site_id INTEGER NOT NULL,
  network BLOB NOT NULL,
  facts INTEGER NOT NULL,
  is_owned INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (site_id, network, facts, is_owned)
) STRICT, WITHOUT ROWID;

CREATE TABLE counts_by_owner (
  owner_id INTEGER NOT NULL,
  facts INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (owner_id, facts)
) STRICT, WITHOUT ROWID;

CREATE TABLE counts_by_profile (
  site_id INTEGER NOT NULL,
  profile_id INTEGER NOT NULL,
  score INTEGER NOT NULL,
  facts INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (site_id, profile_id, score, facts)
) STRICT, WITHOUT ROWID;

CREATE TABLE counts_by_site (
  site_id INTEGER NOT NULL,
  facts INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (site_id, facts)
) STRICT, WITHOUT ROWID;

CREATE TABLE counts_by_time (
  quarter INTEGER PRIMARY KEY,
  count INTEGER NOT NULL
) STRICT;

CREATE TABLE decisions (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE INDEX decisions_by_subject ON decisions (subject);

CREATE TABLE endpoint_vantages (
  endpoint_id INTEGER NOT NULL REFERENCES endpoints (id),
  -- 0: from no vantage that matters (loopback, public).
  vantage_id INTEGER NOT NULL,
  PRIMARY KEY (endpoint_id, vantage_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER anew_by_way_in AFTER UPDATE OF vantage_id, range_id, confidence, host_names, hardware_address
ON endpoints BEGIN
  UPDATE last_looks SET beside = NULL WHERE endpoint_id = NEW.id;
END;

CREATE TRIGGER look_by_presence AFTER UPDATE OF presence ON endpoints WHEN OLD.presence <> NEW.presence BEGIN
  UPDATE last_looks SET is_present = NEW.presence = 'present'
    WHERE endpoint_id = NEW.id AND is_present <> (NEW.presence = 'present');
END;

CREATE TRIGGER stale_by_host_names AFTER UPDATE OF host_names ON endpoints WHEN OLD.host_names <> NEW.host_names BEGIN
  INSERT OR IGNORE INTO stale_instances
    SELECT instance_id FROM instance_endpoints WHERE endpoint_id = NEW.id AND unlinked_at IS NULL;
END;

CREATE TRIGGER stale_by_way_in AFTER UPDATE OF presence, confidence ON endpoints
WHEN OLD.presence <> NEW.presence OR OLD.confidence <> NEW.confidence
BEGIN
  INSERT OR IGNORE INTO stale_instances
    SELECT instance_id FROM instance_endpoints WHERE endpoint_id = NEW.id AND unlinked_at IS NULL;
END;

CREATE TRIGGER triage_by_endpoint AFTER UPDATE OF host_names, range_id ON endpoints
WHEN OLD.host_names <> NEW.host_names OR OLD.range_id IS NOT NEW.range_id
BEGIN
  INSERT OR IGNORE INTO stale_triage
    SELECT instance_id FROM instance_endpoints WHERE endpoint_id = NEW.id AND unlinked_at IS NULL;
END;

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
  presence TEXT NOT NULL,
  vantage_id INTEGER REFERENCES vantages (id),
  confidence INTEGER NOT NULL,
  host_names TEXT NOT NULL,
  hardware_address TEXT,
  UNIQUE (site_id, address_key, port, scheme, base_path)
) STRICT;

CREATE INDEX endpoints_by_port ON endpoints (site_id, port, address_key);

CREATE TRIGGER stale_by_exception AFTER UPDATE ON exceptions BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (NEW.instance_id);
END;

CREATE TABLE exceptions (
  id INTEGER PRIMARY KEY,
  finding_id INTEGER NOT NULL REFERENCES findings (id),
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  status TEXT NOT NULL CHECK (status IN ('requested', 'approved', 'rejected', 'expired', 'lapsed')),
  reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
  control TEXT NOT NULL CHECK (length(trim(control)) > 0),
  owner TEXT NOT NULL CHECK (length(owner) > 0),
  -- Inclusive.
  expires_on TEXT NOT NULL CHECK (expires_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  -- What it was granted on, JSON: another version, model, capability, exposure or zone ends it.
  basis TEXT NOT NULL,
  requested_at INTEGER NOT NULL,
  requested_by TEXT NOT NULL,
  request_key TEXT NOT NULL,
  request_signature TEXT NOT NULL,
  decided_at INTEGER,
  decided_by TEXT,
  decision_key TEXT,
  decision_signature TEXT,
  ended_at INTEGER,
  end_reason TEXT,
  -- Four eyes: request and decision are signed by different keys.
  CHECK (decision_key IS NULL OR decision_key <> request_key),
  CHECK ((status = 'requested') = (decision_key IS NULL)),
  CHECK ((decision_key IS NULL) = (decision_signature IS NULL))
) STRICT;

CREATE INDEX exceptions_by_finding ON exceptions (finding_id);

CREATE INDEX exceptions_by_instance ON exceptions (instance_id);

CREATE TABLE failed_looks (
  endpoint_id INTEGER PRIMARY KEY REFERENCES endpoints (id),
  scan_count INTEGER NOT NULL,
  last_scan_id INTEGER NOT NULL
) STRICT;

CREATE TABLE finding_changes (
  id INTEGER PRIMARY KEY,
  finding_id INTEGER NOT NULL
) STRICT;

CREATE TABLE finding_events (
  id INTEGER PRIMARY KEY,
  finding_id INTEGER NOT NULL REFERENCES findings (id),
  at INTEGER NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  -- NULL: the verdict changed.
  actor TEXT
) STRICT;

CREATE INDEX finding_events_by_finding ON finding_events (finding_id);

CREATE TABLE finding_facts (
  id INTEGER PRIMARY KEY,
  -- JSON.
  content TEXT NOT NULL UNIQUE
) STRICT;

CREATE TRIGGER count_findings_added AFTER INSERT ON findings BEGIN
  INSERT INTO counts_by_finding (site_id, severity, status, due_at, count) VALUES ((SELECT site_id FROM instances WHERE id = NEW.instance_id), NEW.severity, NEW.status, ifnull(NEW.due_at, 0), 1)
    ON CONFLICT (site_id, severity, status, due_at) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER count_findings_removed AFTER DELETE ON findings BEGIN
  UPDATE counts_by_finding SET count = count - 1 WHERE site_id = (SELECT site_id FROM instances WHERE id = OLD.instance_id) AND severity = OLD.severity AND status = OLD.status AND due_at = ifnull(OLD.due_at, 0);
  DELETE FROM counts_by_finding WHERE site_id = (SELECT site_id FROM instances WHERE id = OLD.instance_id) AND severity = OLD.severity AND status = OLD.status AND due_at = ifnull(OLD.due_at, 0) AND count = 0;
END;

CREATE TRIGGER counts_by_finding_changed AFTER UPDATE OF instance_id, severity, status, due_at ON findings WHEN (SELECT site_id FROM instances WHERE id = OLD.instance_id) IS NOT (SELECT site_id FROM instances WHERE id = NEW.instance_id) OR OLD.severity IS NOT NEW.severity OR OLD.status IS NOT NEW.status OR ifnull(OLD.due_at, 0) IS NOT ifnull(NEW.due_at, 0) BEGIN
  UPDATE counts_by_finding SET count = count - 1 WHERE site_id = (SELECT site_id FROM instances WHERE id = OLD.instance_id) AND severity = OLD.severity AND status = OLD.status AND due_at = ifnull(OLD.due_at, 0);
  DELETE FROM counts_by_finding WHERE site_id = (SELECT site_id FROM instances WHERE id = OLD.instance_id) AND severity = OLD.severity AND status = OLD.status AND due_at = ifnull(OLD.due_at, 0) AND count = 0;
  INSERT INTO counts_by_finding (site_id, severity, status, due_at, count) VALUES ((SELECT site_id FROM instances WHERE id = NEW.instance_id), NEW.severity, NEW.status, ifnull(NEW.due_at, 0), 1)
    ON CONFLICT (site_id, severity, status, due_at) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER finding_changed AFTER UPDATE ON findings
WHEN OLD.status <> NEW.status OR OLD.severity <> NEW.severity OR OLD.label <> NEW.label
  OR OLD.opened_at <> NEW.opened_at OR OLD.due_at IS NOT NEW.due_at OR OLD.instance_id <> NEW.instance_id
BEGIN
  INSERT INTO finding_changes (finding_id) VALUES (NEW.id);
END;

CREATE TRIGGER finding_removed AFTER DELETE ON findings BEGIN
  INSERT INTO finding_changes (finding_id) VALUES (OLD.id);
END;

CREATE TABLE findings (
  id INTEGER PRIMARY KEY,
  rule TEXT NOT NULL,
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  -- Which model, advisory or exception; '': the instance itself.
  part TEXT NOT NULL,
  -- Derived: what the rule says now, and on what that rests.
  label TEXT NOT NULL,
  severity TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('broken', 'satisfied', 'unknown')),
  revision TEXT NOT NULL,
  status TEXT NOT NULL,
  status_before TEXT,
  reason TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  status_at INTEGER NOT NULL,
  due_at INTEGER,
  -- While the clock stands still: how much was left.
  due_left_ms INTEGER, facts_id INTEGER REFERENCES finding_facts (id), observations TEXT NOT NULL DEFAULT '[]',
  UNIQUE (instance_id, rule, part)
) STRICT;

CREATE INDEX findings_awaiting ON findings (instance_id) WHERE status = 'awaiting-verification';

CREATE INDEX findings_by_status ON findings (status, severity);

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

CREATE TABLE identity_marks (
  mark INTEGER NOT NULL,
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  PRIMARY KEY (mark, instance_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_marks_by_instance ON identity_marks (instance_id);

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

CREATE TABLE import_rejects (
  import_id INTEGER NOT NULL REFERENCES imports (id),
  position INTEGER NOT NULL,
  line INTEGER NOT NULL,
  reason TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (import_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_tags (
  import_id INTEGER NOT NULL REFERENCES imports (id),
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  tag TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (import_id, instance_id, tag)
) STRICT, WITHOUT ROWID;

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

CREATE TRIGGER stale_by_disinheritance AFTER UPDATE ON inheritances BEGIN
  INSERT OR IGNORE INTO stale_instances SELECT id FROM instances;
END;

CREATE TRIGGER stale_by_inheritance AFTER INSERT ON inheritances BEGIN
  INSERT OR IGNORE INTO stale_instances SELECT id FROM instances;
END;

CREATE TRIGGER triage_by_disinheritance AFTER UPDATE ON inheritances BEGIN
  INSERT OR IGNORE INTO stale_triage SELECT id FROM instances;
END;

CREATE TRIGGER triage_by_inheritance AFTER INSERT ON inheritances BEGIN
  INSERT OR IGNORE INTO stale_triage SELECT id FROM instances;
END;

CREATE TABLE inheritances (
  id INTEGER PRIMARY KEY,
  scope TEXT NOT NULL CHECK (scope IN ('range', 'site', 'name')),
  value TEXT NOT NULL,
  owner_id INTEGER NOT NULL REFERENCES owners (id),
  duty TEXT NOT NULL CHECK (duty IN ('technical', 'data', 'risk')),
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;

CREATE TABLE instance_dispositions (
  instance_id INTEGER PRIMARY KEY REFERENCES instances (id),
  disposition TEXT NOT NULL CHECK (disposition IN ('ours', 'not-ours', 'false-identification', 'decommissioned')),
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE TRIGGER anew_by_link AFTER INSERT ON instance_endpoints BEGIN
  UPDATE last_looks SET beside = NULL WHERE endpoint_id = NEW.endpoint_id;
END;

CREATE TRIGGER anew_by_unlink AFTER UPDATE ON instance_endpoints BEGIN
  UPDATE last_looks SET beside = NULL WHERE endpoint_id IN (OLD.endpoint_id, NEW.endpoint_id);
END;

CREATE TRIGGER stale_by_link AFTER INSERT ON instance_endpoints BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (NEW.instance_id);
END;

CREATE TRIGGER stale_by_unlink AFTER UPDATE ON instance_endpoints BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (OLD.instance_id), (NEW.instance_id);
END;

CREATE TRIGGER triage_by_link AFTER INSERT ON instance_endpoints BEGIN
  INSERT OR IGNORE INTO stale_triage VALUES (NEW.instance_id);
END;

CREATE TRIGGER triage_by_unlink AFTER UPDATE ON instance_endpoints BEGIN
  INSERT OR IGNORE INTO stale_triage VALUES (OLD.instance_id), (NEW.instance_id);
END;

CREATE TABLE instance_endpoints (
  id INTEGER PRIMARY KEY,
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  endpoint_id INTEGER NOT NULL REFERENCES endpoints (id),
  linked_at INTEGER NOT NULL,
  -- NULL: the link stands.
  unlinked_at INTEGER,
  reason TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX instance_endpoints_by_endpoint ON instance_endpoints (endpoint_id) WHERE unlinked_at IS NULL;

CREATE INDEX instance_endpoints_by_instance ON instance_endpoints (instance_id) WHERE unlinked_at IS NULL;

CREATE INDEX instance_endpoints_by_linking ON instance_endpoints (linked_at);

CREATE INDEX instance_endpoints_by_unlinking ON instance_endpoints (unlinked_at) WHERE unlinked_at IS NOT NULL;

CREATE INDEX instance_endpoints_ever ON instance_endpoints (instance_id, linked_at);

CREATE INDEX instance_endpoints_ever_at ON instance_endpoints (endpoint_id, linked_at);

CREATE TABLE instance_notes (
  instance_id INTEGER PRIMARY KEY REFERENCES instances (id),
  note TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE TABLE instance_risks (
  instance_id INTEGER PRIMARY KEY REFERENCES instances (id),
  profile_id INTEGER NOT NULL REFERENCES risk_profiles (id),
  score INTEGER NOT NULL,
  level TEXT NOT NULL
) STRICT;

CREATE INDEX instance_risks_by_profile ON instance_risks (profile_id);

CREATE TABLE instance_snapshots (
  instance_id INTEGER PRIMARY KEY REFERENCES instances (id),
  snapshot_id INTEGER NOT NULL REFERENCES snapshots (id)
) STRICT;

CREATE INDEX instance_snapshots_by_snapshot ON instance_snapshots (snapshot_id);

CREATE TRIGGER stale_by_tag AFTER INSERT ON instance_tags BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (NEW.instance_id);
END;

CREATE TRIGGER stale_by_untag AFTER DELETE ON instance_tags BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (OLD.instance_id);
END;

CREATE TABLE instance_tags (
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  tag TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (instance_id, tag)
) STRICT, WITHOUT ROWID;

CREATE INDEX instance_tags_by_tag ON instance_tags (tag);

CREATE TABLE instance_verdicts (
  instance_id INTEGER PRIMARY KEY REFERENCES instances (id),
  evaluated_at INTEGER NOT NULL,
  look_again_at INTEGER NOT NULL,
  unknown TEXT NOT NULL
) STRICT;

CREATE INDEX instance_verdicts_by_time ON instance_verdicts (look_again_at);

CREATE TRIGGER stale_by_facts AFTER UPDATE OF
  version, access, cors, product, suspected, tool_calling, presence, zone, confidence ON instances
WHEN OLD.version IS NOT NEW.version OR OLD.access <> NEW.access OR OLD.cors <> NEW.cors OR OLD.product <> NEW.product
  OR OLD.suspected IS NOT NEW.suspected OR OLD.tool_calling IS NOT NEW.tool_calling OR OLD.presence <> NEW.presence
  OR OLD.zone <> NEW.zone OR OLD.confidence <> NEW.confidence
BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (NEW.id);
END;

CREATE TRIGGER triage_by_merge AFTER UPDATE OF merged_into, address_key, first_seen_at ON instances
WHEN OLD.merged_into IS NOT NEW.merged_into OR OLD.address_key <> NEW.address_key OR OLD.first_seen_at <> NEW.first_seen_at
BEGIN
  INSERT OR IGNORE INTO stale_triage VALUES (NEW.id);
END;

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
  unasked_count INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX instances_by_place ON instances (site_id, address_key, port);

CREATE INDEX instances_unasked ON instances (site_id) WHERE unasked_count > 0;

CREATE TABLE inventory_places (
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  address_key BLOB NOT NULL,
  port INTEGER NOT NULL,
  place TEXT NOT NULL,
  PRIMARY KEY (instance_id, address_key, port)
) STRICT, WITHOUT ROWID;

CREATE TABLE inventory_row_keys (
  instance_id INTEGER PRIMARY KEY REFERENCES instances (id),
  site_id INTEGER NOT NULL,
  address_key BLOB NOT NULL,
  port INTEGER NOT NULL,
  digest BLOB NOT NULL
) STRICT;

CREATE TRIGGER count_rows_added AFTER INSERT ON inventory_rows BEGIN
  INSERT INTO counts_by_site (site_id, facts, count) VALUES (NEW.site_id, (NEW.facts & 33435648), 1)
    ON CONFLICT (site_id, facts) DO UPDATE SET count = count + 1;
  INSERT INTO counts_by_owner (owner_id, facts, count) VALUES (ifnull(NEW.owner_id, 0), (NEW.facts & 33030144), 1)
    ON CONFLICT (owner_id, facts) DO UPDATE SET count = count + 1;
  INSERT INTO counts_by_profile (site_id, profile_id, score, facts, count) VALUES (NEW.site_id, ifnull(NEW.profile_id, 0), ifnull(NEW.score, -1), (NEW.facts & 29360128), 1)
    ON CONFLICT (site_id, profile_id, score, facts) DO UPDATE SET count = count + 1;
  INSERT INTO counts_by_time (quarter, count) VALUES ((NEW.first_seen_at / 900000), 1)
    ON CONFLICT (quarter) DO UPDATE SET count = count + 1;
  INSERT INTO counts_by_network (site_id, network, facts, is_owned, count) VALUES (NEW.site_id, substr(NEW.address_key, 1, length(NEW.address_key) - 1), (NEW.facts & 33030144), (NEW.owner_id IS NOT NULL), 1)
    ON CONFLICT (site_id, network, facts, is_owned) DO UPDATE SET count = count + 1;
  INSERT INTO counts_by_capability (capability_set, remote_set, facts, count) VALUES (ifnull(NEW.capability_set, 0), ifnull(NEW.remote_set, 0), (NEW.facts & 29753344), 1)
    ON CONFLICT (capability_set, remote_set, facts) DO UPDATE SET count = count + 1;
  INSERT INTO network_changes (site_id, address_key, was_facts, was_owned, facts, is_owned)
    VALUES (NEW.site_id, NEW.address_key, NULL, NULL, (NEW.facts & 33030144), (NEW.owner_id IS NOT NULL));
END;

CREATE TRIGGER count_rows_removed AFTER DELETE ON inventory_rows BEGIN
  UPDATE counts_by_site SET count = count - 1 WHERE site_id = OLD.site_id AND facts = (OLD.facts & 33435648);
  DELETE FROM counts_by_site WHERE site_id = OLD.site_id AND facts = (OLD.facts & 33435648) AND count = 0;
  UPDATE counts_by_owner SET count = count - 1 WHERE owner_id = ifnull(OLD.owner_id, 0) AND facts = (OLD.facts & 33030144);
  DELETE FROM counts_by_owner WHERE owner_id = ifnull(OLD.owner_id, 0) AND facts = (OLD.facts & 33030144) AND count = 0;
  UPDATE counts_by_profile SET count = count - 1 WHERE site_id = OLD.site_id AND profile_id = ifnull(OLD.profile_id, 0) AND score = ifnull(OLD.score, -1) AND facts = (OLD.facts & 29360128);
  DELETE FROM counts_by_profile WHERE site_id = OLD.site_id AND profile_id = ifnull(OLD.profile_id, 0) AND score = ifnull(OLD.score, -1) AND facts = (OLD.facts & 29360128) AND count = 0;
  UPDATE counts_by_time SET count = count - 1 WHERE quarter = (OLD.first_seen_at / 900000);
  DELETE FROM counts_by_time WHERE quarter = (OLD.first_seen_at / 900000) AND count = 0;
  UPDATE counts_by_network SET count = count - 1 WHERE site_id = OLD.site_id AND network = substr(OLD.address_key, 1, length(OLD.address_key) - 1) AND facts = (OLD.facts & 33030144) AND is_owned = (OLD.owner_id IS NOT NULL);
  DELETE FROM counts_by_network WHERE site_id = OLD.site_id AND network = substr(OLD.address_key, 1, length(OLD.address_key) - 1) AND facts = (OLD.facts & 33030144) AND is_owned = (OLD.owner_id IS NOT NULL) AND count = 0;
  UPDATE counts_by_capability SET count = count - 1 WHERE capability_set = ifnull(OLD.capability_set, 0) AND remote_set = ifnull(OLD.remote_set, 0) AND facts = (OLD.facts & 29753344);
  DELETE FROM counts_by_capability WHERE capability_set = ifnull(OLD.capability_set, 0) AND remote_set = ifnull(OLD.remote_set, 0) AND facts = (OLD.facts & 29753344) AND count = 0;
  INSERT INTO network_changes (site_id, address_key, was_facts, was_owned, facts, is_owned)
    VALUES (OLD.site_id, OLD.address_key, (OLD.facts & 33030144), (OLD.owner_id IS NOT NULL), NULL, NULL);
END;

CREATE TRIGGER counts_by_capability_changed AFTER UPDATE OF facts, capability_set, remote_set ON inventory_rows WHEN ifnull(OLD.capability_set, 0) IS NOT ifnull(NEW.capability_set, 0) OR ifnull(OLD.remote_set, 0) IS NOT ifnull(NEW.remote_set, 0) OR (OLD.facts & 29753344) IS NOT (NEW.facts & 29753344) BEGIN
  UPDATE counts_by_capability SET count = count - 1 WHERE capability_set = ifnull(OLD.capability_set, 0) AND remote_set = ifnull(OLD.remote_set, 0) AND facts = (OLD.facts & 29753344);
  DELETE FROM counts_by_capability WHERE capability_set = ifnull(OLD.capability_set, 0) AND remote_set = ifnull(OLD.remote_set, 0) AND facts = (OLD.facts & 29753344) AND count = 0;
  INSERT INTO counts_by_capability (capability_set, remote_set, facts, count) VALUES (ifnull(NEW.capability_set, 0), ifnull(NEW.remote_set, 0), (NEW.facts & 29753344), 1)
    ON CONFLICT (capability_set, remote_set, facts) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER counts_by_network_changed AFTER UPDATE OF facts, owner_id ON inventory_rows WHEN (OLD.facts & 33030144) IS NOT (NEW.facts & 33030144) OR (OLD.owner_id IS NOT NULL) IS NOT (NEW.owner_id IS NOT NULL) BEGIN
  UPDATE counts_by_network SET count = count - 1 WHERE site_id = OLD.site_id AND network = substr(OLD.address_key, 1, length(OLD.address_key) - 1) AND facts = (OLD.facts & 33030144) AND is_owned = (OLD.owner_id IS NOT NULL);
  DELETE FROM counts_by_network WHERE site_id = OLD.site_id AND network = substr(OLD.address_key, 1, length(OLD.address_key) - 1) AND facts = (OLD.facts & 33030144) AND is_owned = (OLD.owner_id IS NOT NULL) AND count = 0;
  INSERT INTO counts_by_network (site_id, network, facts, is_owned, count) VALUES (NEW.site_id, substr(NEW.address_key, 1, length(NEW.address_key) - 1), (NEW.facts & 33030144), (NEW.owner_id IS NOT NULL), 1)
    ON CONFLICT (site_id, network, facts, is_owned) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER counts_by_owner_changed AFTER UPDATE OF facts, owner_id ON inventory_rows WHEN ifnull(OLD.owner_id, 0) IS NOT ifnull(NEW.owner_id, 0) OR (OLD.facts & 33030144) IS NOT (NEW.facts & 33030144) BEGIN
  UPDATE counts_by_owner SET count = count - 1 WHERE owner_id = ifnull(OLD.owner_id, 0) AND facts = (OLD.facts & 33030144);
  DELETE FROM counts_by_owner WHERE owner_id = ifnull(OLD.owner_id, 0) AND facts = (OLD.facts & 33030144) AND count = 0;
  INSERT INTO counts_by_owner (owner_id, facts, count) VALUES (ifnull(NEW.owner_id, 0), (NEW.facts & 33030144), 1)
    ON CONFLICT (owner_id, facts) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER counts_by_profile_changed AFTER UPDATE OF facts, profile_id, score ON inventory_rows WHEN ifnull(OLD.profile_id, 0) IS NOT ifnull(NEW.profile_id, 0) OR ifnull(OLD.score, -1) IS NOT ifnull(NEW.score, -1) OR (OLD.facts & 29360128) IS NOT (NEW.facts & 29360128) BEGIN
  UPDATE counts_by_profile SET count = count - 1 WHERE site_id = OLD.site_id AND profile_id = ifnull(OLD.profile_id, 0) AND score = ifnull(OLD.score, -1) AND facts = (OLD.facts & 29360128);
  DELETE FROM counts_by_profile WHERE site_id = OLD.site_id AND profile_id = ifnull(OLD.profile_id, 0) AND score = ifnull(OLD.score, -1) AND facts = (OLD.facts & 29360128) AND count = 0;
  INSERT INTO counts_by_profile (site_id, profile_id, score, facts, count) VALUES (NEW.site_id, ifnull(NEW.profile_id, 0), ifnull(NEW.score, -1), (NEW.facts & 29360128), 1)
    ON CONFLICT (site_id, profile_id, score, facts) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER counts_by_site_changed AFTER UPDATE OF facts ON inventory_rows WHEN (OLD.facts & 33435648) IS NOT (NEW.facts & 33435648) BEGIN
  UPDATE counts_by_site SET count = count - 1 WHERE site_id = OLD.site_id AND facts = (OLD.facts & 33435648);
  DELETE FROM counts_by_site WHERE site_id = OLD.site_id AND facts = (OLD.facts & 33435648) AND count = 0;
  INSERT INTO counts_by_site (site_id, facts, count) VALUES (NEW.site_id, (NEW.facts & 33435648), 1)
    ON CONFLICT (site_id, facts) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER counts_by_time_changed AFTER UPDATE OF first_seen_at ON inventory_rows WHEN (OLD.first_seen_at / 900000) IS NOT (NEW.first_seen_at / 900000) BEGIN
  UPDATE counts_by_time SET count = count - 1 WHERE quarter = (OLD.first_seen_at / 900000);
  DELETE FROM counts_by_time WHERE quarter = (OLD.first_seen_at / 900000) AND count = 0;
  INSERT INTO counts_by_time (quarter, count) VALUES ((NEW.first_seen_at / 900000), 1)
    ON CONFLICT (quarter) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER network_changed AFTER UPDATE OF facts, owner_id ON inventory_rows WHEN (OLD.facts & 33030144) IS NOT (NEW.facts & 33030144) OR (OLD.owner_id IS NOT NULL) IS NOT (NEW.owner_id IS NOT NULL) BEGIN
  INSERT INTO network_changes (site_id, address_key, was_facts, was_owned, facts, is_owned)
    VALUES (OLD.site_id, OLD.address_key, (OLD.facts & 33030144), (OLD.owner_id IS NOT NULL), (NEW.facts & 33030144), (NEW.owner_id IS NOT NULL));
END;

CREATE TABLE inventory_rows (
  site_id INTEGER NOT NULL REFERENCES sites (id),
  address_key BLOB NOT NULL,
  port INTEGER NOT NULL,
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  -- Everything of closed lists, a few bits each (store/row-facts.ts).
  facts INTEGER NOT NULL,
  confidence INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  model_count INTEGER,
  size_min INTEGER,
  size_max INTEGER,
  version_id INTEGER,
  -- NULL: none.
  owner_id INTEGER,
  note_id INTEGER,
  family_set INTEGER,
  quantization_set INTEGER,
  parameters_set INTEGER,
  capability_set INTEGER,
  remote_set INTEGER,
  running_set INTEGER,
  tag_set INTEGER NOT NULL,
  host_set INTEGER NOT NULL,
  model_set INTEGER,
  digest_set INTEGER,
  -- As people type it: 10.0.0.1:11434.
  place TEXT NOT NULL, score INTEGER, profile_id INTEGER,
  PRIMARY KEY (site_id, address_key, port, instance_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX inventory_rows_by_address ON inventory_rows (address_key);

CREATE INDEX inventory_rows_by_first_seen ON inventory_rows (first_seen_at);

CREATE INDEX inventory_rows_tool_calling ON inventory_rows (score, model_set, facts)
  WHERE (facts >> 22) & 7 = 0 AND (facts >> 17) & 3 = 1;

CREATE TABLE inventory_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL,
  -- NULL: not built yet.
  layout INTEGER
) STRICT;

CREATE TRIGGER look_beside_others AFTER INSERT ON last_looks WHEN (SELECT count(*) FROM last_looks
  WHERE site_id = NEW.site_id AND address_key = NEW.address_key AND port = NEW.port) > 1
BEGIN
  UPDATE last_looks SET is_alone = 0
    WHERE site_id = NEW.site_id AND address_key = NEW.address_key AND port = NEW.port;
END;

CREATE TABLE last_looks (
  site_id INTEGER NOT NULL,
  address_key BLOB NOT NULL,
  port INTEGER NOT NULL,
  scheme TEXT NOT NULL,
  base_path TEXT NOT NULL,
  endpoint_id INTEGER NOT NULL UNIQUE REFERENCES endpoints (id),
  spell_id INTEGER NOT NULL,
  scan_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  scan_count INTEGER NOT NULL,
  -- The newest seal when this was written; and, where the spell is older, the scan and instant it had reached by then.
  seal_id INTEGER NOT NULL,
  before_scan_id INTEGER,
  before_at INTEGER,
  is_present INTEGER NOT NULL,
  -- When it last answered, and what it showed.
  seen_at INTEGER NOT NULL,
  snapshot_id INTEGER,
  digest BLOB,
  -- All else that anything is derived from, as text; NULL: something has changed since, and it is to be looked at anew.
  beside TEXT,
  instance_id INTEGER,
  -- How it was recognised, what it was asked, which models were in memory.
  signals TEXT NOT NULL,
  probes ANY NOT NULL,
  running TEXT, is_alone INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (site_id, address_key, port, scheme, base_path)
) STRICT, WITHOUT ROWID;

CREATE TABLE model_licences (
  digest TEXT PRIMARY KEY,
  licence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE model_sightings (
  digest TEXT PRIMARY KEY,
  first_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER network_changes_trimmed AFTER INSERT ON network_changes WHEN NEW.id % 1024 = 0 BEGIN
  DELETE FROM network_changes WHERE id <= NEW.id - 32768;
END;

CREATE TABLE network_changes (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL,
  address_key BLOB NOT NULL,
  was_facts INTEGER,
  was_owned INTEGER,
  facts INTEGER,
  is_owned INTEGER
) STRICT;

CREATE TABLE overview_points (
  scan_id INTEGER PRIMARY KEY REFERENCES scans (id),
  at INTEGER NOT NULL,
  -- JSON.
  figures TEXT NOT NULL
) STRICT;

CREATE TABLE owner_import_rows (
  import_id INTEGER NOT NULL REFERENCES owner_imports (id),
  owner_id INTEGER NOT NULL REFERENCES owners (id),
  -- The owner before, JSON; NULL: there was none.
  before TEXT,
  PRIMARY KEY (import_id, owner_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE owner_imports (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  file TEXT NOT NULL,
  added_count INTEGER NOT NULL,
  changed_count INTEGER NOT NULL,
  unchanged_count INTEGER NOT NULL,
  rejected_count INTEGER NOT NULL,
  undone_at INTEGER
) STRICT;

CREATE TRIGGER stale_by_renaming AFTER UPDATE OF name ON owners WHEN OLD.name <> NEW.name BEGIN
  INSERT OR IGNORE INTO stale_instances SELECT instance_id FROM ownerships WHERE owner_id = NEW.id;
  INSERT OR IGNORE INTO stale_instances SELECT instances.id FROM instances
    WHERE EXISTS (SELECT 1 FROM inheritances WHERE owner_id = NEW.id AND removed_at IS NULL);
END;

CREATE TRIGGER triage_by_owner AFTER INSERT ON owners BEGIN
  INSERT OR IGNORE INTO stale_triage SELECT instance_id FROM triage_rows WHERE origin IN ('proposed', 'none');
END;

CREATE TRIGGER triage_by_owner_edit AFTER UPDATE OF name, email, removed_at ON owners
WHEN OLD.name <> NEW.name OR OLD.email IS NOT NEW.email OR OLD.removed_at IS NOT NEW.removed_at
BEGIN
  INSERT OR IGNORE INTO stale_triage SELECT instance_id FROM triage_rows WHERE origin IN ('proposed', 'none');
END;

CREATE TABLE owners (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'team')),
  name TEXT NOT NULL,
  email TEXT COLLATE NOCASE,
  external_id TEXT,
  unit TEXT,
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;

CREATE INDEX owners_by_email ON owners (email) WHERE removed_at IS NULL;

CREATE UNIQUE INDEX owners_by_external_id ON owners (external_id) WHERE removed_at IS NULL AND external_id IS NOT NULL;

CREATE TABLE ownership_events (
  id INTEGER PRIMARY KEY,
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  duty TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  step TEXT NOT NULL,
  state TEXT NOT NULL,
  owner_id INTEGER REFERENCES owners (id),
  note TEXT NOT NULL
) STRICT;

CREATE INDEX ownership_events_by_instance ON ownership_events (instance_id);

CREATE TRIGGER stale_by_handover AFTER UPDATE ON ownerships BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (NEW.instance_id);
END;

CREATE TRIGGER stale_by_owner AFTER INSERT ON ownerships BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (NEW.instance_id);
END;

CREATE TRIGGER triage_by_handover AFTER UPDATE ON ownerships WHEN NEW.duty = 'technical' BEGIN
  INSERT OR IGNORE INTO stale_triage VALUES (NEW.instance_id);
END;

CREATE TRIGGER triage_by_ownership AFTER INSERT ON ownerships WHEN NEW.duty = 'technical' BEGIN
  INSERT OR IGNORE INTO stale_triage VALUES (NEW.instance_id);
END;

CREATE TABLE ownerships (
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  duty TEXT NOT NULL CHECK (duty IN ('technical', 'data', 'risk')),
  state TEXT NOT NULL CHECK (state IN ('unowned', 'assigned', 'acknowledged', 'disputed')),
  owner_id INTEGER REFERENCES owners (id),
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  due_on TEXT,
  since_at INTEGER NOT NULL,
  PRIMARY KEY (instance_id, duty),
  CHECK ((state = 'unowned') = (owner_id IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX ownerships_by_owner ON ownerships (owner_id);

CREATE TABLE policy_rules (
  key TEXT PRIMARY KEY,
  pack TEXT NOT NULL,
  edition TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE policy_settings (
  key TEXT NOT NULL,
  site TEXT NOT NULL COLLATE NOCASE,
  enabled INTEGER,
  severity TEXT,
  params TEXT, scope TEXT,
  PRIMARY KEY (key, site)
) STRICT, WITHOUT ROWID;

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

CREATE INDEX proposed_ranges_by_import ON proposed_ranges (import_id);

CREATE INDEX proposed_ranges_open ON proposed_ranges (site, first_key, last_key) WHERE state = 'open';

CREATE TABLE purged_spells (
  link_id INTEGER PRIMARY KEY REFERENCES instance_endpoints (id),
  answered_count INTEGER NOT NULL,
  unreachable_count INTEGER NOT NULL,
  first_at INTEGER NOT NULL
) STRICT;

CREATE TABLE query_set_terms (
  term_id INTEGER NOT NULL REFERENCES query_terms (id),
  set_id INTEGER NOT NULL REFERENCES query_sets (id),
  PRIMARY KEY (term_id, set_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE query_sets (
  id INTEGER PRIMARY KEY,
  field TEXT NOT NULL,
  -- SHA-256 of the members.
  digest BLOB NOT NULL,
  -- JSON, in order.
  members TEXT NOT NULL,
  UNIQUE (field, digest)
) STRICT;

CREATE TABLE query_terms (
  id INTEGER PRIMARY KEY,
  field TEXT NOT NULL,
  -- '': a member that is unknown.
  text TEXT NOT NULL,
  folded TEXT NOT NULL,
  UNIQUE (field, text)
) STRICT;

CREATE INDEX query_terms_by_folded ON query_terms (field, folded);

CREATE VIRTUAL TABLE query_words USING fts5(
  folded, content = 'query_terms', content_rowid = 'id', tokenize = 'trigram case_sensitive 1'
);

CREATE TRIGGER triage_by_new_range AFTER INSERT ON ranges
WHEN EXISTS (SELECT 1 FROM inheritances WHERE scope = 'range' AND removed_at IS NULL)
BEGIN
  INSERT OR IGNORE INTO stale_triage SELECT id FROM instances WHERE site_id = NEW.site_id;
END;

CREATE TRIGGER triage_by_range AFTER UPDATE OF authorised_by, block ON ranges
WHEN OLD.authorised_by <> NEW.authorised_by OR OLD.block <> NEW.block
BEGIN
  INSERT OR IGNORE INTO stale_triage
    SELECT link.instance_id FROM endpoints JOIN instance_endpoints AS link ON link.endpoint_id = endpoints.id
    WHERE endpoints.range_id = NEW.id AND link.unlinked_at IS NULL;
END;

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

CREATE TRIGGER triage_by_rejection AFTER INSERT ON rejected_proposals BEGIN
  INSERT OR IGNORE INTO stale_triage VALUES (NEW.instance_id);
END;

CREATE TABLE rejected_proposals (
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  owner_id INTEGER NOT NULL REFERENCES owners (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (instance_id, owner_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  -- What was asked for, JSON.
  request TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  -- The signed manifest, JSON: with the digests of the kept files.
  manifest TEXT NOT NULL
) STRICT;

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

CREATE INDEX risk_overrides_by_instance ON risk_overrides (instance_id);

CREATE UNIQUE INDEX risk_overrides_in_force ON risk_overrides (instance_id) WHERE ended_at IS NULL;

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

CREATE TABLE rule_versions (
  key TEXT NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  -- The rule as it was in force from then on, JSON.
  body TEXT NOT NULL,
  PRIMARY KEY (key, number)
) STRICT, WITHOUT ROWID;

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
  tarpits TEXT NOT NULL DEFAULT '[]',
  -- Of a scan that explains itself: everything asked and answered, JSON; NULL: it was not asked to.
  traces TEXT
) STRICT;

CREATE TABLE seal_changes (
  spell_id INTEGER NOT NULL,
  scan_id INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  scan_count INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE site_vantages (
  site_id INTEGER NOT NULL REFERENCES sites (id),
  vantage_id INTEGER NOT NULL REFERENCES vantages (id),
  confirmed_at INTEGER NOT NULL,
  confirmed_by TEXT NOT NULL,
  PRIMARY KEY (site_id, vantage_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER triage_by_site AFTER UPDATE OF name ON sites WHEN OLD.name <> NEW.name BEGIN
  INSERT OR IGNORE INTO stale_triage SELECT id FROM instances WHERE site_id = NEW.id;
END;

CREATE TABLE sites (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  -- Whether scans ask the name server of this machine for the names of its hosts.
  reverse_dns INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE snapshot_artifacts (
  snapshot_id INTEGER NOT NULL REFERENCES snapshots (id),
  position INTEGER NOT NULL,
  artifact_id INTEGER NOT NULL REFERENCES artifacts (id),
  modified_at TEXT,
  PRIMARY KEY (snapshot_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX snapshot_artifacts_by_artifact ON snapshot_artifacts (artifact_id);

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

CREATE TRIGGER stale_by_spell AFTER INSERT ON spell_records BEGIN
  INSERT OR IGNORE INTO stale_instances
    SELECT instance_id FROM instance_endpoints WHERE endpoint_id = NEW.endpoint_id AND unlinked_at IS NULL;
END;

CREATE TABLE "spell_records" (
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

CREATE INDEX spells_by_endpoint ON "spell_records" (endpoint_id, first_at, (outcome = 'answered'));

CREATE INDEX spells_by_scan ON spell_records (last_scan_id) WHERE scan_count > 0;

CREATE INDEX spells_by_snapshot ON "spell_records" (snapshot_id) WHERE snapshot_id IS NOT NULL;

CREATE VIEW spells AS
  SELECT record.id, record.endpoint_id, outcome, record.snapshot_id, first_scan_id,
    ifnull(look.scan_id, last_scan_id) AS last_scan_id, first_at, ifnull(look.at, last_at) AS last_at,
    ifnull(look.scan_count, record.scan_count) AS scan_count
  FROM spell_records AS record
  LEFT JOIN last_looks AS look ON look.endpoint_id = record.endpoint_id AND look.spell_id = record.id;

CREATE TABLE stale_instances (
  instance_id INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE stale_triage (
  instance_id INTEGER PRIMARY KEY
) STRICT;

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

CREATE TABLE texts (
  id INTEGER PRIMARY KEY,
  -- SHA-256 of the content.
  digest BLOB NOT NULL UNIQUE,
  content TEXT NOT NULL
) STRICT;

CREATE TABLE triage_rows (
  instance_id INTEGER PRIMARY KEY REFERENCES instances (id),
  first_seen_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('unowned', 'proposed', 'assigned', 'acknowledged', 'disputed')),
  origin TEXT NOT NULL CHECK (origin IN ('stated', 'inherited', 'proposed', 'none')),
  owner_id INTEGER REFERENCES owners (id),
  -- Of a proposal: how sure, of 100.
  confidence INTEGER,
  reasons TEXT NOT NULL,
  note TEXT NOT NULL,
  due_on TEXT,
  since_at INTEGER
) STRICT;

CREATE INDEX triage_rows_by_due ON triage_rows (due_on) WHERE due_on IS NOT NULL;

CREATE INDEX triage_rows_by_owner ON triage_rows (owner_id, state);

CREATE INDEX triage_rows_by_state ON triage_rows (state, first_seen_at, instance_id);

CREATE TABLE triage_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL
) STRICT;

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

CREATE TABLE views (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  query TEXT NOT NULL,
  -- JSON; NULL columns: those on show.
  sort TEXT NOT NULL,
  columns TEXT,
  saved_at INTEGER NOT NULL,
  saved_by TEXT NOT NULL
) STRICT;

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
