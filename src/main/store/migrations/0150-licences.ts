import type { Migration } from './migration.ts'

/** What is known of the licences of models. Frozen once landed. */
export const licences: Migration = {
  version: 150,
  name: 'licences',
  sql: `
-- What the answer said of the licence, the number of a JSON among texts: which ones, hash, length. NULL: asked before
-- licences were read. Its text is never kept.
ALTER TABLE capability_claims ADD COLUMN licence INTEGER;

-- Derived: what all answers about a content say together, whoever gave them; the number of a JSON, too. A digest covers the
-- licence.
CREATE TABLE model_licences (
  digest TEXT PRIMARY KEY,
  licence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
}
