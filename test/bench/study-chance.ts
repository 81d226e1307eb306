import { seededRandom } from '../support/random.ts'

/** Draws that come out the same for the same seed; shares come out as they are given, whatever the number of hosts. */
export interface Chance {
  next(): number
  below(limit: number): number
  one<T>(all: readonly T[]): T
  /** The first far more often than the last. */
  skewed<T>(all: readonly T[]): T
  shuffle(length: number): Uint32Array
  /** Gives each of so many one of the choices, by their weights. */
  divide<T>(count: number, choices: readonly (readonly [number, T])[]): T[]
  /** Marks so many of those given, among `of`. */
  pick(among: readonly number[], count: number, of: number): Uint8Array
}

export function createChance(seed: number): Chance {
  const next = seededRandom(seed)
  const below = (limit: number) => Math.floor(next() * limit)
  const shuffle = (length: number) => {
    const order = Uint32Array.from({ length }, (_, index) => index)
    for (let index = length - 1; index > 0; index--) {
      const other = below(index + 1)
      const kept = order[index] ?? 0
      order[index] = order[other] ?? 0
      order[other] = kept
    }
    return order
  }
  return {
    next,
    below,
    one: all => all[below(all.length)] as never,
    skewed: all => all[Math.floor(next() ** 1.6 * all.length)] as never,
    shuffle,
    divide(count, choices) {
      const total = choices.reduce((sum, [weight]) => sum + weight, 0)
      const given = new Array(count)
      const order = shuffle(count)
      let reached = 0
      let at = 0
      for (const [weight, choice] of choices) {
        reached += weight
        for (; at < Math.round((reached / total) * count); at++) given[order[at] ?? 0] = choice
      }
      return given
    },
    pick(among, count, of) {
      const marked = new Uint8Array(of)
      const order = shuffle(among.length)
      for (let at = 0; at < Math.min(among.length, Math.round(count)); at++)
        marked[among[order[at] ?? 0] ?? 0] = 1
      return marked
    },
  }
}
