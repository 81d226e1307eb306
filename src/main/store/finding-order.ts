import type { FindingSort } from '#shared/domain/finding-list.ts'
import { everything } from '#shared/query/condition.ts'
import { fold } from '#shared/query/pattern.ts'
import type { FindingColumns } from './finding-columns.ts'
import { dataVersion } from './inventory-rows.ts'
import { openIds } from './query-open.ts'
import { textsOfTerms } from './query-terms.ts'
import type { QueryContext } from './query-where.ts'
import { radixOrder } from './radix.ts'
import { builder, composeTuples, type ReadableStore } from './statement.ts'

/** Comes last, whichever way the column is ordered. */
const nowhere = 0xffff_ffff

/** Places of the marked findings in order; what is equal by the given columns: the most severe and oldest first. */
export function orderFindings(
  context: QueryContext,
  columns: FindingColumns,
  mask: Uint8Array,
  sort: readonly FindingSort[],
): Uint32Array {
  let places = marked(usualOrder(columns), mask)
  for (const each of sort.toReversed()) places = stableOrder(places, keysOf(context, columns, each))
  return places
}

/** Of a list in order, those that are marked. */
function marked(all: Uint32Array, mask: Uint8Array): Uint32Array {
  let count = 0
  for (let at = 0; at < mask.length; at++) count += mask[at] ?? 0
  if (count === all.length) return all
  const places = new Uint32Array(count)
  let next = 0
  for (let index = 0; index < all.length; index++) {
    const at = all[index] ?? 0
    if (mask[at] === 1) places[next++] = at
  }
  return places
}

const usual = new WeakMap<FindingColumns, { readonly state: number; readonly places: Uint32Array }>()

/** Every list begins with it: it is made once for each state of the findings. */
function usualOrder(columns: FindingColumns): Uint32Array {
  const known = usual.get(columns)
  if (known?.state === columns.state) return known.places
  const { count, openedAt, severity } = columns
  const all = new Uint32Array(count)
  for (let at = 0; at < count; at++) all[at] = at
  const byAge = radixOrder(all, openedAt.subarray(0, count))
  const bySeverity = new Uint32Array(count)
  for (let index = 0; index < count; index++) bySeverity[index] = severity[byAge[index] ?? 0] ?? 0
  const places = radixOrder(byAge, bySeverity)
  usual.set(columns, { state: columns.state, places })
  return places
}

type Column = Uint8Array | Uint16Array | Uint32Array

interface Keys {
  readonly column: Column
  /** What the number of a column stands for in the order; null: itself. */
  readonly ranks: Uint32Array | null
  readonly absent: number
  readonly descending: boolean
}

function keysOf(context: QueryContext, columns: FindingColumns, { column, descending }: FindingSort): Keys {
  const plain = { ranks: null, absent: nowhere, descending }
  switch (column) {
    case 'severity':
      return { ...plain, column: columns.severity }
    case 'status':
      return { ...plain, column: columns.status }
    case 'openedAt':
      return { ...plain, column: columns.openedAt }
    case 'dueAt':
      return { ...plain, column: columns.dueAt, absent: 0 }
    case 'rule':
      return { ...plain, column: columns.rule, ranks: ranksOf(columns.rules.texts) }
    case 'address':
      return { ...plain, column: columns.instance, ranks: rememberedRanks(context.store).address(context) }
    case 'owner':
      return { ...plain, column: columns.instance, ranks: rememberedRanks(context.store).owner(context) }
  }
}

function ranksOf(texts: readonly string[]): Uint32Array {
  const order = [...texts].map(fold).sort()
  return Uint32Array.from(texts, text => order.indexOf(fold(text)))
}

function stableOrder(places: Uint32Array, { column, ranks, absent, descending }: Keys): Uint32Array {
  const values = new Uint32Array(places.length)
  for (let index = 0; index < places.length; index++) {
    const code = column[places[index] ?? 0] ?? 0
    const value = code === absent ? nowhere : ranks === null ? code : (ranks[code] ?? nowhere)
    values[index] = value === nowhere ? nowhere : descending ? nowhere - 1 - value : value
  }
  return radixOrder(places, values)
}

interface Ranks {
  readonly version: number
  address(context: QueryContext): Uint32Array
  owner(context: QueryContext): Uint32Array
}

const remembered = new WeakMap<object, Ranks>()

/** Of instances, while no row of the inventory changes. */
function rememberedRanks(store: ReadableStore): Ranks {
  const version = dataVersion(store)
  const known = remembered.get(store.connection)
  if (known?.version === version) return known
  let address: Uint32Array | null = null
  let owner: Uint32Array | null = null
  const fresh: Ranks = {
    version,
    address: context => (address ??= addressRanks(context)),
    owner: context => (owner ??= ownerRanks(context.store)),
  }
  remembered.set(store.connection, fresh)
  return fresh
}

/** As the inventory is ordered: by site, address and port. */
function addressRanks(context: QueryContext): Uint32Array {
  const ids = openIds(context, everything, [])
  let most = 0
  for (let index = 0; index < ids.length; index++) most = Math.max(most, ids[index] ?? 0)
  const ranks = new Uint32Array(most + 1).fill(nowhere)
  for (let index = 0; index < ids.length; index++) ranks[ids[index] ?? 0] = index
  return ranks
}

function ownerRanks(store: ReadableStore): Uint32Array {
  const pairs = composeTuples<[number, number | null]>(
    store,
    builder.selectFrom('inventory_rows').select(['instance_id', 'owner_id']),
  )
  const ids = JSON.stringify([...new Set(pairs.map(([, owner]) => owner))].filter(id => id !== null))
  const names = textsOfTerms(store, { ids }).sort((a, b) => (fold(a.text) < fold(b.text) ? -1 : 1))
  const places = new Map(names.map(({ id }, index) => [id, index]))
  const most = pairs.reduce((largest, [instance]) => Math.max(largest, instance), 0)
  const ranks = new Uint32Array(most + 1).fill(nowhere)
  for (const [instance, owner] of pairs) if (owner !== null) ranks[instance] = places.get(owner) ?? nowhere
  return ranks
}
