import type { Migration } from './migration.ts'

/** The spell an endpoint is in is told once: by the last look at it. Frozen once landed. */
export const presence: Migration = {
  version: 170,
  name: 'presence',
  sql: `
ALTER TABLE endpoints DROP COLUMN spell_id;

-- Whoever looked has mostly said so already.
DROP TRIGGER look_by_presence;
CREATE TRIGGER look_by_presence AFTER UPDATE OF presence ON endpoints WHEN OLD.presence <> NEW.presence BEGIN
  UPDATE last_looks SET is_present = NEW.presence = 'present'
    WHERE endpoint_id = NEW.id AND is_present <> (NEW.presence = 'present');
END;
`,
}
