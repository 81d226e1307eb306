import { describe, expect, it } from 'vitest'
import { openMemory } from '#main/store/open.ts'

/** How SQLite would answer: a lost index fails a test, not a user. The statements are those of store/. */
function planOf(sql: string): string {
  const { connection } = openMemory()
  const steps = connection.prepare(`EXPLAIN QUERY PLAN ${sql.replace(/@\w+/g, '1')}`).all() as {
    detail: string
  }[]
  return steps.map(step => step.detail).join('\n')
}

describe('query plans', () => {
  it('an endpoint is found by its place', () => {
    const plan = planOf(
      "SELECT id FROM endpoints WHERE site_id = 1 AND address_key = x'00' AND port = 1 AND scheme = 'http' AND base_path = ''",
    )
    expect(plan).toContain(
      'sqlite_autoindex_endpoints_1 (site_id=? AND address_key=? AND port=? AND scheme=? AND base_path=?)',
    )
  })

  it('endpoints between two addresses are found without looking at the others', () => {
    const plan = planOf(
      "SELECT address FROM endpoints WHERE site_id = 1 AND address_key >= x'00' AND address_key <= x'ff'",
    )
    expect(plan).toContain('(site_id=? AND address_key>? AND address_key<?)')
  })

  it('spells of an endpoint are found by it', () => {
    expect(planOf('SELECT * FROM spells WHERE endpoint_id = 1 ORDER BY first_at')).toContain(
      'spells_by_endpoint',
    )
  })

  it('what is known of a digest is found by it', () => {
    const plan = planOf(
      "SELECT * FROM capability_claims WHERE site_id = 1 AND digest = 'x' AND generation = 'y'",
    )
    expect(plan).toContain('PRIMARY KEY')
  })

  it('what was said of a licence anywhere is found by site and digest', () => {
    const plan = planOf(
      "SELECT DISTINCT licence FROM capability_claims WHERE site_id IN (SELECT id FROM sites) AND digest = 'x' AND licence IS NOT NULL",
    )
    expect(plan).toContain('capability_claims USING PRIMARY KEY (site_id=? AND digest=?)')
  })

  it('what has begun since identities were settled is found by its number', () => {
    const plan = planOf(
      `SELECT DISTINCT link.instance_id FROM spell_records AS spell CROSS JOIN last_looks AS look CROSS JOIN instance_endpoints AS link
        WHERE spell.id > +@above AND spell.first_at > +@since AND look.endpoint_id = spell.endpoint_id AND look.spell_id = spell.id
          AND link.endpoint_id = look.endpoint_id`,
    )
    expect(plan).toContain('SEARCH spell USING INTEGER PRIMARY KEY (rowid>?)')
    expect(plan).not.toContain('SCAN')
  })

  it('what is known in a gap between addresses is found by port', () => {
    const plan = planOf(
      "SELECT id FROM endpoints WHERE site_id = 1 AND port = 2 AND address_key >= x'00' AND address_key <= x'ff'",
    )
    expect(plan).toContain('endpoints_by_port (site_id=? AND port=? AND address_key>? AND address_key<?)')
  })

  it('what is known at a target is found by its place, and all of it by keys', () => {
    const plan = planOf(
      `SELECT endpoints.id, spell.snapshot_id, link.instance_id FROM last_looks AS look
        JOIN endpoints ON endpoints.id = look.endpoint_id JOIN spell_records AS spell ON spell.id = look.spell_id
        LEFT JOIN instance_endpoints AS link ON link.endpoint_id = look.endpoint_id AND link.unlinked_at IS NULL
        WHERE look.site_id = +@site AND look.address_key = +@address AND look.port = +@port`,
    )
    expect(plan).toContain('look USING PRIMARY KEY (site_id=? AND address_key=? AND port=?)')
    expect(plan).toContain('instance_endpoints_by_endpoint')
    expect(plan).not.toContain('SCAN')
  })

  it('what was last seen at a target is found by its place, in one table', () => {
    const plan = planOf(
      'SELECT endpoint_id, digest FROM last_looks WHERE site_id = +@site AND address_key = +@address AND port = +@port',
    )
    expect(plan).toBe('SEARCH last_looks USING PRIMARY KEY (site_id=? AND address_key=? AND port=?)')
  })

  it.each([
    ['of an endpoint', 'SELECT last_at FROM spells WHERE endpoint_id = +@endpoint ORDER BY first_at'],
    [
      'endpoints are in',
      'SELECT last_at FROM last_looks AS look JOIN spells ON spells.id = look.spell_id WHERE look.endpoint_id = 1',
    ],
    [
      'by their number',
      'SELECT max(last_scan_id) FROM spells WHERE id IN (SELECT value FROM json_each(+@ids))',
    ],
    [
      'of links',
      'SELECT max(last_at) FROM instance_endpoints AS link JOIN spells ON spells.endpoint_id = link.endpoint_id WHERE link.instance_id = 1',
    ],
  ])('spells %s are found without going through all there are', (_, sql) => {
    const plan = planOf(sql)
    expect(plan).not.toContain('MATERIALIZE')
    expect(plan).not.toMatch(/SCAN (record|look|spells)/)
  })

  it('the row of an instance is found by its key', () => {
    const plan = planOf(
      `UPDATE inventory_rows SET last_seen_at = 1 WHERE (site_id, address_key, port, instance_id) IN
        (SELECT site_id, address_key, port, instance_id FROM inventory_row_keys WHERE instance_id = +@id)`,
    )
    expect(plan).toContain('inventory_rows USING PRIMARY KEY')
    expect(plan).not.toMatch(/SCAN inventory_rows/)
  })

  it('who has models nobody was asked about is found without the others', () => {
    const plan = planOf(
      `SELECT DISTINCT shown.instance_id FROM instances JOIN instance_snapshots AS shown ON shown.instance_id = instances.id
        JOIN snapshot_artifacts AS listed ON listed.snapshot_id = shown.snapshot_id
        JOIN artifacts ON artifacts.id = listed.artifact_id WHERE instances.site_id = +@site
        AND instances.unasked_count > 0 AND artifacts.digest IN (SELECT value FROM json_each(+@digests))`,
    )
    expect(plan).toContain('instances_unasked')
  })

  it('answers about several models are found by them', () => {
    const plan = planOf(
      `SELECT capabilities FROM capability_claims WHERE (site_id, digest, generation) IN
        (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(+@triples)) ORDER BY endpoint_id`,
    )
    expect(plan).toContain('capability_claims USING PRIMARY KEY (site_id=? AND digest=? AND generation=?)')
  })

  it('only findings that wait for a scan are looked at when something is seen again', () => {
    expect(
      planOf(
        `SELECT 1 FROM instance_endpoints AS link
          JOIN findings INDEXED BY findings_awaiting
            ON findings.instance_id = link.instance_id AND findings.status = 'awaiting-verification'
          WHERE link.endpoint_id = 1 AND link.unlinked_at IS NULL`,
      ),
    ).toContain('findings_awaiting')
  })

  it('the first instances of a query come in order, without sorting and without reading the rest', () => {
    const plan = planOf(
      'SELECT instance_id FROM sites CROSS JOIN inventory_rows WHERE site_id = sites.id AND (facts & 1) = 1 ORDER BY sites.name, address_key, port, instance_id LIMIT 100',
    )
    expect(plan).toContain('inventory_rows USING PRIMARY KEY (site_id=?)')
    expect(plan).not.toContain('TEMP B-TREE')
  })

  it('which lists hold which digest is read from the dictionary, list by list since the last time', () => {
    const plan = planOf(
      "SELECT pair.set_id FROM query_terms AS term CROSS JOIN query_set_terms AS pair WHERE pair.term_id = term.id AND term.field = 'digest' AND pair.set_id > 5",
    )
    expect(plan).toContain('pair USING PRIMARY KEY (term_id=? AND set_id>?)')
    expect(plan).toMatch(/SEARCH term .*\(field=\?\)/)
  })

  it('whether anybody shows a list entry is found without looking at all who do', () => {
    const plan = planOf(
      'SELECT id FROM artifacts WHERE id IN (SELECT value FROM json_each(NULL)) AND EXISTS (SELECT 1 FROM snapshot_artifacts listed JOIN instance_snapshots shown ON shown.snapshot_id = listed.snapshot_id JOIN instances ON instances.id = shown.instance_id WHERE listed.artifact_id = artifacts.id AND instances.merged_into IS NULL)',
    )
    expect(plan).toContain('snapshot_artifacts_by_artifact (artifact_id=?)')
    expect(plan).toContain('instance_snapshots_by_snapshot (snapshot_id=?)')
    expect(plan).not.toContain('SCAN listed')
    expect(plan).not.toContain('SCAN shown')
  })

  it('who answered at two instants is read from one index in order, without spells, sorting, or all links', () => {
    const codes = `SELECT endpoint_id, max(CASE WHEN first_at <= 1 THEN first_at * 2 + (outcome = 'answered') END) AS b,
        max(first_at * 2 + (outcome = 'answered')) AS a FROM spell_records AS spells WHERE +first_at <= 2 GROUP BY endpoint_id HAVING a & 1 OR b & 1`
    const plan = planOf(
      `SELECT link.instance_id, endpoints.address, product FROM (${codes}) AS state CROSS JOIN instance_endpoints AS link
        CROSS JOIN endpoints CROSS JOIN instances WHERE link.endpoint_id = state.endpoint_id AND link.linked_at <= 2
        AND endpoints.id = link.endpoint_id AND instances.id = link.instance_id AND NOT EXISTS (SELECT 1
        FROM instance_endpoints AS other WHERE other.instance_id = link.instance_id AND other.id <> link.id)`,
    )
    expect(plan).toContain('SCAN spells USING COVERING INDEX spells_by_endpoint')
    expect(plan).toContain('link USING INDEX instance_endpoints_ever_at (endpoint_id=? AND linked_at<?)')
    expect(plan).toContain('other USING COVERING INDEX instance_endpoints_ever (instance_id=?)')
    expect(plan).not.toContain('TEMP B-TREE')
  })

  it('what an endpoint had last shown at an instant is found without sorting its spells', () => {
    const plan = planOf(
      `SELECT snapshot_id FROM spells WHERE endpoint_id = +@endpoint AND first_at <= +@at AND snapshot_id IS NOT NULL
        ORDER BY first_at DESC, (outcome = 'answered') DESC, id DESC LIMIT 1`,
    )
    expect(plan).toContain('spells_by_endpoint (endpoint_id=? AND first_at<?)')
    expect(plan).not.toContain('TEMP B-TREE')
  })

  it('rows are packed in the order they lie in, without sorting', () => {
    const plan = planOf(
      `SELECT CAST(group_concat(char(column_0, column_1), '') AS BLOB), count(*) FROM (SELECT instance_id AS column_0,
        model_count + 1 AS column_1 FROM sites CROSS JOIN inventory_rows WHERE site_id = sites.id AND (facts & 1) = 1
        ORDER BY sites.name, address_key, port, instance_id) AS row`,
    )
    expect(plan).toContain('inventory_rows USING PRIMARY KEY (site_id=?)')
    expect(plan).not.toContain('TEMP B-TREE')
  })

  it('spells of looks since a seal are found by their number, after one look through the looks', () => {
    const plan = planOf(
      `SELECT spell.id, json_array(spell.id, outcome) FROM last_looks AS look
        LEFT JOIN spell_records AS spell ON spell.id = look.spell_id WHERE look.seal_id = +@seal`,
    )
    expect(plan).toContain('SCAN look')
    expect(plan).toContain('SEARCH spell USING INTEGER PRIMARY KEY (rowid=?)')
    expect(plan).not.toContain('TEMP B-TREE')
  })

  it('spells that are over are found by the scan that was the last to see them', () => {
    const plan = planOf(
      `SELECT id FROM spell_records AS spell WHERE last_scan_id IN (SELECT value FROM json_each(+@scans))
        AND scan_count > 0`,
    )
    expect(plan).toContain('spells_by_scan (last_scan_id=?)')
  })

  it('places of instances that are examined are found by them, and all of it by keys', () => {
    const plan = planOf(
      `SELECT link.id, spell.outcome, instances.first_seen_at FROM instance_endpoints AS link
        JOIN endpoints ON endpoints.id = link.endpoint_id JOIN last_looks AS look ON look.endpoint_id = link.endpoint_id
        JOIN spell_records AS spell ON spell.id = look.spell_id JOIN instances ON instances.id = link.instance_id
        WHERE link.unlinked_at IS NULL AND link.instance_id IN (SELECT value FROM json_each(+@instances))
          AND spell.outcome = 'answered' AND look.scan_id = +@scan ORDER BY link.instance_id, link.id`,
    )
    expect(plan).toContain('instance_endpoints_by_instance (instance_id=?)')
    expect(plan).not.toMatch(/SCAN (?!json_each)/)
  })

  it('marks of instances, and whether anybody is known by a mark, are found by them', () => {
    const marks = planOf(
      `SELECT instance_id, group_concat(mark, ',' ORDER BY mark) FROM identity_marks
        WHERE instance_id IN (SELECT value FROM json_each(+@instances)) GROUP BY instance_id`,
    )
    expect(marks).toContain('identity_marks_by_instance (instance_id=?)')
    const known = planOf(
      'SELECT value FROM json_each(+@marks) AS sought WHERE EXISTS (SELECT 1 FROM identity_marks WHERE mark = sought.value)',
    )
    expect(known).toMatch(/identity_marks (EXISTS )?USING PRIMARY KEY \(mark=\?\)/)
  })
})
