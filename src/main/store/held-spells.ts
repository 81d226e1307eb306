import { sql } from 'kysely'
import { everySoOften } from './giving-up.ts'
import { charactersOf, numbered, PackedNumbers } from './packed-numbers.ts'
import { builder, type ReadableStore, row } from './statement.ts'

export const outcomes = ['answered', 'refused', 'silent', 'unreachable'] as const
const answered = 0

/** All spells in order of their number: at each place of the arrays, one spell. */
export interface HeldSpells {
  readonly count: number
  readonly endpoints: Uint32Array
  readonly beginnings: Float64Array
  /** Places in `outcomes`. */
  readonly outcomes: Uint8Array
  /** 0: it showed nothing. */
  readonly snapshots: Uint32Array
  /** Above all numbers of endpoints. */
  readonly endpointLimit: number
}

interface Kept extends HeldSpells {
  readonly newest: Newest | undefined
}

type Newest = NonNullable<ReturnType<typeof newestSpell>>

const kept = new WeakMap<object, Kept>()

/**
 * Where a spell begins, and what it shows, is written once: what was read before is kept (17 bytes a spell), and what has
 * come is read. Going through 200,000 spells takes 2 ms, where SQLite takes 90 to group them and look up what they show.
 */
export function heldSpells(store: ReadableStore): HeldSpells {
  const before = kept.get(store.connection)
  const newest = newestSpell(store, {})
  const count = countSpells(store, {})?.count ?? 0
  if (before !== undefined && isSame(before.newest, newest) && before.count === count) return before
  const now = extended(store, before, newest, count) ?? readAfter(store, undefined, newest)
  kept.set(store.connection, now)
  return now
}

/** undefined: some of those that were read are gone, and all have to be read again. */
function extended(store: ReadableStore, before: Kept | undefined, newest: Newest | undefined, count: number) {
  if (before?.newest === undefined) return undefined
  // Numbers are given anew only where the highest was taken away.
  const same = spellById(store, { id: before.newest.id })
  if (!isSame(same, before.newest)) return undefined
  const now = readAfter(store, before, newest)
  return now.count === count ? now : undefined
}

function isSame(a: Newest | undefined, b: Newest | undefined): boolean {
  return a?.id === b?.id && a?.endpoint_id === b?.endpoint_id && a?.first_at === b?.first_at
}

function readAfter(store: ReadableStore, before: Kept | undefined, newest: Newest | undefined): Kept {
  const highest = highestOfSpells(store, {})
  const columns = [
    { value: sql`endpoint_id`, largest: highest?.endpoint ?? 0 },
    // Milliseconds since 1970, for the next thirty thousand years.
    { value: sql`first_at`, largest: 2 ** 50 },
    { value: outcomeNumber, largest: outcomes.length },
    { value: sql`snapshot_id`, largest: highest?.snapshot ?? 0 },
  ]
  const rows = new PackedNumbers(store, columns, values =>
    builder
      .selectFrom('spell_records')
      .select(numbered(values))
      .where('id', '>', before?.newest?.id ?? 0)
      .where(everySoOften('id'))
      .orderBy('id'),
  )
  const start = before?.count ?? 0
  const count = start + rows.count
  const now = {
    count,
    endpoints: longer(new Uint32Array(count), before?.endpoints),
    beginnings: longer(new Float64Array(count), before?.beginnings),
    outcomes: longer(new Uint8Array(count), before?.outcomes),
    snapshots: longer(new Uint32Array(count), before?.snapshots),
    endpointLimit: (highest?.endpoint ?? 0) + 1,
    newest,
  }
  const [endpoint = 1, beginning = 1, outcome = 1, snapshot = 1] = columns.map(charactersOf)
  for (let index = start; index < count; index++) {
    now.endpoints[index] = rows.nextOf(endpoint)
    now.beginnings[index] = rows.nextOf(beginning)
    now.outcomes[index] = rows.nextOf(outcome)
    now.snapshots[index] = rows.nextOf(snapshot)
  }
  return now
}

function longer<Numbers extends Uint32Array | Float64Array | Uint8Array>(
  all: Numbers,
  before: Numbers | undefined,
): Numbers {
  if (before !== undefined) all.set(before)
  return all
}

/** Which spell of each endpoint was the last at an instant (0: none, else its place and 1), and which of them the last to show anything. */
export interface StateAt {
  readonly last: Uint32Array
  readonly shown: Uint32Array
}

/** Of spells that begin at once, one that answered counts, else the one written last. */
export function stateAt(spells: HeldSpells, at: number): StateAt {
  const { count, endpoints, beginnings, snapshots, endpointLimit } = spells
  const last = new Uint32Array(endpointLimit)
  const shown = new Uint32Array(endpointLimit)
  for (let index = 0; index < count; index++) {
    if ((beginnings[index] ?? 0) > at) continue
    const endpoint = endpoints[index] ?? 0
    if (isLater(spells, index, last[endpoint] ?? 0)) last[endpoint] = index + 1
    if (snapshots[index] !== 0 && isLater(spells, index, shown[endpoint] ?? 0)) shown[endpoint] = index + 1
  }
  return { last, shown }
}

/** `known`: the place before it and 1; 0: none. */
function isLater({ beginnings, outcomes: of }: HeldSpells, index: number, known: number): boolean {
  if (known === 0) return true
  const [at, before] = [beginnings[index] ?? 0, beginnings[known - 1] ?? 0]
  return at > before || (at === before && (of[index] === answered || of[known - 1] !== answered))
}

/** Whether the spell at a place answered; null: there is none. */
export function answeredAt({ outcomes: of }: HeldSpells, place: number): boolean | null {
  return place === 0 ? null : of[place - 1] === answered
}

const outcomeNumber = sql`CASE outcome WHEN 'answered' THEN 0 WHEN 'refused' THEN 1 WHEN 'silent' THEN 2 ELSE 3 END`

const newestSpell = row()(db =>
  db
    .selectFrom('spell_records')
    .select(['id', 'endpoint_id', 'first_at'])
    .orderBy('id', 'desc')
    .limit(sql.lit(1)),
)
const spellById = row<{ id: number }>()((db, $) =>
  db.selectFrom('spell_records').select(['id', 'endpoint_id', 'first_at']).where('id', '=', $.id),
)
// By itself: with anything else beside it, SQLite would look at each.
const countSpells = row()(db =>
  db.selectFrom('spell_records').select(eb => eb.fn.countAll<number>().as('count')),
)

const highestOfSpells = row()(db =>
  db.selectNoFrom(eb => [
    eb
      .selectFrom('endpoints')
      .select(e => e.fn.max('id').as('id'))
      .as('endpoint'),
    eb
      .selectFrom('snapshots')
      .select(e => e.fn.max('id').as('id'))
      .as('snapshot'),
  ]),
)
