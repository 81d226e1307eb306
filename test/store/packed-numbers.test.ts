import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { openMemory } from '#main/store/open.ts'
import { charactersOf, numbered, PackedNumbers } from '#main/store/packed-numbers.ts'
import { stableOrder } from '#main/store/stable-order.ts'
import { builder } from '#main/store/statement.ts'

const store = openMemory()
const numbers = fc.oneof(
  fc.constantFrom(0, 1, 127, 128, 2047, 2048, 0xd7ff, 0xd800, 0xdfff, 0xfffd, 0xffff, 0x10000, 2 ** 20 - 1),
  fc.nat(2 ** 20 - 1),
)
const large = fc.oneof(
  numbers,
  fc.constantFrom(2 ** 20, 2 ** 32, 2 ** 41 + 7),
  fc.nat(2 ** 31),
  fc.maxSafeNat().map(each => each % 2 ** 50),
)

describe('packed numbers', () => {
  it('are read as they were written, in order, whatever their size', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.option(numbers), large)), rows => {
        const columns = [
          { value: sql`value ->> 0`, largest: 2 ** 20 - 1 },
          { value: sql`value ->> 1`, largest: 2 ** 50 },
        ]
        const packed = new PackedNumbers(store, columns, values =>
          builder
            .selectFrom(sql<{ key: number }>`json_each(${JSON.stringify(rows)})`.as('each'))
            .select(numbered(values))
            .orderBy('key', 'desc'),
        )
        const read = Array.from({ length: packed.count }, () => [
          packed.nextOf(charactersOf(columns[0] as never)),
          packed.nextOf(charactersOf(columns[1] as never)),
        ])
        expect(read).toEqual(rows.map(([a, b]) => [a ?? 0, b]).reverse())
      }),
      { numRuns: 300 },
    )
  })
})

describe('the order of positions', () => {
  it('is that of their keys, equal ones as they came, unknown ones last', () => {
    const key = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -5, max: 5 }), large)
    fc.assert(
      fc.property(fc.array(key), fc.boolean(), (keys, descending) => {
        const positions = Uint32Array.from(keys.keys())
        const expected = [...positions].sort((a, b) => {
          const [x, y] = [keys[a] as number, keys[b] as number]
          if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y))
          return descending ? y - x : x - y
        })
        expect([...stableOrder(positions, Float64Array.from(keys), descending)]).toEqual(expected)
      }),
      { numRuns: 500 },
    )
  })
})
