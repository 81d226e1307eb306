import type { Pace } from '#shared/domain/profile.ts'

/** Learns how long answers take, and says how long to wait for one. */
export interface RoundTrips {
  note(elapsedMs: number): void
  /** null: too few answers to say. */
  timeoutMs(): number | null
}

/**
 * Smoothed round trip and its variation as TCP keeps them (RFC 6298): with four times the variation as margin, and twice
 * that again, because a silent address costs a little time and a missed one costs trust.
 */
export function createRoundTrips(needed: number): RoundTrips {
  let count = 0
  let smoothed = 0
  let variation = 0
  return {
    note(elapsedMs) {
      if (count === 0) {
        smoothed = elapsedMs
        variation = elapsedMs / 2
      } else {
        variation += (Math.abs(smoothed - elapsedMs) - variation) / 4
        smoothed += (elapsedMs - smoothed) / 8
      }
      count++
    },
    timeoutMs: () => (count < needed ? null : 2 * (smoothed + 4 * variation)),
  }
}

type Bounds = Pick<Pace, 'initialTimeoutMs' | 'floorTimeoutMs' | 'ceilingTimeoutMs'>

/** What a network's own answers say, else what the others' say, else the careful beginning; within floor and ceiling. */
export function chooseTimeout(network: RoundTrips, all: RoundTrips, bounds: Bounds): number {
  const learned = network.timeoutMs() ?? all.timeoutMs() ?? bounds.initialTimeoutMs
  return Math.min(bounds.ceilingTimeoutMs, Math.max(bounds.floorTimeoutMs, learned))
}
