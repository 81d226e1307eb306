import { sql } from 'kysely'
import { answeredAt, type HeldSpells, heldSpells, outcomes, type StateAt, stateAt } from './held-spells.ts'
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

/**
 * How instances of one single way in stood at two instants, of those that were there at one of the two and showed
 * something else in between. One statement, however many they are: one by one each takes five (measured at 55,114
 * endpoints: 1,800 ms).
 */
export function changedBetween(store: ReadableStore, stood: Standings): StateRecord[] {
  const { beginnings } = stood.spells
  const hasChanged = (endpoint: number) =>
    (beginnings[(stood.until.last[endpoint] ?? 0) - 1] ?? 0) > stood.between.after
  const changed: number[] = []
  for (let endpoint = 1; endpoint < stood.spells.endpointLimit; endpoint++) {
    if (wasThere(stood, endpoint) && hasChanged(endpoint)) changed.push(endpoint)
  }
  return statesOf(store, stood, changed)
}

/** The same of those in a gap between the places both scans looked at, whether they changed or not. */
export function statesInGap(
  store: ReadableStore,
  stood: Standings,
  { site, port, first, last }: Gap,
): StateRecord[] {
  const inside = builder
    .selectFrom('endpoints')
    .select('id')
    .where('site_id', '=', site)
    .where('port', '=', port)
    .where('address_key', '>=', first)
    .where('address_key', '<=', last)
  const endpoints = composeColumn<number>(store, inside)
  const there = endpoints.filter(endpoint => wasThere(stood, endpoint))
  return there.length === 0 ? [] : statesOf(store, stood, there)
}

/** How all endpoints stood at two instants. */
export interface Standings {
  readonly between: Between
  readonly spells: HeldSpells
  readonly after: StateAt
  readonly until: StateAt
}

export function standingsBetween(store: ReadableStore, between: Between): Standings {
  const { after, until } = between
  const spells = heldSpells(store)
  return { between, spells, after: stateAt(spells, after), until: stateAt(spells, until) }
}

/** At one of the two instants at least. */
function wasThere({ spells, after, until }: Standings, endpoint: number): boolean {
  const [before, now] = [after.last[endpoint] ?? 0, until.last[endpoint] ?? 0]
  return answeredAt(spells, now) === true || answeredAt(spells, before) === true
}

function statesOf(store: ReadableStore, stood: Standings, endpoints: readonly number[]): StateRecord[] {
  const { until } = stood.between
  const wanted = sql<{ value: number }>`json_each(${JSON.stringify(endpoints)})`
  // Each is found by the one before it; SQLite by itself begins with all links.
  const places = builder
    .selectFrom(wanted.as('state'))
    .crossJoin('instance_endpoints as link')
    .crossJoin('endpoints')
    .crossJoin('instances')
    .select(['link.instance_id', 'link.endpoint_id', 'link.linked_at', 'endpoints.site_id'])
    .select(['endpoints.address', 'endpoints.port', 'product', 'suspected'])
    .whereRef('link.endpoint_id', '=', 'state.value')
    .where('link.linked_at', '<=', until)
    .where(eb => eb.or([eb('link.unlinked_at', 'is', null), eb('link.unlinked_at', '>', until)]))
    .whereRef('endpoints.id', '=', 'link.endpoint_id')
    .whereRef('instances.id', '=', 'link.instance_id')
    .where('instances.merged_into', 'is', null)
    .where(sql<boolean>`NOT EXISTS (${otherLink()})`)
  return composeTuples<PlaceTuple>(store, places).map(place => stateOf(stood, place))
}

/** Tuples are read in half the time of rows with names. */
type PlaceTuple = readonly [
  instance: number,
  endpoint: number,
  linkedAt: number,
  site: number,
  address: string,
  port: number,
  product: string,
  suspected: string | null,
]

function stateOf({ spells, after, until }: Standings, place: PlaceTuple) {
  const [instance, endpoint, linkedAt, site, address, port, product, suspected] = place
  const [before, now] = [after.last[endpoint] ?? 0, until.last[endpoint] ?? 0]
  const shown = ({ shown: of }: StateAt) => spells.snapshots[(of[endpoint] ?? 0) - 1] ?? null
  return {
    ...{ instance, endpoint, linkedAt, site, address, port, product, suspected },
    /** Whether it answered at the two instants; null: nothing was known of it. */
    answeredBefore: answeredAt(spells, before),
    answeredAfter: answeredAt(spells, now) === true,
    /** What came of looking at it. */
    outcome: outcomes[spells.outcomes[now - 1] ?? 0] ?? 'answered',
    /** What it had last shown at the two instants. */
    shownBefore: shown(after),
    shownAfter: shown(until),
  }
}
export type StateRecord = ReturnType<typeof stateOf>

function otherLink() {
  return sql`SELECT 1 FROM instance_endpoints AS other
    WHERE other.instance_id = link.instance_id AND other.id <> link.id`
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
