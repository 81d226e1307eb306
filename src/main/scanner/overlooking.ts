/**
 * Learns how often somebody who is there is overlooked in one look, because a packet is lost: the part of those who
 * answered that was found only in a later look.
 */
export interface Overlooking {
  /** Somebody answered or refused, in the first look at it or in a later one. */
  note(inFirstLook: boolean): void
  /** Between 0 and 1. */
  chance(): number
  /** Whether so much is lost that even a network that seems empty deserves another look. */
  isLossy(): boolean
}

/** From this chance on, … */
const lossyFrom = 0.01
/** … and only if it rests on more than a slow host or two. */
const fewest = 3

export function createOverlooking(): Overlooking {
  let first = 0
  let later = 0
  const chance = () => (later === 0 ? 0 : later / (first + later))
  return {
    note(inFirstLook) {
      if (inFirstLook) first++
      else later++
    },
    chance,
    isLossy: () => later >= fewest && chance() >= lossyFrom,
  }
}
