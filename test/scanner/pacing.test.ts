import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createConcurrency } from '#main/scanner/concurrency.ts'
import { createOverlooking } from '#main/scanner/overlooking.ts'
import { createPace } from '#main/scanner/pace.ts'
import { waitFor } from '#main/scanner/patience.ts'
import { chooseTimeout, createRoundTrips } from '#main/scanner/round-trips.ts'
import { profiles } from '#shared/domain/profile.ts'
import { serveRaw } from '../support/raw-server.ts'
import { dialFor, plannedBlock, scanPlan } from '../support/scanning.ts'

describe('round trips', () => {
  const bounds = profiles.fast
  const trips = (times: readonly number[], needed = 4) => {
    const learned = createRoundTrips(needed)
    for (const ms of times) learned.note(ms)
    return learned
  }
  const none = createRoundTrips(4)

  it('nobody has answered: the careful beginning', () => {
    expect(chooseTimeout(none, none, bounds)).toBe(bounds.initialTimeoutMs)
    expect(chooseTimeout(trips([1, 1, 1]), none, bounds)).toBe(bounds.initialTimeoutMs)
  })

  it('the network itself decides; before it has spoken, the others do', () => {
    const near = trips(Array(50).fill(1))
    const far = trips(Array(50).fill(300))
    expect(chooseTimeout(near, far, bounds)).toBe(bounds.floorTimeoutMs)
    expect(chooseTimeout(far, near, bounds)).toBeGreaterThan(500)
    expect(chooseTimeout(none, near, bounds)).toBe(bounds.floorTimeoutMs)
  })

  it('never below the floor, never above the ceiling, always above what was measured lately', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 4 }), times => {
        const timeout = chooseTimeout(trips(times), none, bounds)
        expect(timeout).toBeGreaterThanOrEqual(bounds.floorTimeoutMs)
        expect(timeout).toBeLessThanOrEqual(bounds.ceilingTimeoutMs)
      }),
    )
    const steady = trips(Array(100).fill(200))
    expect(steady.timeoutMs()).toBeGreaterThan(200)
    expect(trips([...Array(100).fill(200), 400, 400]).timeoutMs()).toBeGreaterThan(400)
  })
})

describe('concurrency', () => {
  it('grows by every success up to its ceiling', () => {
    const concurrency = createConcurrency(1024)
    const before = concurrency.limit
    for (let k = 0; k < 10; k++) concurrency.succeeded()
    expect(concurrency.limit).toBe(before + 10)
    for (let k = 0; k < 5000; k++) concurrency.succeeded()
    expect(concurrency.limit).toBe(1024)
  })

  it('falls below what the machine was able to give, at once, however many fail in that moment', () => {
    const concurrency = createConcurrency(4096)
    for (let underWay = 1000; underWay > 500; underWay--) concurrency.exhausted(underWay)
    expect(concurrency.limit).toBeLessThan(500)
    expect(concurrency.limit).toBeGreaterThan(400)
    for (let k = 0; k < concurrency.limit; k++) concurrency.succeeded()
    expect(concurrency.limit).toBeLessThan(510)
  })

  it('falls by a quarter in a moment in which packets are lost, not by a quarter for each', () => {
    const concurrency = createConcurrency(1024)
    const before = concurrency.limit
    for (let k = 0; k < 50; k++) concurrency.lost(1000 + k)
    expect(concurrency.limit).toBe(Math.floor(before * 0.75))
    concurrency.lost(2000)
    expect(concurrency.limit).toBeLessThan(before * 0.6)
  })

  it('does not creep where packets are lost whatever it does', () => {
    const concurrency = createConcurrency(1024)
    for (let second = 0; second < 100; second++) concurrency.lost(second * 1000)
    expect(concurrency.limit).toBe(128)
  })

  it('stays between one and its ceiling, whatever happens', () => {
    const events = fc.array(
      fc.oneof(
        fc.constant<'succeeded'>('succeeded'),
        fc.nat(2000).map(underWay => ({ underWay })),
        fc.nat(10_000).map(at => ({ at })),
      ),
      { maxLength: 300 },
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8192 }), events, (most, all) => {
        const concurrency = createConcurrency(most)
        for (const event of all) {
          if (event === 'succeeded') concurrency.succeeded()
          else if ('at' in event) concurrency.lost(event.at)
          else concurrency.exhausted(event.underWay)
          expect(concurrency.limit).toBeGreaterThanOrEqual(1)
          expect(concurrency.limit).toBeLessThanOrEqual(most)
        }
      }),
    )
  })
})

describe('overlooking', () => {
  it('is the part that only a later look found; a straggler or two are no lossy network', () => {
    const overlooking = createOverlooking()
    expect(overlooking.chance()).toBe(0)
    for (let k = 0; k < 95; k++) overlooking.note(true)
    expect(overlooking.chance()).toBe(0)
    overlooking.note(false)
    overlooking.note(false)
    expect(overlooking.chance()).toBeCloseTo(2 / 97)
    expect(overlooking.isLossy()).toBe(false)
    for (let k = 0; k < 3; k++) overlooking.note(false)
    expect(overlooking.chance()).toBe(0.05)
    expect(overlooking.isLossy()).toBe(true)
  })
})

describe('a pace', () => {
  it('lets through as many a second as it says, in whatever steps time goes on', () => {
    const steps = fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { minLength: 50, maxLength: 400 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), steps, (perSecond, all) => {
        const pace = createPace(perSecond)
        let now = 0
        const taken: number[] = []
        for (const step of all) {
          now += step
          while (pace.waitMs(now) === 0 && taken.length < 100_000) {
            pace.take(now)
            taken.push(now)
          }
        }
        // In any stretch: its share, and what may be made up for (20 ms, or one attempt).
        const madeUp = Math.max(0.02 * perSecond, 1) + 1
        for (const [index, from] of taken.entries()) {
          const until = taken.at(-1) ?? from
          const count = taken.length - index
          expect(count).toBeLessThanOrEqual(((until - from) / 1000) * perSecond + madeUp + 1e-6)
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('patience', () => {
  it('that becomes shorter while it waits ends the wait, not before and not much after', async () => {
    let patience = 2000
    setTimeout(() => {
      patience = 300
    }, 50)
    const started = performance.now()
    await new Promise<void>(resolve =>
      waitFor(
        () => patience,
        () => performance.now(),
        resolve,
      ),
    )
    const elapsed = performance.now() - started
    expect(elapsed).toBeGreaterThan(295)
    expect(elapsed).toBeLessThan(700)
  })

  it('is not over before what came in meanwhile was read, however long the thread was busy', async () => {
    const server = await serveRaw(() => {}, '127.119.64.1', 11_931)
    const opening = dialFor(
      scanPlan({ blocks: [plannedBlock('127.119.64.1', '127.119.64.1', { ports: [11_931] })] }),
    ).open(server, 50)
    const until = performance.now() + 300
    while (performance.now() < until);
    const opened = await opening
    expect(opened.outcome).toBe('answered')
    if (opened.outcome === 'answered') opened.line.close()
    await server.close()
  })

  it('can be ended before it is over', async () => {
    let isOver = false
    const end = waitFor(
      50,
      () => performance.now(),
      () => {
        isOver = true
      },
    )
    end()
    await new Promise(resolve => setTimeout(resolve, 120))
    expect(isOver).toBe(false)
  })
})
