import type { Migration } from './migration.ts'

/** Frozen reports. Frozen once landed. */
export const reports: Migration = {
  version: 90,
  name: 'reports',
  sql: `
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

-- Pseudonyms are the same in every report of this folder, and mean nothing without it.
INSERT INTO settings (name, value) VALUES ('report-pseudonym-key', lower(hex(randomblob(32))));
`,
}
