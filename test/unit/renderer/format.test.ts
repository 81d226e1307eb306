import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  formatDate,
  formatExact,
  formatMoment,
  formatRelative,
  millisecondsOf,
} from '../../../src/renderer/format/dates.ts'
import { formatDuration, formatRemaining } from '../../../src/renderer/format/durations.ts'
import { preferredLanguage } from '../../../src/renderer/format/language.ts'
import {
  formatBytes,
  formatDecimal,
  formatNumber,
  formatShare,
} from '../../../src/renderer/format/numbers.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
/** With the spaces that do not break turned into plain ones. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('dates', () => {
  beforeAll(() => vi.stubEnv('TZ', 'Europe/Berlin'))
  afterAll(() => vi.unstubAllEnvs())
  const at = Date.UTC(2026, 10, 23, 9, 36, 12)

  it.each([
    [0, 'now', 'jetzt'],
    [-59 * second, 'now', 'jetzt'],
    [-minute, '1 minute ago', 'vor 1 Minute'],
    [-59 * minute - 59 * second, '59 minutes ago', 'vor 59 Minuten'],
    [-hour, '1 hour ago', 'vor 1 Stunde'],
    [-3 * day, '3 days ago', 'vor 3 Tagen'],
    [-60 * day, '2 months ago', 'vor 2 Monaten'],
    [12 * day, 'in 12 days', 'in 12 Tagen'],
    [-800 * day, '2 years ago', 'vor 2 Jahren'],
  ])('%i ms away are "%s", "%s"', (distance, english, german) => {
    expect(formatRelative(at + distance, at, 'en')).toBe(english)
    expect(formatRelative(at + distance, at, 'de')).toBe(german)
  })

  it('names no calendar day, month or year by a distance in hours: 47 hours ago need not be yesterday', () => {
    const words = [-1, -1.9, -31, -59, -2, 1.9, 40, -400, -700].flatMap(days =>
      (['en', 'de'] as const).map(language => formatRelative(at + days * day, at, language)),
    )
    for (const word of words) expect(word).toMatch(/\d/)
  })

  it('never says more distance than there is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 * day }), distance => {
        const [count = '0', unit = ''] = formatRelative(at - distance, at, 'en').split(' ')
        const lengths: Record<string, number> = { minute, hour, day, month: 30 * day, year: 365 * day }
        const length = lengths[unit.replace(/s$/, '')] ?? 0
        expect(Number(count === 'now' ? 0 : count) * length).toBeLessThanOrEqual(distance)
      }),
    )
  })

  it('are exact in local time with its zone, and in UTC', () => {
    const [local, utc] = formatExact(at, 'en').split('\n')
    expect(local).toMatch(/^23 Nov 2026, 10:36:12 (CET|GMT\+1)$/)
    expect(utc).toBe('2026-11-23 09:36:12 UTC')
    expect(formatExact(at, 'de')).toMatch(/^23\.11\.2026, 10:36:12 MEZ\n/)
    expect(formatMoment(at, 'en')).toBe('23 Nov 2026, 10:36')
    expect(formatMoment(at, 'de')).toMatch(/^23\. Nov\. 2026(,| um) 10:36$/)
  })

  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin'])(
    'stay the day they are, read in %s',
    async zone => {
      vi.stubEnv('TZ', zone)
      vi.resetModules() // a format keeps the zone it was made in
      const { formatDate } = await import('../../../src/renderer/format/dates.ts')
      for (const date of ['2027-01-01', '2027-03-28', '2027-12-31'])
        expect(formatDate(date, 'en')).toMatch(new RegExp(`^${Number(date.slice(8))} ... 2027$`))
      vi.stubEnv('TZ', 'Europe/Berlin')
    },
  )

  it('of the calendar are in words', () => {
    expect(formatDate('2027-11-22', 'en')).toBe('22 Nov 2027')
    expect(formatDate('2027-11-22', 'de')).toBe('22. Nov. 2027')
    expect(millisecondsOf('2026-11-23T09:36:12.000Z')).toBe(at)
  })
})

describe('durations', () => {
  it.each([
    [0, '0 s', '0 s'],
    [412, '0.4 s', '0,4 s'],
    [16_640, '16.6 s', '16,6 s'],
    [42_400, '42 s', '42 s'],
    [59_499, '59 s', '59 s'],
    [59_600, '1 min', '1 min'],
    [3 * minute + 12 * second, '3 min 12 s', '3 min 12 s'],
    [hour - 1, '1 h', '1 h'],
    [2 * hour + 5 * minute, '2 h 5 min', '2 h 5 min'],
    [day - 1, '1 d', '1 d'],
    [3 * day + 4 * hour, '3 d 4 h', '3 d 4 h'],
  ])('%i ms are %s', (ms, english, german) => {
    expect(plain(formatDuration(ms, 'en'))).toBe(english)
    expect(plain(formatDuration(ms, 'de'))).toBe(german)
  })

  it.each([
    [1, '1 s'],
    [4_200, '5 s'],
    [12_000, '15 s'],
    [56_000, '1 min'],
    [61_000, '2 min'],
    [59 * minute + 30 * second, '1 h'],
    [2 * hour + 5 * minute, '2 h 5 min'],
  ])('%i ms still to come are %s', (ms, words) => {
    expect(plain(formatRemaining(ms))).toBe(words)
  })

  it('never count sixty of a unit, nor twenty-four hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 * day }), ms => {
        for (const words of [formatDuration(ms, 'en'), formatRemaining(ms)]) {
          expect(plain(words)).not.toMatch(/\b60 (s|min)/)
          expect(plain(formatDuration(ms, 'en'))).not.toMatch(/\b24 h/)
        }
      }),
    )
  })

  it('do not break between a number and its unit', () => {
    for (const ms of [400, 42_000, 3 * minute + 12_000, 3 * day + hour]) {
      for (const words of [formatDuration(ms, 'de'), formatRemaining(ms)])
        expect(words).not.toMatch(/\d [a-z]/)
    }
  })
})

describe('numbers', () => {
  it('are grouped as the language does, however large', () => {
    expect(formatNumber(16_777_216, 'en')).toBe('16,777,216')
    expect(formatNumber(16_777_216, 'de')).toBe('16.777.216')
    expect(formatNumber(2n ** 64n, 'de')).toBe('18.446.744.073.709.551.616')
    expect(formatDecimal(1.26, 1, 'de')).toBe('1,3')
  })

  it.each([
    [0, '0 B', '0 B'],
    [999, '999 B', '999 B'],
    [1_000, '1 kB', '1 kB'],
    [4_920_753_328, '4.9 GB', '4,9 GB'],
    [274_302_450, '274 MB', '274 MB'],
    [1.5e18, '1,500 PB', '1.500 PB'],
  ])('%d bytes are %s', (bytes, english, german) => {
    expect(plain(formatBytes(bytes, 'en'))).toBe(english)
    expect(plain(formatBytes(bytes, 'de'))).toBe(german)
  })

  it('call a share nothing or everything only where it is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true }), share => {
        expect(formatShare(share, 'en')).not.toMatch(/^(0|100)%$/)
      }),
    )
    expect([0, 1, 0.423, -1, 2].map(share => formatShare(share, 'en'))).toEqual([
      ...['0%', '100%', '42%', '0%', '100%'],
    ])
    expect(plain(formatShare(0.999, 'de'))).toBe('99 %')
  })
})

describe('the language to begin with', () => {
  it.each([
    [['de-AT', 'en'], 'de'],
    [['DE'], 'de'],
    [['en-GB', 'de'], 'en'],
    [['fr', 'de'], 'en'],
    [[], 'en'],
  ])('of a system that prefers %j is %s', (system, language) => {
    expect(preferredLanguage(system)).toBe(language)
  })
})
