import type { Migration } from './migration.ts'

/** What lists of findings, scopes and versions of rules need beside 0040. Frozen once landed. */
export const findings: Migration = {
  version: 60,
  name: 'findings',
  sql: `
-- Findings of which something changed that lists show, in order: readers follow it. The last row always stays, so that
-- numbers never come twice. New findings have the next id and need no line here.
CREATE TABLE finding_changes (
  id INTEGER PRIMARY KEY,
  finding_id INTEGER NOT NULL
) STRICT;
CREATE TRIGGER finding_changed AFTER UPDATE ON findings
WHEN OLD.status <> NEW.status OR OLD.severity <> NEW.severity OR OLD.label <> NEW.label
  OR OLD.opened_at <> NEW.opened_at OR OLD.due_at IS NOT NEW.due_at OR OLD.instance_id <> NEW.instance_id
BEGIN
  INSERT INTO finding_changes (finding_id) VALUES (NEW.id);
END;
CREATE TRIGGER finding_removed AFTER DELETE ON findings BEGIN
  INSERT INTO finding_changes (finding_id) VALUES (OLD.id);
END;

-- A query: the rule is asked only of instances it finds. NULL or '': of all.
ALTER TABLE policy_settings ADD COLUMN scope TEXT;
-- Tags and notes are no facts, but queries ask for them.
CREATE TRIGGER stale_by_tag AFTER INSERT ON instance_tags BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (NEW.instance_id);
END;
CREATE TRIGGER stale_by_untag AFTER DELETE ON instance_tags BEGIN
  INSERT OR IGNORE INTO stale_instances VALUES (OLD.instance_id);
END;

-- Which way in an instance is judged by. Nobody looks again merely because a day has passed.
CREATE TRIGGER stale_by_way_in AFTER UPDATE OF presence, confidence ON endpoints
WHEN OLD.presence <> NEW.presence OR OLD.confidence <> NEW.confidence
BEGIN
  INSERT OR IGNORE INTO stale_instances
    SELECT instance_id FROM instance_endpoints WHERE endpoint_id = NEW.id AND unlinked_at IS NULL;
END;

-- What a rule was and what was set for it, each time one of them changed.
CREATE TABLE rule_versions (
  key TEXT NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  -- The rule as it was in force from then on, JSON.
  body TEXT NOT NULL,
  PRIMARY KEY (key, number)
) STRICT, WITHOUT ROWID;

-- What findings rest on: many say the same of different instances, and name different observations.
CREATE TABLE finding_facts (
  id INTEGER PRIMARY KEY,
  -- JSON.
  content TEXT NOT NULL UNIQUE
) STRICT;
INSERT OR IGNORE INTO finding_facts (content) SELECT evidence -> '$.facts' FROM findings;
ALTER TABLE findings ADD COLUMN facts_id INTEGER REFERENCES finding_facts (id);
-- JSON: numbers of spells.
ALTER TABLE findings ADD COLUMN observations TEXT NOT NULL DEFAULT '[]';
UPDATE findings SET
  facts_id = (SELECT id FROM finding_facts WHERE content = evidence -> '$.facts'),
  observations = evidence -> '$.observations';
ALTER TABLE findings DROP COLUMN evidence;
`,
}
