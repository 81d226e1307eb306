import { describe, expect, it } from 'vitest'
import { findingFacets, findingPage, listFindings } from '#main/services/finding-lists.ts'
import { keepFindingFacts } from '#main/store/finding-writes.ts'
import * as findings from '#main/store/findings.ts'
import { openMemory } from '#main/store/open.ts'
import type { WritableStore } from '#main/store/statement.ts'
import { FindingPageRequest } from '#shared/domain/finding-list.ts'
import { fillInventory } from '../support/fill-inventory.ts'
import { imaginedInventory, imaginedNow } from '../support/imagined-inventory.ts'
import { shippedAdvisories } from '../support/shipped-advisories.ts'

const day = 86_400_000
const severities = ['critical', 'high', 'medium', 'low']
const statuses = ['open', 'in-remediation', 'resolved', 'excepted', 'dormant']

/** Three rules at each instance: one of the instance, one of nine advisories at some, one now and then. */
function filled(count = 120): { store: WritableStore; ids: number[] } {
  const store = openMemory()
  const ids = fillInventory(store, imaginedInventory(count, 5, 4))
  for (const [index, instance] of ids.entries()) {
    add(store, instance, 'unauthenticated', '', index)
    const advisories = index % 3 === 0 ? 9 : 0
    for (let at = 0; at < advisories; at++)
      add(store, instance, 'version-affected', `CVE-2025-${1000 + at}`, index + at)
    if (index % 5 === 0) add(store, instance, 'unowned', '', index * 7)
  }
  return { store, ids }
}

function add(store: WritableStore, instance: number, rule: string, part: string, chance: number): number {
  const severity = severities[chance % 4] ?? 'low'
  const openedAt = imaginedNow - (chance % 50) * day
  return findings.addFinding(store, {
    rule,
    instance,
    part,
    label: part,
    severity,
    verdict: 'broken',
    revision: 'r',
    facts: keepFindingFacts(store, '{}'),
    observations: '[]',
    status: statuses[(chance * 3) % 5] ?? 'open',
    statusBefore: null,
    reason: 'broken',
    openedAt,
    statusAt: openedAt,
    dueAt: chance % 4 === 3 ? null : openedAt + 30 * day,
    dueLeftMs: null,
  }).id
}

function readingOf(store: WritableStore, now = () => imaginedNow) {
  return { store, now, about: { version: '', dataFolder: '', actor: '' }, advisories: shippedAdvisories }
}

function must<T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

const pageOf = (store: WritableStore, request: object) =>
  must(findingPage(readingOf(store), FindingPageRequest.parse({ limit: 5000, ...request })))

describe('a query over findings', () => {
  it('finds what a look at each finding finds', () => {
    const { store } = filled()
    const all = must(listFindings(readingOf(store), { query: '' }))
    const ids = (query: string) => pageOf(store, { query }).rows.map(row => row.id)
    const those = (test: (finding: (typeof all)[number]) => boolean) => all.filter(test).map(({ id }) => id)
    expect(all.length).toBe(120 + 40 * 9 + 24)
    expect(ids('severity:critical')).toEqual(those(each => each.severity === 'critical'))
    expect(ids('status:active')).toEqual(those(each => ['open', 'in-remediation'].includes(each.status)))
    expect(ids('status:resolved,excepted')).toEqual(
      those(each => ['resolved', 'excepted'].includes(each.status)),
    )
    expect(ids('rule:version-affected subject:1003')).toEqual(
      those(each => each.subject.includes('CVE-2025-1003')),
    )
    expect(ids('rule:un*')).toEqual(those(each => each.rule.startsWith('un')))
    expect(ids('-rule:unowned -severity:low')).toEqual(
      those(each => each.rule !== 'unowned' && each.severity !== 'low'),
    )
    expect(ids('due:none')).toEqual(those(each => each.dueAt === null))
    expect(ids('due:overdue')).toEqual(
      those(each => each.dueAt !== null && Date.parse(each.dueAt) < imaginedNow),
    )
    expect(ids('due<7d')).toEqual(
      those(each => each.dueAt !== null && Date.parse(each.dueAt) - imaginedNow < 7 * day),
    )
    expect(ids('opened<10d')).toEqual(those(each => imaginedNow - Date.parse(each.openedAt) < 10 * day))
    expect(ids('unowned')).toEqual(those(each => each.rule === 'unowned'))
  })

  it('asks of the instance and of the finding in one sentence', () => {
    const { store } = filled()
    const open = new Set(pageOf(store, { query: 'access:open' }).rows.map(row => row.instanceId))
    expect(open.size).toBeGreaterThan(5)
    const all = pageOf(store, {}).rows
    const found = pageOf(store, { query: '(access:open severity:critical) or rule:unowned' }).rows
    expect(found.map(row => row.id)).toEqual(
      all
        .filter(row => (open.has(row.instanceId) && row.severity === 'critical') || row.rule === 'unowned')
        .map(row => row.id),
    )
    const others = pageOf(store, { query: '-access:open' })
    expect(others.findings).toBe(all.length - pageOf(store, { query: 'access:open' }).findings)
  })

  it.each([
    ['severity:bad', 'query-value-unknown', 9],
    ['status>open', 'query-operator-wrong', 6],
    ['opened:7d', 'query-comparison-missing', 6],
    ['due<soon', 'query-age-malformed', 4],
    ['sevrity:high', 'query-field-unknown', 0],
  ])('%s is refused where the mistake is', (query, code, start) => {
    const { store } = filled(3)
    const refused = findingPage(readingOf(store), FindingPageRequest.parse({ query }))
    expect(refused).toMatchObject({ ok: false, failure: { code, details: { start } } })
  })

  it('narrowed by a term of a facet finds exactly as many findings as the facet says', () => {
    const { store } = filled()
    for (const query of ['', 'status:active', 'access:open', 'severity:high or rule:unowned']) {
      const { facets, total } = must(findingFacets(readingOf(store), { query, most: 100 }))
      expect(total).toBe(pageOf(store, { query }).findings)
      for (const { field, values } of facets) {
        expect(
          values.reduce((sum, { count }) => sum + count, 0),
          field,
        ).toBe(total)
        for (const { term, count } of values) {
          const narrowed = query === '' ? term : `(${query}) ${term}`
          expect(pageOf(store, { query: narrowed }).findings, narrowed).toBe(count)
        }
      }
    }
  })
})

describe('pages of findings', () => {
  it('are of the list that was opened, whatever is written meanwhile; a new list has the news', () => {
    const { store, ids } = filled()
    const query = 'status:open'
    const whole = pageOf(store, { query })
    const first = pageOf(store, { query, limit: 5 })
    const added = add(store, ids[0] ?? 0, 'no-tls', '', 0)
    const moved = whole.rows[7]
    if (moved === undefined) throw new Error('too few')
    findings.moveFinding(store, { id: moved.id, status: 'retired', reason: 'person', at: imaginedNow })
    const second = pageOf(store, { query, start: 5, limit: 5, version: first.version })
    expect(second.version).toBe(first.version)
    expect(second.rows.map(row => row.id)).toEqual(whole.rows.slice(5, 10).map(row => row.id))
    // The row itself is as it is now.
    expect(second.rows[2]).toMatchObject({ id: moved.id, status: 'retired' })
    const fresh = pageOf(store, { query })
    expect(fresh.version).toBeGreaterThan(first.version)
    expect(fresh.rows.map(row => row.id)).toContain(added)
    expect(fresh.rows.map(row => row.id)).not.toContain(moved.id)
  })

  it('are what a connection that reads everything anew says, after any number of changes', () => {
    const { store, ids } = filled(40)
    pageOf(store, {})
    for (let round = 0; round < 30; round++) {
      const id = 1 + ((round * 37) % 100)
      findings.moveFinding(store, {
        id,
        status: statuses[round % 5] ?? 'open',
        reason: 'person',
        at: imaginedNow + round,
      })
      if (round % 7 === 0) add(store, ids[round % ids.length] ?? 0, `rule-${round}`, '', round)
      if (round % 11 === 0) findings.forgetFindingChanges(store, { most: 2 })
      if (round % 4 === 0) pageOf(store, {})
    }
    const seen = pageOf(store, { query: 'status:open' }).rows.map(row => row.id)
    const anew = readingOf({ connection: reopened(store) } as WritableStore)
    const expected = must(findingPage(anew, FindingPageRequest.parse({ query: 'status:open', limit: 5000 })))
    expect(seen).toEqual(expected.rows.map(row => row.id))
  })

  it('show many advisories of one instance as one row, and count what the list holds of it', () => {
    const { store } = filled()
    const plain = pageOf(store, { query: 'rule:version-affected' })
    const grouped = pageOf(store, { query: 'rule:version-affected', grouped: true })
    expect(plain.total).toBe(360)
    expect(grouped).toMatchObject({ total: 40, findings: 360 })
    expect(grouped.rows.every(row => row.count === 9 && row.subjects.length === 9)).toBe(true)
    const some = pageOf(store, { query: 'rule:version-affected severity:critical', grouped: true })
    expect(some.rows.reduce((sum, row) => sum + row.count, 0)).toBe(some.findings)
    expect(some.rows.every(row => row.severity === 'critical' && row.count < 9)).toBe(true)
  })

  it('come in every order, both ways, with what has no value last', () => {
    const { store } = filled()
    const column = (name: 'dueAt' | 'rule' | 'owner' | 'address', descending: boolean) =>
      pageOf(store, { sort: [{ column: name, descending }] }).rows.map(row => row[name])
    const due = column('dueAt', false)
    const dates = due.filter(each => each !== null)
    expect(dates).toEqual([...dates].sort())
    expect(due.slice(dates.length).every(each => each === null)).toBe(true)
    const latest = column('dueAt', true)
    expect(latest.slice(0, dates.length)).toEqual([...dates].sort().reverse())
    expect(latest.slice(dates.length).every(each => each === null)).toBe(true)
    expect(column('rule', false)).toEqual(column('rule', false).toSorted())
    expect(column('rule', true)).toEqual(column('rule', false).toReversed())
    expect(new Set(column('address', false))).toEqual(new Set(column('address', true)))
  })
})

function reopened(store: WritableStore) {
  const Database = store.connection.constructor as new (content: Buffer) => WritableStore['connection']
  return new Database(store.connection.serialize())
}
