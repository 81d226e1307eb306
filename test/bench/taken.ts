/** Wall time says what a person waits; processor time beside it says the same on a machine that does other things, too. */
export interface TimeTaken {
  readonly ms: number
  readonly cpuMs: number
}

export const noTime: TimeTaken = { ms: 0, cpuMs: 0 }

/** Begins to measure. Each call of what it returns gives the time since it began. */
export function stopwatch(): () => TimeTaken {
  const cpu = process.cpuUsage()
  const started = performance.now()
  return () => {
    const ms = performance.now() - started
    const { user, system } = process.cpuUsage(cpu)
    return { ms, cpuMs: (user + system) / 1000 }
  }
}

export function timed(work: () => unknown): TimeTaken {
  const taken = stopwatch()
  work()
  return taken()
}

export function plus(a: TimeTaken, b: TimeTaken): TimeTaken {
  return { ms: a.ms + b.ms, cpuMs: a.cpuMs + b.cpuMs }
}

export function minus(a: TimeTaken, b: TimeTaken): TimeTaken {
  return { ms: a.ms - b.ms, cpuMs: a.cpuMs - b.cpuMs }
}

/** The value below which so many per cent lie, of each kind of time by itself. */
export function percentileOf(all: readonly TimeTaken[], percent: number): TimeTaken {
  const of = (values: readonly number[]) => {
    const sorted = values.toSorted((a, b) => a - b)
    const value = sorted[Math.min(sorted.length - 1, Math.floor((percent / 100) * sorted.length))] ?? 0
    return Math.round(value * 10) / 10
  }
  return { ms: of(all.map(each => each.ms)), cpuMs: of(all.map(each => each.cpuMs)) }
}
