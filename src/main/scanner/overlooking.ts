/**
 * Learns how often somebody who is there is overlooked in one look, because a packet is lost: the part of those who
 * answered that was found only in a later look.
 */
export interface Overlooking {
  /** Somebody answered or refused, in the first look at it or in a later one. */
  note(inFirstLook: boolean): void
  /** Between 0 and 1. */
  chance(): number
}

/** One slow host is not yet a sign of lost packets. */
const fewest = 3

export function createOverlooking(): Overlooking {
  let first = 0
  let later = 0
  return {
    note(inFirstLook) {
      if (inFirstLook) first++
      else later++
    },
    chance: () => (later < fewest ? 0 : later / (first + later)),
  }
}
