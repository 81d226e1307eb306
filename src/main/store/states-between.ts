import { type RawBuilder, sql } from 'kysely'
import { builder, compose, composeColumn, composeTuples, type ReadableStore } from './statement.ts'

export interface Between {
  readonly after: number
  readonly until: number
}

/** Places on a port of a site. */
export interface Gap {
  readonly site: number
  readonly port: number
  readonly first: Uint8Array
  readonly last: Uint8Array
}

/** More spells than this have begun in between: all endpoints are gone through in order, which costs less for each. */
const fewSpells = 30_000

/**
 * How instances of one single way in stood at two instants, of those that were there at one of the two and showed
 * something else in between. One statement, however many they are: one by one each takes five (measured at 55,114
 * endpoints: 1,800 ms).
 */
export function changedBetween(store: ReadableStore, between: Between) {
  const { after, until } = between
  const begun = builder
    .selectFrom('spell_records as spells')
    .select('endpoint_id')
    .where('first_at', '>', after)
    .where('first_at', '<=', until)
  const isMany = composeColumn(store, begun.limit(1).offset(fewSpells)).length > 0
  const among = isMany ? sql<boolean>`1` : sql<boolean>`endpoint_id IN (${begun})`
  return statesOf(store, between, among, sql<boolean>`after_code / 2 > ${after}`)
}

/** The same of those in a gap between the places both scans looked at, whether they changed or not. */
export function statesInGap(store: ReadableStore, between: Between, { site, port, first, last }: Gap) {
  const inside = builder
    .selectFrom('endpoints')
    .select('id')
    .where('site_id', '=', site)
    .where('port', '=', port)
    .where('address_key', '>=', first)
    .where('address_key', '<=', last)
  return statesOf(store, between, sql<boolean>`endpoint_id IN (${inside})`, sql<boolean>`1`)
}

/** An instant and whether it answered from then on, as one number: the highest is the latest. */
const code = sql<number>`first_at * 2 + (outcome = 'answered')`

function statesOf(
  store: ReadableStore,
  { after, until }: Between,
  among: RawBuilder<boolean>,
  isMeant: RawBuilder<boolean>,
) {
  const codes = builder
    .selectFrom('spell_records as spells')
    .select([
      'endpoint_id',
      sql<number | null>`max(CASE WHEN first_at <= ${after} THEN ${code} END)`.as('before_code'),
      sql<number>`max(${code})`.as('after_code'),
    ])
    // The plus keeps SQLite from going through them by their beginning, and sorting them.
    .where(sql<boolean>`+first_at <= ${until}`)
    .where(among)
    .groupBy('endpoint_id')
    .having(sql<boolean>`(after_code & 1 OR before_code & 1) AND ${isMeant}`)
  const isBoth = sql`after_code & 1 AND before_code NOTNULL`
  // Each is found by the one before it; SQLite by itself begins with all links.
  const states = builder
    .selectFrom(codes.as('state'))
    .crossJoin('instance_endpoints as link')
    .crossJoin('endpoints')
    .crossJoin('instances')
    .select(['link.instance_id', 'link.endpoint_id', 'link.linked_at', 'endpoints.site_id'])
    .select(['endpoints.address', 'endpoints.port', 'product', 'suspected', 'before_code', 'after_code'])
    .select(sql<string | null>`CASE WHEN after_code & 1 THEN NULL ELSE ${outcomeAt()} END`.as('outcome'))
    .select(shownAt(sql`${after}`, isBoth).as('shown_before'))
    .select(shownAt(sql`${until}`, isBoth).as('shown_after'))
    .whereRef('link.endpoint_id', '=', 'state.endpoint_id')
    .where('link.linked_at', '<=', until)
    .where(eb => eb.or([eb('link.unlinked_at', 'is', null), eb('link.unlinked_at', '>', until)]))
    .whereRef('endpoints.id', '=', 'link.endpoint_id')
    .whereRef('instances.id', '=', 'link.instance_id')
    .where('instances.merged_into', 'is', null)
    .where(sql<boolean>`NOT EXISTS (${otherLink()})`)
  return composeTuples<StateTuple>(store, states).map(stateOf)
}

/** Tuples are read in half the time of rows with names. */
type StateTuple = readonly [
  instance: number,
  endpoint: number,
  linkedAt: number,
  site: number,
  address: string,
  port: number,
  product: string,
  suspected: string | null,
  before: number | null,
  after: number,
  outcome: string | null,
  shownBefore: number | null,
  shownAfter: number | null,
]

function stateOf(tuple: StateTuple) {
  const [instance, endpoint, linkedAt, site, address, port, product, suspected, before, after] = tuple
  const [, , , , , , , , , , outcome, shownBefore, shownAfter] = tuple
  return {
    ...{ instance, endpoint, linkedAt, site, address, port, product, suspected, outcome },
    ...{ shownBefore, shownAfter },
    /** Whether it answered at the two instants; null: nothing was known of it. */
    answeredBefore: before === null ? null : before % 2 === 1,
    answeredAfter: after % 2 === 1,
  }
}
export type StateRecord = ReturnType<typeof stateOf>

function otherLink() {
  return sql`SELECT 1 FROM instance_endpoints AS other
    WHERE other.instance_id = link.instance_id AND other.id <> link.id`
}

function outcomeAt() {
  return sql`(SELECT spells.outcome FROM spell_records AS spells WHERE spells.endpoint_id = link.endpoint_id
    AND spells.first_at = after_code / 2 ORDER BY spells.id DESC LIMIT 1)`
}

/** What it had last shown at an instant, where that is asked for. */
function shownAt(at: RawBuilder<unknown>, isAsked: RawBuilder<unknown>) {
  return sql<number | null>`CASE WHEN ${isAsked} THEN (SELECT spells.snapshot_id FROM spell_records AS spells
    WHERE spells.endpoint_id = link.endpoint_id AND spells.first_at <= ${at} AND spells.snapshot_id NOTNULL
    ORDER BY spells.first_at DESC, (spells.outcome = 'answered') DESC, spells.id DESC LIMIT 1) END`
}

/** Instances that were reached at more than one endpoint over time, of those of which something changed in between. */
export function manyLinkedBetween(store: ReadableStore, { after, until }: Between): number[] {
  const linked = builder
    .selectFrom('instance_endpoints as link')
    .select(['link.instance_id', 'endpoint_id', 'linked_at', 'unlinked_at'])
    .where(
      sql<boolean>`link.instance_id IN (SELECT instance_id FROM instance_endpoints GROUP BY instance_id HAVING count(*) > 1)`,
    )
  const changed = builder
    .selectFrom(linked.as('link'))
    .select('instance_id')
    .distinct()
    .where(
      sql<boolean>`(linked_at > ${after} AND linked_at <= ${until}) OR (unlinked_at > ${after} AND unlinked_at <= ${until})
        OR EXISTS (SELECT 1 FROM spell_records AS spells WHERE spells.endpoint_id = link.endpoint_id AND first_at > ${after} AND first_at <= ${until})`,
    )
  return compose(store, changed).map(({ instance_id }) => instance_id)
}

/** Those of them with an endpoint in a gap. */
export function manyLinkedIn(store: ReadableStore, { site, port, first, last }: Gap): number[] {
  const found = builder
    .selectFrom('endpoints')
    .innerJoin('instance_endpoints as link', 'link.endpoint_id', 'endpoints.id')
    .select('link.instance_id')
    .distinct()
    .where('site_id', '=', site)
    .where('port', '=', port)
    .where('address_key', '>=', first)
    .where('address_key', '<=', last)
    .where(sql<boolean>`EXISTS (${otherLink()})`)
  return compose(store, found).map(({ instance_id }) => instance_id)
}
