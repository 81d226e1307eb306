import type { Migration } from './migration.ts'

/** The last look at an endpoint tells which spell it is in, and whether another is known at its target. Frozen once landed. */
export const presence: Migration = {
  version: 170,
  name: 'presence',
  sql: `
ALTER TABLE endpoints DROP COLUMN spell_id;

-- Nobody asks by these any more.
DROP INDEX IF EXISTS spells_by_beginning;
DROP INDEX IF EXISTS last_looks_absent;
-- Half of it tells lists apart as well.
UPDATE query_sets SET digest = substr(digest, 1, 16) WHERE length(digest) > 16;

-- 0: another way in is known at its address and port.
ALTER TABLE last_looks ADD COLUMN is_alone INTEGER NOT NULL DEFAULT 1;
UPDATE last_looks SET is_alone = (SELECT count(*) FROM last_looks AS other WHERE other.site_id = last_looks.site_id
  AND other.address_key = last_looks.address_key AND other.port = last_looks.port) = 1;
CREATE TRIGGER look_beside_others AFTER INSERT ON last_looks WHEN (SELECT count(*) FROM last_looks
  WHERE site_id = NEW.site_id AND address_key = NEW.address_key AND port = NEW.port) > 1
BEGIN
  UPDATE last_looks SET is_alone = 0
    WHERE site_id = NEW.site_id AND address_key = NEW.address_key AND port = NEW.port;
END;

-- Whoever looked has mostly said so already.
DROP TRIGGER look_by_presence;
CREATE TRIGGER look_by_presence AFTER UPDATE OF presence ON endpoints WHEN OLD.presence <> NEW.presence BEGIN
  UPDATE last_looks SET is_present = NEW.presence = 'present'
    WHERE endpoint_id = NEW.id AND is_present <> (NEW.presence = 'present');
END;
`,
}
