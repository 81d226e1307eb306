import { describe, expect, it } from 'vitest'
import { must } from '../support/backend.ts'
import { scanTwoServers } from '../support/two-servers.ts'

const base = '127.122.9.0/28'

const scanned = () => scanTwoServers({ block: base, zone: 'lab' })

describe('findings over the contract', { timeout: 60_000 }, () => {
  it('come page by page and agree with the whole list and with their facets', async () => {
    const backend = await scanned()
    const all = await must(backend.call('finding.list', {}))
    const first = await must(backend.call('finding.page', { limit: 3 }))
    expect(first).toMatchObject({ total: all.length, findings: all.length })
    const ids: number[] = []
    for (let start = 0; start < first.total; start += 3) {
      const page = await must(backend.call('finding.page', { start, limit: 3, version: first.version }))
      ids.push(...page.rows.map(row => row.id))
    }
    expect(ids).toEqual(all.map(each => each.id))
    const { facets } = await must(backend.call('finding.facets', { query: 'status:active' }))
    for (const { term, count } of facets.flatMap(({ values }) => values)) {
      const page = await must(backend.call('finding.page', { query: `status:active ${term}` }))
      expect(page.findings, term).toBe(count)
    }
  })

  it('move together, or not at all where one has moved meanwhile', async () => {
    const backend = await scanned()
    const query = 'rule:no-tls,unauthenticated'
    const chosen = await must(backend.call('finding.select', { query }))
    const ids = chosen.findings.map(({ id }) => id)
    expect(ids).toHaveLength(4)
    const [one] = ids
    if (one === undefined) throw new Error('none')
    await new Promise(resolve => setTimeout(resolve, 5))
    await must(backend.call('finding.move', { id: one, step: 'start' }))
    const late = await backend.call('finding.move-all', { ids, step: 'start', seenAt: chosen.at })
    expect(late).toMatchObject({ failure: { code: 'findings-changed', details: { count: 1 } } })
    const again = await must(backend.call('finding.select', { query }))
    const moved = await must(backend.call('finding.move-all', { ids, step: 'start', seenAt: again.at }))
    expect(moved).toEqual({ moved: 3, refused: 1 })
    const page = await must(backend.call('finding.page', { query: `${query} status:in-remediation` }))
    expect(page.findings).toBe(4)
  })
})

describe('what is set for rules', { timeout: 60_000 }, () => {
  it('narrows a rule to what a query finds, and takes it back', async () => {
    const backend = await scanned()
    const open = async () =>
      (await must(backend.call('finding.page', { query: 'rule:no-tls status:active' }))).rows.map(
        row => row.address,
      )
    expect(await open()).toHaveLength(2)
    await must(backend.call('policy.set', { key: 'no-tls', scopeQuery: 'address:127.122.9.1' }))
    expect(await open()).toEqual(['127.122.9.1'])
    expect(await backend.call('policy.set', { key: 'no-tls', scopeQuery: 'adress:1' })).toMatchObject({
      ok: false,
    })
    await must(backend.call('policy.set', { key: 'no-tls', scopeQuery: '' }))
    expect(await open()).toHaveLength(2)
    const versions = await must(backend.call('policy.versions', { key: 'no-tls' }))
    expect(versions.map(({ rule }) => rule.scopeQuery)).toEqual(['', 'address:127.122.9.1', ''])
    expect(versions.every(({ actor }) => actor !== '')).toBe(true)
  })

  it('moves dates by as much as the time to fix changes, and knows severities without a date', async () => {
    const backend = await scanned()
    const due = async () => {
      const { rows } = await must(backend.call('finding.page', { query: 'rule:no-tls' }))
      return rows.map(row => (row.dueAt === null ? null : Date.parse(row.dueAt) - Date.parse(row.openedAt)))
    }
    const day = 86_400_000
    expect(await due()).toEqual([90 * day, 90 * day])
    await must(backend.call('policy.set-due', { medium: 10 }))
    expect(await due()).toEqual([10 * day, 10 * day])
    await must(backend.call('policy.set-due', { medium: null }))
    expect(await due()).toEqual([null, null])
    await must(backend.call('policy.set-due', { medium: 30 }))
    expect(await due()).toEqual([30 * day, 30 * day])
    expect(await must(backend.call('policy.due', {}))).toMatchObject({ critical: 7, medium: 30 })
  })

  it('previews a rule piece by piece: the pieces add up to what judging it says', async () => {
    const backend = await scanned()
    const rule = await must(backend.call('policy.show', { key: 'unauthenticated' }))
    const { each, brokenWhen, severity, title, rationale, cases } = rule
    const text = JSON.stringify({
      key: 'mine',
      each,
      brokenWhen,
      severity,
      title,
      rationale,
      cases,
      remedy: {},
    })
    const since = new Date(Date.now() - 86_400_000).toISOString()
    const sum = { instances: 0, broken: 0, times: 0 }
    let after: number | null = 0
    while (after !== null) {
      const piece: { instances: number; broken: number; times: number; next: number | null } = await must(
        backend.call('policy.preview', { text, since, after, limit: 1 }),
      )
      sum.instances += piece.instances
      sum.broken += piece.broken
      sum.times += piece.times
      after = piece.next
    }
    expect(sum).toEqual({ instances: 2, broken: 2, times: 2 })
    const counts = await must(backend.call('policy.counts', {}))
    expect(counts.find(({ key }) => key === 'unauthenticated')).toMatchObject({ broken: 2 })
    const wrong = await must(
      backend.call('policy.preview', { text: text.replace(brokenWhen, 'exposure.nothing'), since }),
    )
    expect(wrong.test.problem).toMatchObject({ field: 'brokenWhen', start: expect.any(Number) })
  })
})
