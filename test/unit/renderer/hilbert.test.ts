import { expect, test } from 'vitest'
import { placeAt, pointAt } from '../../../src/renderer/components/hilbert.ts'
import { csvOf } from '../../../src/renderer/components/save-file.ts'

test.each([1, 8, 16, 256])(
  'a square of %i: every place has its cell, and neighbours stay neighbours',
  side => {
    const seen = new Set<number>()
    let before = pointAt(side, 0)
    for (let place = 0; place < side * side; place++) {
      const point = pointAt(side, place)
      seen.add(point.y * side + point.x)
      if (placeAt(side, point.x, point.y) !== place) throw new Error(`place ${place} is not found again`)
      const step = Math.abs(point.x - before.x) + Math.abs(point.y - before.y)
      if (place > 0 && step !== 1) throw new Error(`place ${place} is ${step} away from the one before`)
      before = point
    }
    expect(seen.size).toBe(side * side)
  },
)

test('what is saved for a spreadsheet is text there', () => {
  expect(
    csvOf([
      ['a,b', 1],
      ['=1+1', 'say "x"'],
    ]),
  ).toBe('"a,b",1\r\n\'=1+1,"say ""x"""\r\n')
})
