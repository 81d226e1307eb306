import type { Migration } from './migration.ts'

/** What is new with every look at an endpoint lies by itself, in short rows: most of what a scan writes is that. Frozen once landed. */
export const looks: Migration = {
  version: 160,
  name: 'looks',
  sql: `
DROP TRIGGER spells_keep_sealed;
DROP TRIGGER stale_by_sight;
DROP TRIGGER stale_by_spell;
ALTER TABLE spells RENAME TO spell_records;

-- The last time anybody looked at an endpoint. The spell it is in reaches that far: its own row is brought up to date when
-- the spell ends. Rows lie as scans go: what is looked at together is written together.
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
  running TEXT,
  PRIMARY KEY (site_id, address_key, port, scheme, base_path)
) STRICT, WITHOUT ROWID;

INSERT INTO last_looks
  SELECT site_id, address_key, port, scheme, base_path, endpoints.id, spell_id, last_scan_id, last_at, scan_count, -1, NULL, NULL, presence = 'present', last_seen_at, NULL, NULL, NULL, NULL,
    signals, probes, running
  FROM endpoints JOIN spell_records ON spell_records.id = spell_id;

-- A spell that is not over counts no scans of its own: seals find those that are.
UPDATE spell_records SET scan_count = 0 WHERE id IN (SELECT spell_id FROM last_looks);
DROP INDEX spells_by_scan;
CREATE INDEX spells_by_scan ON spell_records (last_scan_id) WHERE scan_count > 0;

ALTER TABLE endpoints DROP COLUMN last_seen_at;
ALTER TABLE endpoints DROP COLUMN signals;
ALTER TABLE endpoints DROP COLUMN probes;
ALTER TABLE endpoints DROP COLUMN running;
-- What its endpoints say.
ALTER TABLE instances DROP COLUMN last_seen_at;

-- Maximal stretches of scans in which an endpoint stayed the same.
CREATE VIEW spells AS
  SELECT record.id, record.endpoint_id, outcome, record.snapshot_id, first_scan_id,
    ifnull(look.scan_id, last_scan_id) AS last_scan_id, first_at, ifnull(look.at, last_at) AS last_at,
    ifnull(look.scan_count, record.scan_count) AS scan_count
  FROM spell_records AS record
  LEFT JOIN last_looks AS look ON look.endpoint_id = record.endpoint_id AND look.spell_id = record.id;

-- What was absent once more.
CREATE INDEX last_looks_absent ON last_looks (scan_id) WHERE is_present = 0;

CREATE TRIGGER stale_by_spell AFTER INSERT ON spell_records BEGIN
  INSERT OR IGNORE INTO stale_instances
    SELECT instance_id FROM instance_endpoints WHERE endpoint_id = NEW.endpoint_id AND unlinked_at IS NULL;
END;

CREATE TRIGGER look_by_presence AFTER UPDATE OF presence ON endpoints WHEN OLD.presence <> NEW.presence BEGIN
  UPDATE last_looks SET is_present = NEW.presence = 'present' WHERE endpoint_id = NEW.id;
END;
CREATE TRIGGER anew_by_way_in AFTER UPDATE OF vantage_id, range_id, confidence, host_names, hardware_address
ON endpoints BEGIN
  UPDATE last_looks SET beside = NULL WHERE endpoint_id = NEW.id;
END;
CREATE TRIGGER anew_by_link AFTER INSERT ON instance_endpoints BEGIN
  UPDATE last_looks SET beside = NULL WHERE endpoint_id = NEW.endpoint_id;
END;
CREATE TRIGGER anew_by_unlink AFTER UPDATE ON instance_endpoints BEGIN
  UPDATE last_looks SET beside = NULL WHERE endpoint_id IN (OLD.endpoint_id, NEW.endpoint_id);
END;
`,
}
