import { describe, expect, it } from 'vitest'
import { openMemory } from '#main/store/open.ts'

/** How SQLite would answer: a lost index fails a test, not a user. The statements are those of store/. */
function planOf(sql: string): string {
  const { connection } = openMemory()
  const steps = connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]
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

  it('what changed between two instants is found without what did not', () => {
    const plan = planOf(
      'SELECT DISTINCT link.instance_id FROM spells JOIN instance_endpoints link ON link.endpoint_id = spells.endpoint_id WHERE first_at > 1 AND first_at <= 2',
    )
    expect(plan).toContain('spells_by_beginning (first_at>? AND first_at<?)')
    expect(plan).not.toContain('SCAN')
  })

  it('what is known in a gap between addresses is found by port', () => {
    const plan = planOf(
      "SELECT id FROM endpoints WHERE site_id = 1 AND port = 2 AND address_key >= x'00' AND address_key <= x'ff'",
    )
    expect(plan).toContain('endpoints_by_port (site_id=? AND port=? AND address_key>? AND address_key<?)')
  })
})
