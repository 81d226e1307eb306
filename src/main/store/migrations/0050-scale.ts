import type { Migration } from './migration.ts'

/** What it takes to record many observations a second: common texts once, and nothing written anew that says the same. */
export const scale: Migration = {
  version: 50,
  name: 'scale',
  sql: `
-- Texts that many rows have in common: how a server was recognised, what it was asked.
CREATE TABLE texts (
  id INTEGER PRIMARY KEY,
  -- SHA-256 of the content.
  digest BLOB NOT NULL UNIQUE,
  content TEXT NOT NULL
) STRICT;

-- When an instance was last seen is new with every scan: nothing is kept in its order.
DROP INDEX instances_by_last_seen;

DROP TRIGGER stale_by_facts;
ALTER TABLE instances DROP COLUMN search_text;
CREATE TRIGGER stale_by_facts AFTER UPDATE OF
  version, access, cors, product, suspected, tool_calling, presence, zone, confidence ON instances
WHEN OLD.version IS NOT NEW.version OR OLD.access <> NEW.access OR OLD.cors <> NEW.cors OR OLD.product <> NEW.product
  OR OLD.suspected IS NOT NEW.suspected OR OLD.tool_calling IS NOT NEW.tool_calling OR OLD.presence <> NEW.presence
  OR OLD.zone <> NEW.zone OR OLD.confidence <> NEW.confidence
BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (NEW.id);
END;
-- Host names are no part of a snapshot, and still facts that are judged.
CREATE TRIGGER stale_by_host_names AFTER UPDATE OF host_names ON endpoints WHEN OLD.host_names <> NEW.host_names BEGIN
  INSERT OR IGNORE INTO stale_instances
    SELECT instance_id FROM instance_endpoints WHERE endpoint_id = NEW.id AND unlinked_at IS NULL;
END;

-- Only findings that wait for a scan to confirm them care for another sight of the same.
CREATE INDEX findings_awaiting ON findings (instance_id) WHERE status = 'awaiting-verification';
DROP TRIGGER stale_by_sight;
CREATE TRIGGER stale_by_sight AFTER UPDATE ON spells
WHEN NEW.outcome <> 'answered' OR EXISTS (
  SELECT 1 FROM instance_endpoints AS link JOIN findings INDEXED BY findings_awaiting
    ON findings.instance_id = link.instance_id AND findings.status = 'awaiting-verification'
  WHERE link.endpoint_id = NEW.endpoint_id AND link.unlinked_at IS NULL
)
BEGIN
  INSERT OR IGNORE INTO stale_instances
    SELECT instance_id FROM instance_endpoints WHERE endpoint_id = NEW.endpoint_id AND unlinked_at IS NULL;
END;

ALTER TABLE inventory_row_keys DROP COLUMN last_seen_at;
-- Lists are made from inventory_rows.
DROP INDEX instances_by_severity;

-- Of a spell the running scan extends, only what that changes: once for each, one after the other.
DROP TRIGGER spells_keep_sealed;
ALTER TABLE seal_changes RENAME TO seal_lines;
DROP INDEX seal_changes_by_scan;
CREATE TABLE seal_changes (
  spell_id INTEGER NOT NULL,
  scan_id INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  scan_count INTEGER NOT NULL
) STRICT;
INSERT INTO seal_changes SELECT spell_id, scan_id, line ->> '$[7]', line ->> '$[8]' FROM seal_lines;
DROP TABLE seal_lines;
CREATE TRIGGER spells_keep_sealed BEFORE UPDATE OF last_scan_id ON spells
WHEN NEW.last_scan_id <> OLD.last_scan_id
  AND EXISTS (SELECT 1 FROM scans WHERE id = NEW.last_scan_id AND status = 'running')
BEGIN
  INSERT INTO seal_changes VALUES (OLD.id, OLD.last_scan_id, OLD.last_at, OLD.scan_count);
END;

-- Models of an instance about which nobody has said anything: an answer changes what is said of it. Until it is looked at
-- again, all of them may be such.
ALTER TABLE instances ADD COLUMN unasked_count INTEGER NOT NULL DEFAULT 0;
UPDATE instances SET unasked_count = coalesce(model_count, 0);
CREATE INDEX instances_unasked ON instances (site_id) WHERE unasked_count > 0;
`,
}
