/** How many connections may be under way: as many as go well. */
export interface Concurrency {
  readonly limit: number
  /** An attempt ended in order. */
  succeeded(): void
  /** This machine has no more sockets or ports to give while so many are under way. */
  exhausted(underWay: number): void
  /** Somebody was overlooked: packets are being lost, perhaps because there are too many. */
  lost(now: number): void
}

const least = 8
/** What is lost within this time tells of the same moment: it counts once. */
const momentMs = 500

/**
 * Grows by one for every success until the first trouble, then by one a full round (TCP's additive increase). Falls a little
 * below what this machine was able to give; and by a quarter in a moment in which packets get lost, but for that not below
 * an eighth: what is then still being lost is lost whatever Paddock does.
 */
export function createConcurrency(most: number): Concurrency {
  let limit = Math.min(most, Math.max(256, most / 2))
  let isCautious = false
  let lostAt = Number.NEGATIVE_INFINITY
  const fall = (to: number) => {
    limit = Math.min(limit, Math.max(Math.min(least, most), to))
    isCautious = true
  }
  return {
    get limit() {
      return Math.floor(limit)
    },
    succeeded() {
      limit = Math.min(most, limit + (isCautious ? 1 / limit : 1))
    },
    exhausted: underWay => fall(underWay * 0.9),
    lost(now) {
      if (now - lostAt < momentMs) return
      lostAt = now
      fall(Math.max(most / 8, limit * 0.75))
    },
  }
}
