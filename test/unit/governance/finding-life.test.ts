import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, type FindingLife, type Seen, usualLife } from '#main/governance/finding-life.ts'
import { afterFindingStep, findingStatuses, findingSteps } from '#shared/domain/finding.ts'

const day = 86_400_000
const t0 = Date.UTC(2026, 10, 1)

const plain: Seen = {
  severity: 'high',
  revision: 'r1',
  isInForce: true,
  verdict: 'broken',
  isPartGone: false,
  answeredAt: t0,
  absence: null,
  isExcepted: false,
}

const at = (days: number) => t0 + days * day
const see = (before: FindingLife | null, days: number, seen: Partial<Seen> = {}) =>
  advance(before, { ...plain, answeredAt: at(days), ...seen }, at(days), usualLife)

/** What is seen, day after day. */
function life(...days: readonly [number, Partial<Seen>][]): FindingLife | null {
  return days.reduce<FindingLife | null>((before, [when, seen]) => see(before, when, seen), null)
}
const gone = (scanCount: number, days: number) =>
  ({ kind: 'not-listening', scanCount, durationMs: days * day }) as const
const silent = (days: number) => ({ kind: 'gone', scanCount: 9, durationMs: days * day }) as const

describe('what people may do with a finding', () => {
  const table: Record<string, Record<string, string>> = {
    open: { start: 'in-remediation', fixed: 'awaiting-verification', retire: 'retired' },
    'in-remediation': { fixed: 'awaiting-verification', reopen: 'open', retire: 'retired' },
    'awaiting-verification': { reopen: 'open', retire: 'retired' },
    resolved: {},
    excepted: { retire: 'retired' },
    withdrawn: {},
    merged: {},
    retired: { reopen: 'open' },
    dormant: { retire: 'retired' },
    'not-verifiable': { retire: 'retired' },
  }
  const cases = findingStatuses.flatMap(status => findingSteps.map(step => [status, step] as const))
  it.each(cases)('%s, %s', (status, step) => {
    expect(afterFindingStep(status, step)).toBe(table[status]?.[step] ?? null)
  })

  it('resolves nothing: that takes a scan, or a decision that is the fix', () => {
    const results = cases.map(([status, step]) => afterFindingStep(status, step))
    expect(results).not.toContain('resolved')
    expect(results).not.toContain('excepted')
  })
})

describe('a finding', () => {
  it('opens on a broken rule, with a clock by its severity', () => {
    expect(life([0, {}])).toMatchObject({ status: 'open', openedAt: at(0), dueAt: at(30) })
    expect(life([0, { severity: 'critical' }])?.dueAt).toBe(at(7))
  })

  it.each([
    ['an unknown verdict', { verdict: 'unknown' }],
    ['a satisfied rule', { verdict: 'satisfied' }],
    ['a rule that is not in force', { isInForce: false }],
    ['what has been away for long', { absence: gone(3, 7) }],
    ['what has been silent for long', { absence: silent(31) }],
  ] as const)('does not open on %s', (_, seen) => {
    expect(life([0, seen])).toBeNull()
  })

  it.each([
    [
      'is resolved by a scan that finds the rule satisfied',
      [[1, { verdict: 'satisfied' }]],
      'resolved',
      'satisfied',
    ],
    [
      'is resolved when the model is gone',
      [[1, { verdict: 'satisfied', isPartGone: true }]],
      'resolved',
      'part-gone',
    ],
    [
      'is not resolved by facts that cannot be seen any more',
      [[1, { verdict: 'unknown' }]],
      'not-verifiable',
      'invisible',
    ],
    [
      'goes on when they can be seen again',
      [
        [1, { verdict: 'unknown' }],
        [2, {}],
      ],
      'open',
      'visible-again',
    ],
    [
      'is not resolved by two scans that find nobody listening',
      [[8, { absence: gone(2, 8) }]],
      'open',
      'broken',
    ],
    ['nor by three in six days', [[8, { absence: gone(3, 6) }]], 'open', 'broken'],
    ['but by three in seven', [[8, { absence: gone(3, 7) }]], 'resolved', 'not-listening'],
    ['sleeps when all is silent for long', [[40, { absence: silent(31) }]], 'dormant', 'gone'],
    [
      'wakes when it answers again',
      [
        [40, { absence: silent(31) }],
        [41, {}],
      ],
      'open',
      'returned',
    ],
    [
      'is withdrawn when the rule is not asked any more',
      [[1, { isInForce: false }]],
      'withdrawn',
      'rule-changed',
    ],
    [
      'is withdrawn when the rule changed its mind',
      [[1, { verdict: 'satisfied', revision: 'r2' }]],
      'withdrawn',
      'rule-changed',
    ],
    ['is excepted while there is leave', [[1, { isExcepted: true }]], 'excepted', 'exception-granted'],
    [
      'stays excepted when it cannot be seen',
      [
        [1, { isExcepted: true }],
        [2, { isExcepted: true, verdict: 'unknown' }],
      ],
      'excepted',
      'exception-granted',
    ],
    [
      'is open again when leave is over',
      [
        [1, { isExcepted: true }],
        [2, {}],
      ],
      'open',
      'exception-over',
    ],
    [
      'is resolved under leave, too',
      [
        [1, { isExcepted: true }],
        [2, { isExcepted: true, verdict: 'satisfied' }],
      ],
      'resolved',
      'satisfied',
    ],
    [
      'returns',
      [
        [1, { verdict: 'satisfied' }],
        [2, {}],
      ],
      'open',
      'returned',
    ],
    [
      'returns after it was away, once it answers',
      [
        [8, { absence: gone(3, 7) }],
        [9, {}],
      ],
      'open',
      'returned',
    ],
    [
      'stays away on old facts',
      [
        [8, { absence: gone(3, 7) }],
        [9, { absence: gone(1, 0), answeredAt: t0 }],
      ],
      'resolved',
      'not-listening',
    ],
  ] as const)('%s', (_, days, status, reason) => {
    expect(life([0, {}], ...(days as unknown as readonly [number, Partial<Seen>][]))).toMatchObject({
      status,
      reason,
    })
  })

  it('that returns within the window goes on with its first opening, later it begins anew', () => {
    const returned = (days: number) => life([0, {}], [1, { verdict: 'satisfied' }], [days, {}])
    expect(returned(20)).toMatchObject({ openedAt: at(0), dueAt: at(30) })
    expect(returned(60)).toMatchObject({ openedAt: at(60), dueAt: at(90) })
  })

  it('has a clock that stands still while it is excepted', () => {
    const excepted = life([0, {}], [10, { isExcepted: true }])
    expect(excepted).toMatchObject({ dueAt: null, dueLeftMs: 20 * day })
    expect(see(excepted, 100)).toMatchObject({ status: 'open', dueAt: at(120), dueLeftMs: null })
  })

  it('said to be fixed is open again only after a later look', () => {
    const awaiting = {
      ...(life([0, {}]) as FindingLife),
      status: 'awaiting-verification' as const,
      statusAt: at(5),
    }
    expect(see(awaiting, 6, { answeredAt: at(4) })?.status).toBe('awaiting-verification')
    expect(see(awaiting, 6, { answeredAt: at(6) })).toMatchObject({ status: 'open', reason: 'still-broken' })
    expect(see(awaiting, 6, { verdict: 'satisfied' })?.status).toBe('resolved')
  })

  it('in remediation goes on there after an interruption', () => {
    const working = { ...(life([0, {}]) as FindingLife), status: 'in-remediation' as const }
    expect(see(see(working, 1, { verdict: 'unknown' }), 2)).toMatchObject({ status: 'in-remediation' })
  })
})

const seen: fc.Arbitrary<Partial<Seen>> = fc.record({
  verdict: fc.constantFrom('broken', 'satisfied', 'unknown'),
  severity: fc.constantFrom('critical', 'high', 'low'),
  revision: fc.constantFrom('r1', 'r2'),
  isInForce: fc.boolean(),
  isExcepted: fc.boolean(),
  isPartGone: fc.boolean(),
  absence: fc.constantFrom(null, gone(3, 7), gone(1, 0), silent(31), silent(1)),
})

describe('findings come out the same', () => {
  it('however often the same is looked at', () => {
    fc.assert(
      fc.property(fc.array(seen, { maxLength: 20 }), days => {
        let once: FindingLife | null = null
        let often: FindingLife | null = null
        for (const [index, each] of days.entries()) {
          once = see(once, index, each)
          often = see(see(see(often, index, each), index, each), index, each)
        }
        expect(often).toEqual(once)
      }),
    )
  })

  it('in whatever order instances are looked at, and whether unchanged ones are looked at or not', () => {
    const step = fc.record({
      subject: fc.nat(4),
      seen,
      order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), steps => {
        const shown: Partial<Seen>[] = [0, 1, 2, 3, 4].map(() => ({ verdict: 'satisfied' as const }))
        const changedOnly: (FindingLife | null)[] = [null, null, null, null, null]
        const everything = [...changedOnly]
        const answered = [0, 0, 0, 0, 0]
        for (const [now, { subject, seen: news, order }] of steps.entries()) {
          shown[subject] = news
          answered[subject] = now
          const look = (all: (FindingLife | null)[], one: number) => {
            const sight = { ...plain, ...shown[one], answeredAt: at(answered[one] ?? 0) }
            all[one] = advance(all[one] ?? null, sight, at(now), usualLife)
          }
          look(changedOnly, subject)
          for (const one of order) look(everything, one)
        }
        expect(everything).toEqual(changedOnly)
      }),
    )
  })

  it('never unknown to open or resolved, and with a clock that makes sense', () => {
    fc.assert(
      fc.property(fc.array(seen, { minLength: 1, maxLength: 20 }), days => {
        let before: FindingLife | null = null
        for (const [index, each] of days.entries()) {
          const after: FindingLife | null = see(before, index, each)
          if (each.verdict === 'unknown' && each.isInForce) checkUnknown(before, after)
          if (after !== null) checkClock(after)
          before = after
        }
      }),
    )
  })
})

function checkUnknown(before: FindingLife | null, after: FindingLife | null): void {
  if (before === null) expect(after).toBeNull()
  // Being away is known, whatever else is not.
  else if (after?.status === 'resolved' && before.status !== 'resolved')
    expect(after.reason).toBe('not-listening')
}

function checkClock({ status, dueAt, openedAt, statusAt }: FindingLife): void {
  expect(dueAt === null || status !== 'excepted').toBe(true)
  expect(openedAt).toBeLessThanOrEqual(statusAt)
}
