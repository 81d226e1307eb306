import type { Migration } from './migration.ts'

/** What it takes to answer questions about many rows at once. Frozen once landed. */
export const reading: Migration = {
  version: 140,
  name: 'reading',
  sql: `
-- Who answered at an instant is told by this index alone, endpoint by endpoint, without looking at a spell.
DROP INDEX spells_by_endpoint;
CREATE INDEX spells_by_endpoint ON spells (endpoint_id, first_at, (outcome = 'answered'));
`,
}
