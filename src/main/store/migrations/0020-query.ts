import type { Migration } from './migration.ts'

/**
 * What queries run on: one narrow row an instance, names as numbers of a dictionary. All of it is derived from the tables of
 * 0010 and can be dropped and built anew (`inventory_state.layout` says by which rules it was built).
 */
export const query: Migration = {
  version: 20,
  name: 'query',
  sql: `
-- Every name there is: of models, families, hosts, tags, … \`folded\`: lower case, as it is compared.
CREATE TABLE query_terms (
  id INTEGER PRIMARY KEY,
  field TEXT NOT NULL,
  -- '': a member that is unknown.
  text TEXT NOT NULL,
  folded TEXT NOT NULL,
  UNIQUE (field, text)
) STRICT;
CREATE INDEX query_terms_by_folded ON query_terms (field, folded);
-- Finds names by any part of three letters or more.
CREATE VIRTUAL TABLE query_words USING fts5(
  folded, content = 'query_terms', content_rowid = 'id', tokenize = 'trigram case_sensitive 1'
);

-- Lists of names, each distinct list of a field once: thousands of instances share one.
CREATE TABLE query_sets (
  id INTEGER PRIMARY KEY,
  field TEXT NOT NULL,
  -- SHA-256 of the members.
  digest BLOB NOT NULL,
  -- JSON, in order.
  members TEXT NOT NULL,
  UNIQUE (field, digest)
) STRICT;
CREATE TABLE query_set_terms (
  term_id INTEGER NOT NULL REFERENCES query_terms (id),
  set_id INTEGER NOT NULL REFERENCES query_sets (id),
  PRIMARY KEY (term_id, set_id)
) STRICT, WITHOUT ROWID;

-- In the order of the list: by site, address, port. Columns ending in _set: a query_sets; NULL: unknown.
CREATE TABLE inventory_rows (
  site_id INTEGER NOT NULL REFERENCES sites (id),
  address_key BLOB NOT NULL,
  port INTEGER NOT NULL,
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  -- Everything of closed lists, a few bits each (store/row-facts.ts).
  facts INTEGER NOT NULL,
  confidence INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  model_count INTEGER,
  size_min INTEGER,
  size_max INTEGER,
  version_id INTEGER,
  -- NULL: none.
  owner_id INTEGER,
  note_id INTEGER,
  family_set INTEGER,
  quantization_set INTEGER,
  parameters_set INTEGER,
  capability_set INTEGER,
  remote_set INTEGER,
  running_set INTEGER,
  tag_set INTEGER NOT NULL,
  host_set INTEGER NOT NULL,
  model_set INTEGER,
  digest_set INTEGER,
  -- As people type it: 10.0.0.1:11434.
  place TEXT NOT NULL,
  PRIMARY KEY (site_id, address_key, port, instance_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX inventory_rows_by_address ON inventory_rows (address_key);

-- Where the row of an instance is, and what it was made of.
CREATE TABLE inventory_row_keys (
  instance_id INTEGER PRIMARY KEY REFERENCES instances (id),
  site_id INTEGER NOT NULL,
  address_key BLOB NOT NULL,
  port INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  digest BLOB NOT NULL
) STRICT;

-- Further addresses and ports of instances that have several.
CREATE TABLE inventory_places (
  instance_id INTEGER NOT NULL REFERENCES instances (id),
  address_key BLOB NOT NULL,
  port INTEGER NOT NULL,
  place TEXT NOT NULL,
  PRIMARY KEY (instance_id, address_key, port)
) STRICT, WITHOUT ROWID;

-- One row. \`version\` rises whenever a row changes.
CREATE TABLE inventory_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL,
  -- NULL: not built yet.
  layout INTEGER
) STRICT;
INSERT INTO inventory_state (id, version, layout) VALUES (1, 1, NULL);

-- Questions people want to ask again.
CREATE TABLE views (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  query TEXT NOT NULL,
  -- JSON; NULL columns: those on show.
  sort TEXT NOT NULL,
  columns TEXT,
  saved_at INTEGER NOT NULL,
  saved_by TEXT NOT NULL
) STRICT;
`,
}
