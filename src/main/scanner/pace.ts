/** When the next connection may be attempted: one ceiling for all, one for each network. Times in monotonic milliseconds. */
export interface Pace {
  /** Milliseconds until the next attempt is allowed; 0: now. */
  waitMs(now: number): number
  take(now: number): void
}

/**
 * A ceiling of attempts per second. Timers wake only every millisecond or two, so what was not used for 20 ms may be made
 * up for; not more, or a pause would be followed by a burst.
 */
export function createPace(perSecond: number): Pace {
  const intervalMs = 1000 / perSecond
  const slackMs = Math.max(20, intervalMs)
  let nextAt = Number.NEGATIVE_INFINITY
  return {
    waitMs: now => Math.max(0, nextAt - now),
    take(now) {
      nextAt = Math.max(nextAt, now - slackMs) + intervalMs
    },
  }
}
