import { sql } from 'kysely'
import type { Condition } from '#shared/query/condition.ts'
import type { ChoiceField } from '#shared/query/fields.ts'
import { type QueryContext, whereOf } from './query-where.ts'
import { codeOf, placeOf, wordIn } from './row-facts.ts'
import { builder, composeTuples, type ReadableStore, row, rows } from './statement.ts'

const isPresentRow = sql<boolean>`(facts >> ${placeOf('presence').shift}) & ${placeOf('presence').mask} = ${codeOf('presence', 'present')}`

/** What triggers count as rows are written (migration 0080). */
export const countsBySite = rows()(db =>
  db
    .selectFrom('counts_by_site')
    .innerJoin('sites', 'sites.id', 'site_id')
    .select(['sites.name as site', 'facts', 'count']),
)

export const countsByOwner = rows()(db =>
  db
    .selectFrom('counts_by_owner')
    .leftJoin('query_terms', 'query_terms.id', 'owner_id')
    .select(['owner_id', 'query_terms.text as owner', 'facts', 'count']),
)

/** Present rows by site, combination of facts and score: without names, for there may be tens of thousands. */
export function presentProfiles(
  store: ReadableStore,
): [site: number, profile: number, score: number, count: number][] {
  const query = builder
    .selectFrom('counts_by_profile')
    .select(['site_id', 'profile_id', 'score', 'count'])
    .where(isPresentRow)
  return composeTuples(store, query)
}

export const countsByProfile = rows()(db =>
  db
    .selectFrom('counts_by_profile')
    .innerJoin('sites', 'sites.id', 'site_id')
    .select(['site_id', 'sites.name as site', 'profile_id', 'score', 'facts', 'count']),
)

export const countsByTime = rows()(db => db.selectFrom('counts_by_time').selectAll().orderBy('quarter'))

/** Site, network (the key without its last byte), how many, how many of them owned, rank of the highest risk. */
export type PresentTuple = [site: number, key: Uint8Array, count: number, owned: number, rank: number]

const worstRank = sql<number>`min((facts >> ${placeOf('risk').shift}) & ${placeOf('risk').mask})`

/** The codes of risk are its ranks: test/unit/governance/risk compares them. */
export function presentByNetwork(store: ReadableStore): PresentTuple[] {
  const query = builder
    .selectFrom('counts_by_network')
    .select(['site_id', 'network'])
    .select([
      sql<number>`sum(count)`.as('count'),
      sql<number>`sum(count * is_owned)`.as('owned'),
      worstRank.as('rank'),
    ])
    .where(isPresentRow)
    .groupBy(['site_id', 'network'])
  return composeTuples<PresentTuple>(store, query)
}

/** The same address by address, for few networks. */
export function presentByAddress(store: ReadableStore): PresentTuple[] {
  const query = builder
    .selectFrom('inventory_rows')
    .select(['site_id', 'address_key'])
    .select(eb => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.count<number>('owner_id').as('owned'),
      worstRank.as('rank'),
    ])
    .where(isPresentRow)
    .groupBy(['site_id', 'address_key'])
  return composeTuples<PresentTuple>(store, query)
}

/** A row's word, as the counted bits have it. */
export function countedWord(facts: number, field: ChoiceField): string {
  return wordIn(facts, field)
}

/** Present ones with open access that declare tools, and all that are present: in one pass over few rows. */
export function isWord(facts: number, field: ChoiceField, word: string): boolean {
  const { shift, mask } = placeOf(field)
  return ((facts >> shift) & mask) === codeOf(field, word)
}

/** How a query's rows are distributed over combinations of facts and scores. */
export function profilesOf(
  context: QueryContext,
  condition: Condition,
): { profile: number | null; score: number; count: number }[] {
  const query = builder
    .selectFrom('inventory_rows')
    .select(['profile_id', 'score'])
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where(whereOf(context, condition))
    .groupBy(['profile_id', 'score'])
  return composeTuples<[number | null, number | null, number]>(context.store, query).map(
    ([profile, score, count]) => ({ profile, score: score ?? -1, count }),
  )
}

const open = sql<boolean>`status IN ('open', 'in-remediation', 'awaiting-verification', 'not-verifiable')`

export const openFindings = rows()(db =>
  db
    .selectFrom('findings')
    .select('severity')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where(open)
    .groupBy('severity'),
)

const among = (ids: unknown) => sql<number>`(SELECT value FROM json_each(${ids}))`

export const openFindingsAmong = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('findings')
    .select(['instance_id', 'rule', 'part', 'severity'])
    .where(open)
    .where('instance_id', 'in', among($.ids)),
)

export const overdueFindings = row<{ now: number }>()((db, $) =>
  db
    .selectFrom('findings')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where(open)
    .where('due_at', '<', $.now),
)

export const expiringExceptions = row<{ until: string }>()((db, $) =>
  db
    .selectFrom('exceptions')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('status', '=', sql.lit('approved'))
    .where('expires_on', '<=', $.until),
)
