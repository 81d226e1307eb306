import type { Migration } from './migration.ts'

/** What is known of the licences of models. Frozen once landed. */
export const licences: Migration = {
  version: 150,
  name: 'licences',
  sql: `
-- What the answer said of the licence, JSON: which ones, hash, length. NULL: asked before licences were read. Its text is
-- never kept.
ALTER TABLE capability_claims ADD COLUMN licence TEXT;
CREATE INDEX capability_claims_by_digest ON capability_claims (digest) WHERE licence IS NOT NULL;

-- Derived: what all answers about a content say together, whoever gave them. A digest covers the licence, too.
CREATE TABLE model_licences (
  digest TEXT PRIMARY KEY,
  -- Identifiers as queries compare them, JSON, in order; '': one that is not known.
  names TEXT NOT NULL,
  licence TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX model_licences_by_names ON model_licences (names);
`,
}
