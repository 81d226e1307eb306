import type { HeldModel } from '#shared/domain/held-model.ts'
import type { ModelPage, ModelRequest } from '#shared/domain/model-list.ts'
import type { Condition } from '#shared/query/condition.ts'
import { type Result, succeed } from '#shared/result.ts'
import { sortModels } from '../governance/sort-models.ts'
import type { DigestSets } from '../store/digest-sets.ts'
import { seeHolders, type UnnamedRecord } from '../store/held-rows.ts'
import { dataVersion } from '../store/inventory-rows.ts'
import { newestDecision } from '../store/model-catalogue.ts'
import type { QueryContext } from '../store/query-where.ts'
import { consistently } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { keyOf, modelCatalogue } from './model-catalogue.ts'
import { type Counted, describeModels } from './model-facts.ts'
import { emptyLists, unnamedOf } from './model-holders.ts'
import { queryContext } from './query-context.ts'
import { readQuery } from './read-query.ts'

/** Every model held by the instances a query finds, the most widespread first. */
export function listModels(reading: Reading, query: string): Result<HeldModel[]> {
  const opened = openModels(reading, { query, sort: null })
  return opened.ok ? succeed([...opened.value.models]) : opened
}

/** One page of them, with how many there are in all. */
export function modelPage(reading: Reading, request: ModelRequest): Result<ModelPage> {
  const opened = openModels(reading, request)
  if (!opened.ok) return opened
  const { version, models, instances } = opened.value
  const { start, limit } = request
  return succeed({ version, total: models.length, instances, rows: models.slice(start, start + limit) })
}

interface OpenModels {
  readonly version: string
  readonly openedAt: number
  readonly models: readonly HeldModel[]
  readonly instances: number
}

const mostKept = 8
/** A list may serve anew while nothing has changed; ages move on. */
const freshMs = 30_000

const kept = new WeakMap<object, Map<string, OpenModels>>()

/** Finds the list open, by the version of an earlier answer or as it is now, or opens it. */
function openModels(
  reading: Reading,
  { query, sort, version }: Pick<ModelRequest, 'query' | 'sort' | 'version'>,
): Result<OpenModels> {
  const condition = readQuery(query)
  if (!condition.ok) return condition
  const { store, now } = reading
  const lists = kept.get(store.connection) ?? new Map<string, OpenModels>()
  kept.set(store.connection, lists)
  const name = JSON.stringify([query, sort])
  const earlier = version === undefined ? undefined : lists.get(`${version} ${name}`)
  if (earlier !== undefined) return succeed(earlier)
  return consistently(store, () => {
    const current = `${dataVersion(store)}.${newestDecision(store, {})?.id ?? 0}`
    const openedAt = now()
    const same = lists.get(`${current} ${name}`)
    if (same !== undefined && openedAt - same.openedAt < freshMs) return succeed(same)
    const { models, instances } = findModels(queryContext(reading, openedAt), condition.value)
    const opened = { version: current, openedAt, models: sortModels(models, sort), instances }
    lists.delete(`${current} ${name}`)
    lists.set(`${current} ${name}`, opened)
    const oldest = lists.keys().next().value
    if (lists.size > mostKept && oldest !== undefined) lists.delete(oldest)
    return succeed(opened)
  })
}

function findModels(context: QueryContext, condition: Condition) {
  const { store } = context
  const catalogue = modelCatalogue(store)
  const { counted, instances } = countModels(context, condition)
  const models = [...counted].flatMap(([key, counts]) => {
    const model = catalogue.get(key)
    return model === undefined ? [] : [[model, counts] as const]
  })
  return { models: describeModels(store, models), instances }
}

/** What is seen of a list of digests, or of one digest. */
class Tally {
  instances = 0
  present = 0
  lastSeenAt = 0
  readonly sites = new Set<number>()

  see(site: number, isPresent: boolean, seenAt: number): void {
    this.instances++
    if (isPresent) this.present++
    if (seenAt > this.lastSeenAt) this.lastSeenAt = seenAt
    this.sites.add(site)
  }

  add(other: Tally): void {
    this.instances += other.instances
    this.present += other.present
    if (other.lastSeenAt > this.lastSeenAt) this.lastSeenAt = other.lastSeenAt
    for (const site of other.sites) this.sites.add(site)
  }

  get counted(): Counted {
    const { instances, present, lastSeenAt, sites } = this
    return { instances, present, lastSeenAt, sites: sites.size }
  }
}

function countModels(context: QueryContext, condition: Condition) {
  const { known, rows } = emptyLists(context.store)
  const bySet = new Map<number, Tally>()
  let instances = 0
  seeHolders(context, condition, (site, isPresent, set, seenAt) => {
    instances++
    rows[set] = (rows[set] ?? 0) + 1
    tallyOf(bySet, set).see(site, isPresent, seenAt)
  })
  const byKey = byDigest(known, bySet)
  for (const record of unnamedOf(context, condition, { known, rows })) seeUnnamed(byKey, record)
  return { counted: new Map([...byKey].map(([key, tally]) => [key, tally.counted])), instances }
}

function byDigest(known: DigestSets, bySet: ReadonlyMap<number, Tally>): Map<string, Tally> {
  const byTerm = new Map<number, Tally>()
  for (const [set, tally] of bySet) {
    const terms = known.terms.subarray(known.starts[set], known.starts[set + 1])
    for (const term of terms) tallyOf(byTerm, term).add(tally)
  }
  const byKey = new Map<string, Tally>()
  for (const [term, tally] of byTerm) {
    const digest = known.digests.get(term) ?? ''
    if (digest !== '') byKey.set(digest, tally)
  }
  return byKey
}

function seeUnnamed(byKey: Map<string, Tally>, record: UnnamedRecord): void {
  const key = keyOf({ digest: null, name: record.name })
  tallyOf(byKey, key).see(record.site_id, record.is_present === 1, record.last_seen_at)
}

function tallyOf<K>(tallies: Map<K, Tally>, key: K): Tally {
  const known = tallies.get(key) ?? new Tally()
  tallies.set(key, known)
  return known
}
