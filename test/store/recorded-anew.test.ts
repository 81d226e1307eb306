import { describe, expect, it } from 'vitest'
import { rebuildRows } from '#main/services/rebuild-rows.ts'
import { openMemory } from '#main/store/open.ts'
import type { ReadableStore } from '#main/store/statement.ts'
import { createChance } from '../bench/study-chance.ts'
import { imagineHosts } from '../bench/study-hosts.ts'
import { ingestStudy } from '../bench/study-ingest.ts'

/** What queries see, with names in place of the numbers of a dictionary. */
const names = (column: string) => `(SELECT json_group_array(text ORDER BY text) FROM query_set_terms AS held
  JOIN query_terms ON query_terms.id = held.term_id WHERE held.set_id = ${column}) AS ${column}`
const rows = `SELECT site_id, address_key, port, instance_id, facts, confidence, first_seen_at, last_seen_at, model_count,
  size_min, size_max, place, (SELECT text FROM query_terms WHERE id = version_id) AS version,
  ${['capability_set', 'running_set', 'model_set', 'digest_set', 'host_set', 'family_set'].map(names).join()}
  FROM inventory_rows ORDER BY instance_id`
const derived = {
  rows,
  instances: 'SELECT * FROM instances ORDER BY id',
  keys: 'SELECT instance_id, site_id, address_key, port, digest FROM inventory_row_keys ORDER BY instance_id',
  places: 'SELECT * FROM inventory_places ORDER BY instance_id, address_key, port',
  shown: 'SELECT * FROM instance_snapshots ORDER BY instance_id',
}

function dump({ connection }: ReadableStore): Record<string, unknown[]> {
  return Object.fromEntries(
    Object.entries(derived).map(([name, sql]) => [name, connection.prepare(sql).all()]),
  )
}

describe('what scans derive while they record', () => {
  it('is what is derived from all they recorded', async () => {
    const store = openMemory()
    const hosts = imagineHosts(150, createChance(7))
    const costs = await ingestStudy(store, '', hosts, 60)
    // Hosts came, went, came back, were upgraded and pulled models: not one kind of change is missing.
    expect(costs.reduce((sum, { observations }) => sum + observations, 0)).toBeGreaterThan(500)
    const kinds =
      'SELECT count(DISTINCT outcome) + (SELECT count(*) > 0 FROM spells WHERE scan_count > 20) FROM spells'
    expect(store.connection.prepare(kinds).pluck().get()).toBe(4)
    const recorded = dump(store)
    rebuildRows(store)
    const anew = dump(store)
    for (const name of Object.keys(derived)) expect(recorded[name], name).toEqual(anew[name])
    expect(recorded['rows']).toHaveLength(recorded['instances']?.length ?? 0)
  }, 60_000)
})
