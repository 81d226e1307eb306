import type { Migration } from './migration.ts'

/** What history, identity and models need beside 0010. Frozen once landed. */
export const history: Migration = {
  version: 30,
  name: 'history',
  sql: `
-- What changed between two scans, without looking at what did not.
CREATE INDEX spells_by_beginning ON spells (first_at, endpoint_id);
-- What a scan did not look at: the gaps between the addresses it did.
CREATE INDEX endpoints_by_port ON endpoints (site_id, port, address_key);
CREATE INDEX instance_endpoints_ever ON instance_endpoints (instance_id, linked_at);
CREATE INDEX instance_endpoints_ever_at ON instance_endpoints (endpoint_id, linked_at);
CREATE INDEX instance_endpoints_by_linking ON instance_endpoints (linked_at);
CREATE INDEX instance_endpoints_by_unlinking ON instance_endpoints (unlinked_at) WHERE unlinked_at IS NOT NULL;
`,
}
