import { sql } from 'kysely'
import { everySoOften } from './giving-up.ts'
import { charactersOf, numbered, PackedNumbers } from './packed-numbers.ts'
import { builder, type ReadableStore, row } from './statement.ts'
import { isWrittenSince, type Moment, momentOf } from './written-since.ts'

export const outcomes = ['answered', 'refused', 'silent', 'unreachable'] as const
const answered = 0

/**
 * All spells, endpoint by endpoint, in order of time: at each place of the arrays, one spell. Of spells of an endpoint that
 * begin at once, those that answered are last, else the one written last.
 */
export interface HeldSpells {
  /** By the number of the endpoint, where its spells begin; those of the next end them. */
  readonly starts: Uint32Array
  readonly beginnings: Float64Array
  /** Places in `outcomes`. */
  readonly outcomes: Uint8Array
  /** 0: it showed nothing. */
  readonly snapshots: Uint32Array
}

interface Kept extends HeldSpells {
  readonly newest: Newest | undefined
  readonly moment: Moment
}

type Newest = NonNullable<ReturnType<typeof newestSpell>>

const kept = new WeakMap<object, Kept>()

/**
 * Where a spell begins, and what it shows, is written once: what was read before is kept (13 bytes a spell), and what has
 * come is read. Looking up where 175,108 endpoints stood takes some milliseconds, where SQLite takes half a second.
 */
export function heldSpells(store: ReadableStore): HeldSpells {
  const before = kept.get(store.connection)
  if (before !== undefined && !isWrittenSince(store, before.moment)) return before
  const moment = momentOf(store)
  const now = { ...readSpells(store, before), moment }
  kept.set(store.connection, now)
  return now
}

function readSpells(store: ReadableStore, before: Kept | undefined): Omit<Kept, 'moment'> {
  const newest = newestSpell(store, {})
  const count = countSpells(store, {})?.count ?? 0
  if (before !== undefined && isSame(before.newest, newest) && before.beginnings.length === count) {
    return before
  }
  return extended(store, before, newest, count) ?? readAfter(store, undefined, newest)
}

/** undefined: some of those that were read are gone, and all have to be read again. */
function extended(store: ReadableStore, before: Kept | undefined, newest: Newest | undefined, count: number) {
  if (before?.newest === undefined) return undefined
  // Numbers are given anew only where the highest was taken away.
  const same = spellById(store, { id: before.newest.id })
  if (!isSame(same, before.newest)) return undefined
  const now = readAfter(store, before, newest)
  return now.beginnings.length === count ? now : undefined
}

function isSame(a: Newest | undefined, b: Newest | undefined): boolean {
  return a?.id === b?.id && a?.endpoint_id === b?.endpoint_id && a?.first_at === b?.first_at
}

function readAfter(store: ReadableStore, before: Kept | undefined, newest: Newest | undefined) {
  const highest = highestOfSpells(store, {})
  const earliest = highest?.earliest ?? 0
  const endpointLimit = (highest?.endpoint ?? 0) + 1
  const columns = [
    { value: sql`endpoint_id * 4 + ${outcomeNumber}`, largest: endpointLimit * 4 },
    // Milliseconds since the first of all: a character less for each.
    { value: sql`first_at - ${earliest}`, largest: (highest?.latest ?? 0) - earliest },
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
  const [what = 1, beginning = 1, snapshot = 1] = columns.map(charactersOf)
  const fresh = {
    whats: new Uint32Array(rows.count),
    beginnings: new Float64Array(rows.count),
    snapshots: new Uint32Array(rows.count),
  }
  for (let index = 0; index < rows.count; index++) {
    fresh.whats[index] = rows.nextOf(what)
    fresh.beginnings[index] = rows.nextOf(beginning) + earliest
    fresh.snapshots[index] = rows.nextOf(snapshot)
  }
  return { ...inOrder(before, fresh, endpointLimit), newest }
}

/** Spells as they were written. */
interface Fresh {
  /** Four times the endpoint, and the outcome. */
  readonly whats: Uint32Array
  readonly beginnings: Float64Array
  readonly snapshots: Uint32Array
}

/** Those that were known, and those that came, endpoint by endpoint. */
function inOrder(before: HeldSpells | undefined, fresh: Fresh, endpointLimit: number): HeldSpells {
  const starts = startsOf(before, fresh, endpointLimit)
  const count = starts[endpointLimit] ?? 0
  const now = {
    starts,
    beginnings: new Float64Array(count),
    outcomes: new Uint8Array(count),
    snapshots: new Uint32Array(count),
  }
  const next = starts.slice()
  if (before !== undefined) copyInto(now, next, before)
  for (let index = 0; index < fresh.whats.length; index++) {
    const what = fresh.whats[index] ?? 0
    const endpoint = what >>> 2
    const start = starts[endpoint] ?? 0
    const beginning = fresh.beginnings[index] ?? 0
    let place = next[endpoint] ?? 0
    next[endpoint] = place + 1
    // Nearly all are written in order.
    for (; place > start && goesBefore(beginning, what & 3, now, place - 1); place--) {
      now.beginnings[place] = now.beginnings[place - 1] ?? 0
      now.outcomes[place] = now.outcomes[place - 1] ?? 0
      now.snapshots[place] = now.snapshots[place - 1] ?? 0
    }
    now.beginnings[place] = beginning
    now.outcomes[place] = what & 3
    now.snapshots[place] = fresh.snapshots[index] ?? 0
  }
  return now
}

function startsOf(before: HeldSpells | undefined, { whats }: Fresh, endpointLimit: number): Uint32Array {
  const starts = new Uint32Array(endpointLimit + 1)
  const known = before?.starts ?? starts
  for (let endpoint = 1; endpoint < known.length; endpoint++) {
    starts[endpoint] = (known[endpoint] ?? 0) - (known[endpoint - 1] ?? 0)
  }
  for (const what of whats) {
    const after = (what >>> 2) + 1
    starts[after] = (starts[after] ?? 0) + 1
  }
  for (let endpoint = 1; endpoint < starts.length; endpoint++) {
    starts[endpoint] = (starts[endpoint] ?? 0) + (starts[endpoint - 1] ?? 0)
  }
  return starts
}

/** `next`: where the next spell of each endpoint goes. */
function copyInto(now: HeldSpells, next: Uint32Array, before: HeldSpells): void {
  for (let endpoint = 0; endpoint + 1 < before.starts.length; endpoint++) {
    const end = before.starts[endpoint + 1] ?? 0
    let place = next[endpoint] ?? 0
    for (let from = before.starts[endpoint] ?? 0; from < end; from++) {
      now.beginnings[place] = before.beginnings[from] ?? 0
      now.outcomes[place] = before.outcomes[from] ?? 0
      now.snapshots[place] = before.snapshots[from] ?? 0
      place++
    }
    next[endpoint] = place
  }
}

function goesBefore(beginning: number, outcome: number, spells: HeldSpells, place: number): boolean {
  const other = spells.beginnings[place] ?? 0
  return beginning < other || (beginning === other && outcome !== answered && answeredAt(spells, place))
}

/** The place of the spell of an endpoint that was the last at an instant; -1: it had none yet. */
export function lastAt({ starts, beginnings }: HeldSpells, endpoint: number, at: number): number {
  const start = starts[endpoint] ?? 0
  let [low, high] = [start, starts[endpoint + 1] ?? start]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((beginnings[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low === start ? -1 : low - 1
}

/** What an endpoint had last shown when a spell was its last; null: nothing yet. */
export function shownAt({ starts, snapshots }: HeldSpells, endpoint: number, place: number): number | null {
  const start = starts[endpoint] ?? 0
  for (let at = place; at >= start; at--) {
    const snapshot = snapshots[at] ?? 0
    if (snapshot !== 0) return snapshot
  }
  return null
}

/** Whether the spell at a place answered. */
export function answeredAt({ outcomes: of }: HeldSpells, place: number): boolean {
  return of[place] === answered
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
    // Each by itself: only then the first and the last of an index.
    eb
      .selectFrom('spell_records')
      .select(e => e.fn.min('first_at').as('at'))
      .as('earliest'),
    eb
      .selectFrom('spell_records')
      .select(e => e.fn.max('first_at').as('at'))
      .as('latest'),
  ]),
)
