import { sql } from 'kysely'
import type { Condition } from '#shared/query/condition.ts'
import { goOnNowAndThen, whileWanted } from './giving-up.ts'
import { highestNumbers } from './highest-numbers.ts'
import { charactersOf, numbered, type PackedColumn, PackedNumbers } from './packed-numbers.ts'
import { countedLists } from './query-terms.ts'
import { type QueryContext, whereOf } from './query-where.ts'
import { advised } from './row-facts.ts'
import { builder, type ReadableStore } from './statement.ts'

/** How often each number occurs; 0: none is given. */
export type Tally = ReadonlyMap<number, number>

export interface FacetTallies {
  /** The closed lists of a row, those below `factBits` and those from it on. */
  readonly lowFacts: Tally
  readonly highFacts: Tally
  readonly site: Tally
  readonly version: Tally
  readonly owner: Tally
  /** Versions advisories can say something of. */
  readonly advised: Tally
  readonly lists: Readonly<Record<(typeof countedLists)[number], Tally>>
}

/** Every closed list lies wholly below this bit or wholly from it on: both parts are small numbers. */
export const factBits = 19
const advisedBit = advised >> factBits

/** Counts the numbers of all fields in one pass over the rows a query finds. */
export function tallyRows(context: QueryContext, condition: Condition): FacetTallies {
  const highest = highestNumbers(context.store, {})
  const [site, term, list] = [highest?.site ?? 0, highest?.term ?? 0, highest?.list ?? 0]
  const columns: readonly PackedColumn[] = [
    { value: sql`facts >> ${sql.lit(factBits)}`, largest: 2 ** (32 - factBits) - 1 },
    { value: sql`version_id`, largest: term },
    { value: sql`facts & ${sql.lit(2 ** factBits - 1)}`, largest: 2 ** factBits - 1 },
    { value: sql`site_id`, largest: site },
    { value: sql`owner_id`, largest: term },
    ...countedLists.map(field => ({ value: sql`${sql.ref(`${field}_set`)}`, largest: list })),
  ]
  const rows = new PackedNumbers(context.store, columns, values =>
    builder
      .selectFrom('inventory_rows')
      .select(numbered(values))
      .where(whileWanted)
      .where(whereOf(context, condition)),
  )
  const { counts, advisedVersions } = countNumbers(context.store, rows, columns, term)
  const [highFacts, version, lowFacts, sites, owner, ...lists] = counts.map(occurring)
  const none: Tally = new Map()
  return {
    lowFacts: lowFacts ?? none,
    highFacts: highFacts ?? none,
    site: sites ?? none,
    version: version ?? none,
    owner: owner ?? none,
    advised: occurring(advisedVersions),
    lists: Object.fromEntries(countedLists.map((field, index) => [field, lists[index] ?? none])) as Record<
      (typeof countedLists)[number],
      Tally
    >,
  }
}

/** The first two columns are what advisories depend on: the upper facts and the version. */
function countNumbers(
  store: ReadableStore,
  rows: PackedNumbers,
  columns: readonly PackedColumn[],
  term: number,
) {
  const counts = columns.map(({ largest }) => new Uint32Array(largest + 1))
  const characters = columns.map(charactersOf)
  const advisedVersions = new Uint32Array(term + 1)
  for (let row = 0; row < rows.count; row++) {
    goOnNowAndThen(store, row)
    let [facts, version] = [0, 0]
    for (let column = 0; column < counts.length; column++) {
      const number = rows.nextOf(characters[column] as number)
      countOne(counts[column] as Uint32Array, number)
      if (column === 0) facts = number
      else if (column === 1) version = number
    }
    countOne(advisedVersions, (facts & advisedBit) === 0 ? 0 : version)
  }
  return { counts, advisedVersions }
}

function countOne(counts: Uint32Array, number: number): void {
  counts[number] = (counts[number] as number) + 1
}

function occurring(counts: Uint32Array): Tally {
  const found = new Map<number, number>()
  for (let number = 0; number < counts.length; number++) {
    const count = counts[number] ?? 0
    if (count > 0) found.set(number, count)
  }
  return found
}
