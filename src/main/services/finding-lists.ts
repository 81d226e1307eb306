import type { Facet, Facets, FacetsRequest } from '#shared/domain/facet.ts'
import type { Finding, FindingRequest } from '#shared/domain/finding.ts'
import type { FindingPage, FindingPageRequest, FindingPageRow } from '#shared/domain/finding-list.ts'
import { type FindingCondition, parseFindingQuery } from '#shared/query/finding-query.ts'
import { stateTerm, valueTerm } from '#shared/query/term.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type FindingColumns, findingColumns, findingsVersion } from '../store/finding-columns.ts'
import { countFindings } from '../store/finding-counts.ts'
import { filterFindings } from '../store/finding-filter.ts'
import { foldGroups, groupsOf, membersOf } from '../store/finding-groups.ts'
import { orderFindings } from '../store/finding-order.ts'
import { consistently } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { readFindings } from './findings.ts'
import { queryContext } from './query-context.ts'

/** A list of findings as it was when it was opened. */
interface OpenFindings {
  readonly version: number
  readonly openedAt: number
  readonly columns: FindingColumns
  readonly mask: Uint8Array
  /** Places in the columns, in order: of every finding, or of the first of each group. */
  readonly places: Uint32Array
  /** Of each group, by where it begins; null: findings are not grouped. */
  readonly counts: Uint32Array | null
  readonly findings: number
}

/** A list of two million findings is 10 MB. */
const mostKept = 6
/** A list may serve anew while the data has not changed; ages move on. */
const freshMs = 30_000

const kept = new WeakMap<object, Map<string, OpenFindings>>()

type Wanted = Pick<FindingPageRequest, 'query' | 'sort' | 'grouped' | 'version'>

/**
 * Opens a query, or finds it open. Asked for the version of an earlier answer it is the same list, whatever has been
 * written since; only when that is no longer kept it is opened anew and says so by its version.
 */
export function openFindings(reading: Reading, wanted: Wanted): Result<OpenFindings> {
  const { store, now } = reading
  const condition = readFindingQuery(wanted.query)
  if (!condition.ok) return condition
  const lists = kept.get(store.connection) ?? new Map<string, OpenFindings>()
  kept.set(store.connection, lists)
  const key = JSON.stringify([wanted.query, wanted.sort, wanted.grouped])
  const known = wanted.version === undefined ? undefined : lists.get(`${wanted.version} ${key}`)
  if (known !== undefined) return succeed(usedLast(lists, `${wanted.version} ${key}`, known))
  const openedAt = now()
  return consistently(store, () => {
    const version = findingsVersion(store)
    const same = lists.get(`${version} ${key}`)
    if (same !== undefined && openedAt - same.openedAt < freshMs) return succeed(same)
    const opened = { version, openedAt, ...listOf(reading, openedAt, condition.value, wanted) }
    usedLast(lists, `${version} ${key}`, opened)
    const oldest = lists.keys().next().value
    if (lists.size > mostKept && oldest !== undefined) lists.delete(oldest)
    return succeed(opened)
  })
}

function usedLast(lists: Map<string, OpenFindings>, key: string, list: OpenFindings): OpenFindings {
  lists.delete(key)
  lists.set(key, list)
  return list
}

export function readFindingQuery(query: string): Result<FindingCondition> {
  const parsed = parseFindingQuery(query)
  if (parsed.ok) return succeed(parsed.condition)
  const { code, start, end, details } = parsed.mistake
  return fail(code, { ...details, query, start, end })
}

function listOf(
  reading: Reading,
  now: number,
  condition: FindingCondition,
  { sort, grouped }: Wanted,
): Omit<OpenFindings, 'version' | 'openedAt'> {
  const columns = findingColumns(reading.store)
  const context = queryContext(reading, now)
  const mask = filterFindings(context, columns, condition)
  const places = orderFindings(context, columns, mask, sort)
  const list = { columns, mask, findings: places.length }
  if (!grouped) return { ...list, places, counts: null }
  const { leaders, counts } = foldGroups(groupsOf(columns), places)
  return { ...list, places: leaders, counts }
}

/** One page of what a query finds. */
export function findingPage(reading: Reading, request: FindingPageRequest): Result<FindingPage> {
  const list = openFindings(reading, request)
  if (!list.ok) return list
  const { version, places, findings, columns } = list.value
  const shown = [...places.subarray(request.start, request.start + request.limit)]
  const rows = readFindings(
    reading.store,
    shown.map(at => columns.id[at] ?? 0),
  )
  const byId = new Map(shown.map(at => [columns.id[at] ?? 0, at]))
  return succeed({
    version,
    total: places.length,
    findings,
    rows: rows.map(row => withGroup(list.value, row, byId.get(row.id) ?? 0)),
  })
}

const mostNamed = 20

function withGroup(list: OpenFindings, row: Finding & { site: string }, at: number): FindingPageRow {
  if (list.counts === null) return { ...row, count: 1, subjects: [row.subject] }
  const { columns, mask, counts } = list
  const groups = groupsOf(columns)
  const members = membersOf(groups, mask, at, mostNamed).map(
    place => columns.labels.texts[columns.label[place] ?? 0] ?? '',
  )
  return {
    ...row,
    count: Math.max(1, counts[groups.start[at] ?? 0] ?? 1),
    subjects: members.filter(label => label !== ''),
  }
}

/** Every finding a query finds, the most severe and oldest first. */
export function listFindings(reading: Reading, { query, status }: FindingRequest): Result<Finding[]> {
  const statuses = status === undefined || status.length === 0 ? '' : ` status:${status.join(',')}`
  const wanted = query === '' ? statuses.trim() : `(${query})${statuses}`
  const list = openFindings(reading, { query: wanted, sort: [], grouped: false })
  if (!list.ok) return list
  const findings: Finding[] = []
  const { places, columns } = list.value
  for (let start = 0; start < places.length; start += 5000) {
    const ids = [...places.subarray(start, start + 5000)].map(at => columns.id[at] ?? 0)
    for (const { site: _, ...finding } of readFindings(reading.store, ids)) findings.push(finding)
  }
  return succeed(findings)
}

/** How the findings of a query are distributed. Narrowing the query by a term finds exactly so many findings. */
export function findingFacets(reading: Reading, { query, most }: FacetsRequest): Result<Facets> {
  const condition = readFindingQuery(query)
  if (!condition.ok) return condition
  const { store } = reading
  return consistently(store, () => {
    const columns = findingColumns(store)
    const mask = filterFindings(queryContext(reading, reading.now()), columns, condition.value)
    const counts = countFindings(store, columns, mask)
    const facets = [
      facetOf('severity', counts.severity, value => `severity:${value}`, most),
      facetOf('status', counts.status, value => `status:${value}`, most),
      facetOf('rule', counts.rule, value => `rule:${value}`, most),
      facetOf('owner', counts.owner, value => valueTerm('owner', value), most),
      facetOf('site', counts.site, value => valueTerm('site', value), most),
    ]
    const total = [...counts.severity.values()].reduce((sum, count) => sum + count, 0)
    return succeed({ version: findingsVersion(store), total, facets })
  })
}

function facetOf(
  field: 'severity' | 'status' | 'rule' | 'owner' | 'site',
  counts: ReadonlyMap<string | null, number>,
  termOf: (value: string) => string,
  most: number,
): Facet {
  const named = [...counts].flatMap(([value, count]) =>
    value === null ? [] : [{ value, state: null, term: termOf(value), count }],
  )
  // Severities and statuses are few and in their own order; the others by how many there are.
  if (field !== 'severity' && field !== 'status')
    named.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  const none = counts.get(null) ?? 0
  return {
    field,
    values: [
      ...named.slice(0, most),
      ...(none === 0
        ? []
        : [{ value: null, state: 'none' as const, term: stateTerm('owner', 'none'), count: none }]),
    ],
    moreCount: Math.max(0, named.length - most),
  }
}
