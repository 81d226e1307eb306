import { type Expression, type RawBuilder, sql } from 'kysely'
import { builder, composeTuples, type ReadableStore } from './statement.ts'

/** A column of whole numbers from 0 on, or NULL, which is read as 0. */
export interface PackedColumn {
  readonly value: RawBuilder<unknown>
  /** No number is larger. */
  readonly largest: number
}

/** SQLite's char() knows characters up to U+10FFFF. */
const digitBits = 20
const digit = 2 ** digitBits

/**
 * Whole numbers of very many rows, as the bytes of one text in which each number is a character. SQLite writes it, and this
 * reads it, in half the time it takes to make an array of each row (measured at 175,108 rows of eleven columns: 61 ms, not
 * 130). Larger numbers are several characters.
 */
export class PackedNumbers {
  readonly count: number
  readonly #bytes: Uint8Array
  #at = 0

  /** `rows`: selects the columns it is given, named by `numbered`, in the order wanted. */
  constructor(
    store: ReadableStore,
    columns: readonly PackedColumn[],
    rows: (columns: readonly RawBuilder<unknown>[]) => Expression<unknown>,
  ) {
    const digits = columns.flatMap(({ largest }, index) => digitsOf(sql.ref(`column_${index}`), largest))
    const packed = sql<Uint8Array | null>`CAST(group_concat(char(${sql.join(digits)}), '') AS BLOB)`
    const from = sql<Record<string, unknown>>`${rows(columns.map(({ value }) => value))}`
    const query = builder
      .selectFrom(from.as('row'))
      .select([packed.as('packed'), sql<number>`count(*)`.as('count')])
    const [found] = composeTuples<[Uint8Array | null, number]>(store, query)
    this.#bytes = found?.[0] ?? new Uint8Array(0)
    this.count = found?.[1] ?? 0
  }

  /** The next number of a column with numbers of one character. */
  next(): number {
    const bytes = this.#bytes
    const at = this.#at
    const first = bytes[at] ?? 0
    if (first < 0x80) {
      this.#at = at + 1
      return first
    }
    if (first < 0xe0) {
      this.#at = at + 2
      return ((first & 31) << 6) | sixBits(bytes, at + 1)
    }
    if (first < 0xf0) {
      this.#at = at + 3
      return ((first & 15) << 12) | (sixBits(bytes, at + 1) << 6) | sixBits(bytes, at + 2)
    }
    this.#at = at + 4
    const high = ((first & 7) << 18) | (sixBits(bytes, at + 1) << 12)
    return high | (sixBits(bytes, at + 2) << 6) | sixBits(bytes, at + 3)
  }

  /** The next number, of so many characters. */
  nextOf(characters: number): number {
    let number = 0
    for (let more = characters; more > 0; more--) number = number * digit + this.next()
    return number
  }
}

/** Names for columns that have none. */
export function numbered(columns: readonly RawBuilder<unknown>[]) {
  return columns.map((column, index) => sql<number>`${column}`.as(`column_${index}`))
}

/** How many characters a number takes. */
export function charactersOf({ largest }: Pick<PackedColumn, 'largest'>): number {
  return largest < digit ? 1 : largest < digit ** 2 ? 2 : 3
}

/** The highest first. */
function digitsOf(column: RawBuilder<unknown>, largest: number): RawBuilder<unknown>[] {
  const count = charactersOf({ largest })
  if (count === 1) return [column]
  return Array.from({ length: count }, (_, index) => {
    const shift = sql.lit((count - 1 - index) * digitBits)
    return sql`((${column} >> ${shift}) & ${sql.lit(digit - 1)})`
  })
}

function sixBits(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) & 63
}
