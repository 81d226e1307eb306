import type { Migration } from './migration.ts'

/** How instances stand on their way to an owner, what happened on it, and what a worker is judging. Frozen once landed. */
export const triage: Migration = {
  version: 70,
  name: 'triage',
  sql: `
-- Derived: who answers technically for each instance, or might. Proposals are kept, so that a queue of them can be paged.
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
CREATE INDEX triage_rows_by_state ON triage_rows (state, first_seen_at, instance_id);
CREATE INDEX triage_rows_by_owner ON triage_rows (owner_id, state);
CREATE INDEX triage_rows_by_due ON triage_rows (due_on) WHERE due_on IS NOT NULL;

-- Rises with every change of a row: two answers with the same number saw the same.
CREATE TABLE triage_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL
) STRICT;
INSERT INTO triage_state VALUES (1, 1);

-- Instances whose way to an owner may stand otherwise than their row says.
CREATE TABLE stale_triage (
  instance_id INTEGER PRIMARY KEY
) STRICT;
INSERT INTO stale_triage SELECT id FROM instances;

CREATE TRIGGER triage_by_link AFTER INSERT ON instance_endpoints BEGIN
  INSERT OR IGNORE INTO stale_triage VALUES (NEW.instance_id);
END;
CREATE TRIGGER triage_by_unlink AFTER UPDATE ON instance_endpoints BEGIN
  INSERT OR IGNORE INTO stale_triage VALUES (OLD.instance_id), (NEW.instance_id);
END;
CREATE TRIGGER triage_by_merge AFTER UPDATE OF merged_into, address_key, first_seen_at ON instances
WHEN OLD.merged_into IS NOT NEW.merged_into OR OLD.address_key <> NEW.address_key OR OLD.first_seen_at <> NEW.first_seen_at
BEGIN
  INSERT OR IGNORE INTO stale_triage VALUES (NEW.id);
END;
CREATE TRIGGER triage_by_endpoint AFTER UPDATE OF host_names, range_id ON endpoints
WHEN OLD.host_names <> NEW.host_names OR OLD.range_id IS NOT NEW.range_id
BEGIN
  INSERT OR IGNORE INTO stale_triage
    SELECT instance_id FROM instance_endpoints WHERE endpoint_id = NEW.id AND unlinked_at IS NULL;
END;
CREATE TRIGGER triage_by_ownership AFTER INSERT ON ownerships WHEN NEW.duty = 'technical' BEGIN
  INSERT OR IGNORE INTO stale_triage VALUES (NEW.instance_id);
END;
CREATE TRIGGER triage_by_handover AFTER UPDATE ON ownerships WHEN NEW.duty = 'technical' BEGIN
  INSERT OR IGNORE INTO stale_triage VALUES (NEW.instance_id);
END;
CREATE TRIGGER triage_by_rejection AFTER INSERT ON rejected_proposals BEGIN
  INSERT OR IGNORE INTO stale_triage VALUES (NEW.instance_id);
END;
CREATE TRIGGER triage_by_inheritance AFTER INSERT ON inheritances BEGIN
  INSERT OR IGNORE INTO stale_triage SELECT id FROM instances;
END;
CREATE TRIGGER triage_by_disinheritance AFTER UPDATE ON inheritances BEGIN
  INSERT OR IGNORE INTO stale_triage SELECT id FROM instances;
END;
-- Whoever is new, or known otherwise than before, may be proposed wherever nobody is named.
CREATE TRIGGER triage_by_owner AFTER INSERT ON owners BEGIN
  INSERT OR IGNORE INTO stale_triage SELECT instance_id FROM triage_rows WHERE origin IN ('proposed', 'none');
END;
CREATE TRIGGER triage_by_owner_edit AFTER UPDATE OF name, email, removed_at ON owners
WHEN OLD.name <> NEW.name OR OLD.email IS NOT NEW.email OR OLD.removed_at IS NOT NEW.removed_at
BEGIN
  INSERT OR IGNORE INTO stale_triage SELECT instance_id FROM triage_rows WHERE origin IN ('proposed', 'none');
END;
CREATE TRIGGER triage_by_range AFTER UPDATE OF authorised_by, block ON ranges
WHEN OLD.authorised_by <> NEW.authorised_by OR OLD.block <> NEW.block
BEGIN
  INSERT OR IGNORE INTO stale_triage
    SELECT link.instance_id FROM endpoints JOIN instance_endpoints AS link ON link.endpoint_id = endpoints.id
    WHERE endpoints.range_id = NEW.id AND link.unlinked_at IS NULL;
END;
-- What is inherited hangs on the ranges there are, and on the name of the site.
CREATE TRIGGER triage_by_new_range AFTER INSERT ON ranges
WHEN EXISTS (SELECT 1 FROM inheritances WHERE scope = 'range' AND removed_at IS NULL)
BEGIN
  INSERT OR IGNORE INTO stale_triage SELECT id FROM instances WHERE site_id = NEW.site_id;
END;
CREATE TRIGGER stale_by_new_range AFTER INSERT ON ranges
WHEN EXISTS (SELECT 1 FROM inheritances WHERE scope = 'range' AND removed_at IS NULL)
BEGIN
  INSERT OR IGNORE INTO stale_instances SELECT id FROM instances WHERE site_id = NEW.site_id;
END;
CREATE TRIGGER stale_by_range AFTER UPDATE OF block ON ranges WHEN OLD.block <> NEW.block BEGIN
  INSERT OR IGNORE INTO stale_instances SELECT id FROM instances WHERE site_id = NEW.site_id;
END;
CREATE TRIGGER triage_by_site AFTER UPDATE OF name ON sites WHEN OLD.name <> NEW.name BEGIN
  INSERT OR IGNORE INTO stale_triage SELECT id FROM instances WHERE site_id = NEW.id;
END;

-- Every step of an ownership: what is in the audit, by instance.
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

-- Instances a worker is judging. Whatever changes about one meanwhile marks it stale again, and what was found is dropped.
CREATE TABLE claimed_instances (
  instance_id INTEGER PRIMARY KEY
) STRICT;
`,
}
