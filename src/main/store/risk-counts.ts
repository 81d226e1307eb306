import { sql } from 'kysely'
import type { Condition } from '#shared/query/condition.ts'
import type { ChoiceField } from '#shared/query/fields.ts'
import { type QueryContext, whereOf } from './query-where.ts'
import { codeOf, placeOf, wordIn } from './row-facts.ts'
import { builder, composeColumn, composeTuples, type ReadableStore, row, rows } from './statement.ts'

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

/** All rows by score; -1: not judged yet. */
export const countsByScore = rows()(db =>
  db
    .selectFrom('counts_by_profile')
    .select('score')
    .select(eb => eb.fn.sum<number>('count').as('count'))
    .groupBy('score'),
)

/** By lists of what models can do, and of where remote ones are; null: the list is unknown. */
export const countsByCapability = rows()(db =>
  db
    .selectFrom('counts_by_capability')
    .leftJoin('query_sets as capability', 'capability.id', 'capability_set')
    .leftJoin('query_sets as remote', 'remote.id', 'remote_set')
    .select(['capability.members as capabilities', 'remote.members as remotes', 'facts', 'count']),
)

export const countsByTime = rows()(db => db.selectFrom('counts_by_time').selectAll().orderBy('quarter'))

/** A row's word, as the counted bits have it. */
export function countedWord(facts: number, field: ChoiceField): string {
  return wordIn(facts, field)
}

/** Present ones with open access that declare tools, and all that are present: in one pass over few rows. */
export function isWord(facts: number, field: ChoiceField, word: string): boolean {
  const { shift, mask } = placeOf(field)
  return ((facts >> shift) & mask) === codeOf(field, word)
}

/** profile 0, score -1: not judged yet. */
export interface ProfileCount {
  readonly profile: number
  readonly score: number
  readonly count: number
}

/** Scores and "not judged yet" fit below it. */
const perProfile = 128

/**
 * How a query's rows are distributed over combinations of facts and scores. Read as one number a row and counted here:
 * SQLite takes several times as long to group them.
 */
export function profilesOf(context: QueryContext, condition: Condition): ProfileCount[] {
  const packed = sql<number>`ifnull(profile_id, 0) * ${perProfile} + ifnull(score, -1) + 1`
  const query = builder.selectFrom('inventory_rows').select(packed.as('packed'))
  const found = new Map<number, number>()
  for (const code of composeColumn<number>(context.store, query.where(whereOf(context, condition)))) {
    found.set(code, (found.get(code) ?? 0) + 1)
  }
  return [...found].map(([code, count]) => ({
    profile: Math.floor(code / perProfile),
    score: (code % perProfile) - 1,
    count,
  }))
}

/** The same for a site, of which they are counted already. */
export const profilesAt = rows<{ site: number }>()((db, $) =>
  db
    .selectFrom('counts_by_profile')
    .select(['profile_id as profile', 'score'])
    .select(eb => eb.fn.sum<number>('count').as('count'))
    .where('site_id', '=', $.site)
    .groupBy(['profile_id', 'score']),
)

const open = sql<boolean>`status IN ('open', 'in-remediation', 'awaiting-verification', 'not-verifiable')`

export const openFindings = rows()(db =>
  db
    .selectFrom('counts_by_finding')
    .select('severity')
    .select(eb => eb.fn.sum<number>('count').as('count'))
    .where(open)
    .groupBy('severity'),
)

export const openFindingsAt = rows<{ site: number }>()((db, $) =>
  db
    .selectFrom('counts_by_finding')
    .select('severity')
    .select(eb => eb.fn.sum<number>('count').as('count'))
    .where('site_id', '=', $.site)
    .where(open)
    .groupBy('severity'),
)

const among = (ids: unknown) => sql<number>`(SELECT value FROM json_each(${ids}))`

export const openFindingsAmong = rows<{ ids: string }>()((db, $) =>
  db
    .selectFrom('findings')
    .select(['instance_id', 'rule', 'part', 'severity', 'status', 'due_at'])
    .where(open)
    .where('instance_id', 'in', among($.ids)),
)

export const overdueFindings = row<{ now: number }>()((db, $) =>
  db
    .selectFrom('counts_by_finding')
    .select(eb => eb.fn.coalesce(eb.fn.sum<number>('count'), sql.lit(0)).as('count'))
    .where(open)
    .where('due_at', '>', sql.lit(0))
    .where('due_at', '<', $.now),
)

export const expiringExceptions = row<{ until: string }>()((db, $) =>
  db
    .selectFrom('exceptions')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('status', '=', sql.lit('approved'))
    .where('expires_on', '<=', $.until),
)

/** Written as the index of them has it (migration 0080). */
const isToolCalling = sql<boolean>`(facts >> 22) & 7 = 0 AND (facts >> 17) & 3 = 1`

/** The riskiest present instances that declare tools. */
export const riskiestToolCalling = rows<{ limit: number }>()((db, $) =>
  db
    .selectFrom('inventory_rows')
    .select('instance_id')
    .where(isToolCalling)
    .orderBy('score', 'desc')
    .orderBy('site_id')
    .orderBy('address_key')
    .orderBy('port')
    .limit($.limit),
)

/** Which lists of models hold which of some names, as these are compared. */
export const listsHolding = rows<{ names: string }>()((db, $) =>
  db
    .selectFrom('query_terms as term')
    .innerJoin('query_set_terms as pair', 'pair.term_id', 'term.id')
    .select(['term.folded', 'pair.set_id'])
    .where('term.field', '=', sql.lit('model'))
    .where('term.folded', 'in', sql<string>`(SELECT value FROM json_each(${$.names}))`),
)

/** Present instances that declare tools by their list of models: how many, and how many of them are open. */
export function toolCallingLists(store: ReadableStore): Map<number, { instances: number; open: number }> {
  const { shift, mask } = placeOf('access')
  const isOpen = sql<number>`((facts >> ${sql.lit(shift)}) & ${sql.lit(mask)} = ${sql.lit(codeOf('access', 'open'))})`
  const packed = sql<number>`ifnull(model_set, 0) * 2 + ${isOpen}`
  const query = builder.selectFrom('inventory_rows').select(packed.as('packed')).where(isToolCalling)
  const lists = new Map<number, { instances: number; open: number }>()
  for (const code of composeColumn<number>(store, query)) {
    const list = lists.get(code >> 1) ?? { instances: 0, open: 0 }
    lists.set(code >> 1, list)
    list.instances++
    list.open += code & 1
  }
  return lists
}
