import { describe, expect, it } from 'vitest'
import { contrast, distance, parseHex, seenAs, type Triple } from '../../support/colour.ts'

describe('how colours are measured', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.48],
    ['#0000ff', '#ffffff', 8.59],
    ['#123456', '#123456', 1],
  ])('contrast of %s and %s is %f, as WCAG says', (a, b, ratio) => {
    expect(contrast(a, b)).toBeCloseTo(ratio, 2)
    expect(contrast(b, a)).toBe(contrast(a, b))
  })

  // of the test data of Sharma, Wu, Dalal 2005, table 1
  const pairs: [Triple, Triple, number][] = [
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, -1, 2], [50, 0, 0], 2.3669],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[50, 2.5, 0], [50, 0, -2.5], 4.3065],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
  ]
  it.each(pairs)('distance of %j and %j is %f, as CIEDE2000 says', (a, b, expected) => {
    expect(distance(a, b)).toBeCloseTo(expected, 4)
    expect(distance(b, a)).toBeCloseTo(expected, 4)
  })

  it('sees white as white, and red and green as kin where a cone lacks', () => {
    const between = (vision: Parameters<typeof seenAs>[1]) =>
      distance(seenAs('#c03020', vision), seenAs('#5a6a20', vision))
    for (const vision of ['none', 'protanopia', 'deuteranopia', 'tritanopia', 'greyscale'] as const) {
      const [lightness, a, b] = seenAs('#ffffff', vision)
      expect(lightness).toBeCloseTo(100, 2)
      expect(Math.hypot(a, b)).toBeLessThan(0.1)
    }
    expect(between('none')).toBeGreaterThan(40)
    expect(between('deuteranopia')).toBeLessThan(15)
  })

  it('knows what is no colour', () => {
    expect(() => parseHex('rgb(0 0 0)')).toThrow('no colour')
  })
})
