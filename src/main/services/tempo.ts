/** How fast something advances, over the last few seconds. */
export interface Tempo {
  /** Steps done in all, at a time in milliseconds. */
  note(done: number, at: number): void
  perSecond(): number
}

const windowMs = 5000

export function createTempo(): Tempo {
  let samples: { done: number; at: number }[] = []
  return {
    note(done, at) {
      samples = [...samples.filter(sample => sample.at > at - windowMs), { done, at }]
    },
    perSecond() {
      const first = samples[0]
      const last = samples.at(-1)
      if (first === undefined || last === undefined || last.at <= first.at) return 0
      return ((last.done - first.done) / (last.at - first.at)) * 1000
    },
  }
}
