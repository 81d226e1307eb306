import { sql } from 'kysely'
import { codeOf, placeOf } from './row-facts.ts'
import { builder, composeTuples, type ReadableStore, row } from './statement.ts'

const presence = placeOf('presence')
const risk = placeOf('risk')
const isPresentRow = sql<boolean>`(facts >> ${presence.shift}) & ${presence.mask} = ${codeOf('presence', 'present')}`
const rank = sql<number>`(facts >> ${risk.shift}) & ${risk.mask}`

/**
 * Site, key of a network (an address key without its last byte) or of an address, rank of the risk, 1: with an owner,
 * how many. The codes of risk are its ranks: test/unit/governance/risk compares them.
 */
export type PresentTuple = [site: number, key: Uint8Array, rank: number, isOwned: number, count: number]

export function presentByNetwork(store: ReadableStore): PresentTuple[] {
  const query = builder
    .selectFrom('counts_by_network')
    .select(['site_id', 'network', rank.as('rank'), 'is_owned', 'count'])
    .where(isPresentRow)
  return composeTuples<PresentTuple>(store, query)
}

/** The same address by address, for few networks. */
export function presentByAddress(store: ReadableStore): PresentTuple[] {
  const isOwned = sql<number>`(owner_id IS NOT NULL)`
  const query = builder
    .selectFrom('inventory_rows')
    .select(['site_id', 'address_key', rank.as('rank'), isOwned.as('is_owned')])
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where(isPresentRow)
    .groupBy(['site_id', 'address_key', rank, isOwned])
  return composeTuples<PresentTuple>(store, query)
}

/** Called for each present row that came (1) or went (-1). */
export type TakeChange = (
  site: number,
  addressKey: Uint8Array,
  rank: number,
  isOwned: number,
  by: 1 | -1,
) => void

type ChangeTuple = [
  site: number,
  key: Uint8Array,
  wasFacts: number | null,
  wasOwned: number,
  facts: number | null,
  isOwned: number,
]

/** The number of the newest change. */
export function lastNetworkChange(store: ReadableStore): number {
  return changeSpan(store, {})?.last ?? 0
}

/** Hands out what changed after a known change; false: it was too long ago, read everything anew. */
export function followNetworks(store: ReadableStore, after: number, take: TakeChange): boolean {
  const { first, last } = changeSpan(store, {}) ?? { first: null, last: null }
  if (last === null || last <= after) return true
  if ((first ?? 0) > after + 1) return false
  const changes = composeTuples<ChangeTuple>(
    store,
    builder
      .selectFrom('network_changes')
      .select(['site_id', 'address_key', 'was_facts', 'was_owned', 'facts', 'is_owned'])
      .where('id', '>', after),
  )
  for (const [site, key, wasFacts, wasOwned, facts, isOwned] of changes) {
    if (wasFacts !== null && isPresent(wasFacts)) take(site, key, rankOf(wasFacts), wasOwned, -1)
    if (facts !== null && isPresent(facts)) take(site, key, rankOf(facts), isOwned, 1)
  }
  return true
}

const isPresent = (facts: number) =>
  ((facts >> presence.shift) & presence.mask) === codeOf('presence', 'present')
const rankOf = (facts: number) => (facts >> risk.shift) & risk.mask

const changeSpan = row()(db =>
  db.selectFrom('network_changes').select(eb => [eb.fn.min('id').as('first'), eb.fn.max('id').as('last')]),
)
