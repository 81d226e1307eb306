import type { Migration } from './migration.ts'

/** Actors, the audit chain, owners, policies, findings, exceptions. Frozen once landed. */
export const governance: Migration = {
  version: 40,
  name: 'governance',
  sql: `
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

-- No released file has entries of the shape before: there is nothing to take over.
DROP TABLE audit_entries;

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

-- What an entry says. The chain holds the commitment only, so that a value can be erased and the chain still verifies.
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

-- Spells as they were before the running scan saw their endpoints again: what the seals of earlier scans speak of.
CREATE TABLE seal_changes (
  spell_id INTEGER PRIMARY KEY,
  scan_id INTEGER NOT NULL,
  line TEXT NOT NULL
) STRICT;
CREATE INDEX seal_changes_by_scan ON seal_changes (scan_id);

-- Only what a running scan does is a change the next seal may take over; anything else is found by audit verify.
CREATE TRIGGER spells_keep_sealed BEFORE UPDATE ON spells
WHEN NEW.last_scan_id <> OLD.last_scan_id
  AND EXISTS (SELECT 1 FROM scans WHERE id = NEW.last_scan_id AND status = 'running')
BEGIN
  INSERT OR IGNORE INTO seal_changes VALUES (
    OLD.id,
    OLD.last_scan_id,
    json_array(OLD.id, OLD.endpoint_id, OLD.outcome, OLD.snapshot_id, OLD.first_scan_id, OLD.last_scan_id,
      OLD.first_at, OLD.last_at, OLD.scan_count)
  );
END;

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
CREATE UNIQUE INDEX owners_by_external_id ON owners (external_id) WHERE removed_at IS NULL AND external_id IS NOT NULL;
CREATE INDEX owners_by_email ON owners (email) WHERE removed_at IS NULL;

-- What an import did to each owner, so that all of it can be taken back.
CREATE TABLE owner_import_rows (
  import_id INTEGER NOT NULL REFERENCES owner_imports (id),
  owner_id INTEGER NOT NULL REFERENCES owners (id),
  -- The owner before, JSON; NULL: there was none.
  before TEXT,
  PRIMARY KEY (import_id, owner_id)
) STRICT, WITHOUT ROWID;

-- Who owns what nobody was named for: everything in a range or a site, or with a host name like this.
CREATE TABLE inheritances (
  id INTEGER PRIMARY KEY,
  scope TEXT NOT NULL CHECK (scope IN ('range', 'site', 'name')),
  value TEXT NOT NULL,
  owner_id INTEGER NOT NULL REFERENCES owners (id),
  duty TEXT NOT NULL CHECK (duty IN ('technical', 'data', 'risk')),
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;

-- What was stated about one duty for one instance. No row: nothing was.
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

-- Proposals a person said no to: they are not made again.
CREATE TABLE rejected_proposals (
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  owner_id INTEGER NOT NULL REFERENCES owners (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (instance_id, owner_id)
) STRICT, WITHOUT ROWID;

-- Rules as data: of packs that are delivered, and own ones.
CREATE TABLE policy_rules (
  key TEXT PRIMARY KEY,
  pack TEXT NOT NULL,
  edition TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was set for a rule here; site '': everywhere. NULL: as the rule says.
CREATE TABLE policy_settings (
  key TEXT NOT NULL,
  site TEXT NOT NULL COLLATE NOCASE,
  enabled INTEGER,
  severity TEXT,
  params TEXT,
  PRIMARY KEY (key, site)
) STRICT, WITHOUT ROWID;

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
  evidence TEXT NOT NULL,
  -- Workflow: moved by people and by changes of the verdict only.
  status TEXT NOT NULL,
  status_before TEXT,
  reason TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  status_at INTEGER NOT NULL,
  due_at INTEGER,
  -- While the clock stands still: how much was left.
  due_left_ms INTEGER,
  UNIQUE (instance_id, rule, part)
) STRICT;
CREATE INDEX findings_by_status ON findings (status, severity);

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

-- When an instance was last judged, which rules could not be decided, and when time alone may change a verdict.
CREATE TABLE instance_verdicts (
  instance_id INTEGER PRIMARY KEY REFERENCES instances (id),
  evaluated_at INTEGER NOT NULL,
  look_again_at INTEGER NOT NULL,
  unknown TEXT NOT NULL
) STRICT;
CREATE INDEX instance_verdicts_by_time ON instance_verdicts (look_again_at);

-- Instances whose facts changed since they were judged.
CREATE TABLE stale_instances (
  instance_id INTEGER PRIMARY KEY
) STRICT;

CREATE TRIGGER stale_by_spell AFTER INSERT ON spells BEGIN
  INSERT OR IGNORE INTO stale_instances
    SELECT instance_id FROM instance_endpoints WHERE endpoint_id = NEW.endpoint_id AND unlinked_at IS NULL;
END;
-- Another scan that finds it absent, or finds what was claimed to be fixed, counts.
CREATE TRIGGER stale_by_sight AFTER UPDATE ON spells
WHEN NEW.outcome <> 'answered' OR EXISTS (
  SELECT 1 FROM instance_endpoints AS link JOIN findings ON findings.instance_id = link.instance_id
  WHERE link.endpoint_id = NEW.endpoint_id AND link.unlinked_at IS NULL AND findings.status = 'awaiting-verification'
)
BEGIN
  INSERT OR IGNORE INTO stale_instances
    SELECT instance_id FROM instance_endpoints WHERE endpoint_id = NEW.endpoint_id AND unlinked_at IS NULL;
END;
CREATE TRIGGER stale_by_link AFTER INSERT ON instance_endpoints BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (NEW.instance_id);
END;
CREATE TRIGGER stale_by_unlink AFTER UPDATE ON instance_endpoints BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (OLD.instance_id), (NEW.instance_id);
END;
CREATE TRIGGER stale_by_facts AFTER UPDATE ON instances
WHEN OLD.version IS NOT NEW.version OR OLD.access <> NEW.access OR OLD.cors <> NEW.cors OR OLD.product <> NEW.product
  OR OLD.suspected IS NOT NEW.suspected OR OLD.tool_calling IS NOT NEW.tool_calling OR OLD.presence <> NEW.presence
  OR OLD.zone <> NEW.zone OR OLD.search_text <> NEW.search_text OR OLD.confidence <> NEW.confidence
BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (NEW.id);
END;
CREATE TRIGGER stale_by_owner AFTER INSERT ON ownerships BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (NEW.instance_id);
END;
CREATE TRIGGER stale_by_handover AFTER UPDATE ON ownerships BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (NEW.instance_id);
END;
CREATE TRIGGER stale_by_inheritance AFTER INSERT ON inheritances BEGIN
  INSERT OR IGNORE INTO stale_instances SELECT id FROM instances;
END;
CREATE TRIGGER stale_by_disinheritance AFTER UPDATE ON inheritances BEGIN
  INSERT OR IGNORE INTO stale_instances SELECT id FROM instances;
END;

CREATE TRIGGER stale_by_renaming AFTER UPDATE OF name ON owners WHEN OLD.name <> NEW.name BEGIN
  INSERT OR IGNORE INTO stale_instances SELECT instance_id FROM ownerships WHERE owner_id = NEW.id;
  INSERT OR IGNORE INTO stale_instances SELECT instances.id FROM instances
    WHERE EXISTS (SELECT 1 FROM inheritances WHERE owner_id = NEW.id AND removed_at IS NULL);
END;
-- One on the register says something of all that are not.
CREATE TRIGGER stale_by_approval AFTER INSERT ON approved_models BEGIN
  INSERT OR IGNORE INTO stale_instances SELECT id FROM instances;
END;
CREATE TRIGGER stale_by_revocation AFTER DELETE ON approved_models BEGIN
  INSERT OR IGNORE INTO stale_instances SELECT id FROM instances;
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
CREATE INDEX exceptions_by_instance ON exceptions (instance_id);
CREATE INDEX exceptions_by_finding ON exceptions (finding_id);
CREATE TRIGGER stale_by_exception AFTER UPDATE ON exceptions BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (NEW.instance_id);
END;
`,
}
