/** How many connections may be under way: as many as go well. */
export interface Concurrency {
  readonly limit: number
  /** An attempt ended in order. */
  succeeded(): void
  /** This machine has no more sockets or ports to give. */
  exhausted(): void
  /** Somebody was overlooked: packets are being lost, perhaps because there are too many. */
  lost(): void
}

const least = 8

/**
 * Grows by one for every success until the first trouble, then by one a full round (TCP's additive increase), and falls by
 * half when this machine is exhausted, by a quarter when packets get lost.
 */
export function createConcurrency(most: number): Concurrency {
  let limit = Math.min(most, 256)
  let isCautious = false
  const fall = (factor: number) => {
    limit = Math.max(Math.min(least, most), Math.floor(limit * factor))
    isCautious = true
  }
  return {
    get limit() {
      return Math.floor(limit)
    },
    succeeded() {
      limit = Math.min(most, limit + (isCautious ? 1 / limit : 1))
    },
    exhausted: () => fall(0.5),
    lost: () => fall(0.75),
  }
}
