import { sql } from 'kysely'
import { type HeldLinks, heldLinks } from './held-links.ts'
import { answeredAt, type HeldSpells, heldSpells, lastAt, outcomes, shownAt } from './held-spells.ts'
import { builder, composeColumn, composeTuples, type ReadableStore } from './statement.ts'

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

/** What tells how all endpoints stood at two instants, and whose they were. */
export interface Standings {
  readonly between: Between
  readonly spells: HeldSpells
  readonly links: HeldLinks
}

export function standingsBetween(store: ReadableStore, between: Between): Standings {
  return { between, spells: heldSpells(store), links: heldLinks(store) }
}

/** How an instance of one single way in stood at two instants. */
interface Stood {
  readonly instance: number
  readonly endpoint: number
  readonly linkedAt: number
  /** Whether it answered at the two instants; null: nothing was known of it. */
  readonly answeredBefore: boolean | null
  readonly answeredAfter: boolean
  /** What came of looking at it. */
  readonly outcome: (typeof outcomes)[number]
  /** What it had last shown at the two instants. */
  readonly shownBefore: number | null
  readonly shownAfter: number | null
}

/** The same with its name. */
export interface StateRecord extends Stood {
  readonly site: number
  readonly address: string
  readonly port: number
  readonly product: string
  readonly suspected: string | null
}

/**
 * Instances of one single way in that were there at one of two instants and showed something else in between. Asked one by
 * one, each takes five statements (measured at 55,114 endpoints: 1,800 ms).
 */
export function changedBetween(store: ReadableStore, standings: Standings): StateRecord[] {
  const { spells, between, links } = standings
  const changed: Stood[] = []
  for (let link = 0; link < links.count; link++) {
    const endpoint = links.endpoints[link] ?? 0
    const now = lastAt(spells, endpoint, between.until)
    if (now === -1 || (spells.beginnings[now] ?? 0) <= between.after) continue
    if (!isOnlyLink(standings, link)) continue
    const stood = stoodAt(standings, link, now)
    if (wasThere(stood) && !staysAsItWas(stood, between)) changed.push(stood)
  }
  return named(store, changed)
}

/** The same of those at some endpoints, whether they changed or not. */
export function statesAt(
  store: ReadableStore,
  standings: Standings,
  endpoints: ReadonlySet<number>,
): StateRecord[] {
  if (endpoints.size === 0) return []
  const { spells, between, links } = standings
  const found: Stood[] = []
  for (let link = 0; link < links.count; link++) {
    const endpoint = links.endpoints[link] ?? 0
    if (!endpoints.has(endpoint) || !isOnlyLink(standings, link)) continue
    const stood = stoodAt(standings, link, lastAt(spells, endpoint, between.until))
    if (wasThere(stood)) found.push(stood)
  }
  return named(store, found)
}

/** Endpoints in a gap between the places both scans looked at. */
export function endpointsIn(store: ReadableStore, { site, port, first, last }: Gap): number[] {
  const inside = builder
    .selectFrom('endpoints')
    .select('id')
    .where('site_id', '=', site)
    .where('port', '=', port)
    .where('address_key', '>=', first)
    .where('address_key', '<=', last)
  return composeColumn<number>(store, inside)
}

/** Whether a link is all its instance ever had, and stood at the second instant. */
function isOnlyLink({ links, between }: Standings, link: number): boolean {
  return (
    links.perInstance[links.instances[link] ?? 0] === 1 &&
    (links.linkedAt[link] ?? 0) <= between.until &&
    (links.unlinkedAt[link] ?? 0) > between.until
  )
}

/** `now`: the place of its last spell. */
function stoodAt({ spells, links, between }: Standings, link: number, now: number): Stood {
  const endpoint = links.endpoints[link] ?? 0
  const before = lastAt(spells, endpoint, between.after)
  return {
    instance: links.instances[link] ?? 0,
    endpoint,
    linkedAt: links.linkedAt[link] ?? 0,
    answeredBefore: before === -1 ? null : answeredAt(spells, before),
    answeredAfter: now !== -1 && answeredAt(spells, now),
    outcome: outcomes[spells.outcomes[now] ?? 0] ?? 'answered',
    shownBefore: shownAt(spells, endpoint, before),
    shownAfter: shownAt(spells, endpoint, now),
  }
}

/** At one of the two instants at least. */
function wasThere({ answeredBefore, answeredAfter }: Stood): boolean {
  return answeredAfter || answeredBefore === true
}

/** It went and came back in between: nobody needs to know its name. */
function staysAsItWas(stood: Stood, { after }: Between): boolean {
  const { answeredBefore, answeredAfter, shownBefore, shownAfter, linkedAt } = stood
  return answeredBefore === true && answeredAfter && shownBefore === shownAfter && linkedAt <= after
}

/** What an instance of one single way in says of its place is where that lies. */
function named(store: ReadableStore, stood: readonly Stood[]): StateRecord[] {
  if (stood.length === 0) return []
  const ids = JSON.stringify(stood.map(({ instance }) => instance))
  const names = builder
    .selectFrom(sql<{ value: number; key: number }>`json_each(${ids})`.as('wanted'))
    .crossJoin('instances')
    .select(['wanted.key', 'site_id', 'address', 'port', 'product', 'suspected'])
    .whereRef('instances.id', '=', 'wanted.value')
    .where('merged_into', 'is', null)
  const states: StateRecord[] = []
  for (const [index, site, address, port, product, suspected] of composeTuples<NameTuple>(store, names)) {
    const of = stood[index]
    if (of !== undefined) states.push({ ...of, site, address, port, product, suspected })
  }
  return states
}

/** Tuples are read in half the time of rows with names. */
type NameTuple = readonly [
  index: number,
  site: number,
  address: string,
  port: number,
  product: string,
  suspected: string | null,
]

/** Instances that were reached at more than one endpoint over time, of those of which something changed in between. */
export function manyLinkedBetween({ spells, links, between }: Standings): number[] {
  const { after, until } = between
  const isBetween = (at = 0) => at > after && at <= until
  return manyLinked(
    links,
    link =>
      isBetween(links.linkedAt[link]) ||
      isBetween(links.unlinkedAt[link]) ||
      isBetween(spells.beginnings[lastAt(spells, links.endpoints[link] ?? 0, until)]),
  )
}

/** Those of them with one of some endpoints. */
export function manyLinkedAt({ links }: Standings, endpoints: ReadonlySet<number>): number[] {
  return manyLinked(links, link => endpoints.has(links.endpoints[link] ?? 0))
}

function manyLinked({ count, instances, perInstance }: HeldLinks, isMeant: (link: number) => boolean) {
  const found = new Set<number>()
  for (let link = 0; link < count; link++) {
    const instance = instances[link] ?? 0
    if ((perInstance[instance] ?? 0) > 1 && isMeant(link)) found.add(instance)
  }
  return [...found]
}
