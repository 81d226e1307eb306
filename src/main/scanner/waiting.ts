/** Sleeping that ends early when something happened. */
export interface Waiting {
  /** Resolves after `ms`, or as soon as `wake` is called or the signal aborts. */
  slept(ms: number): Promise<void>
  /** Resolves after `ms`, or as soon as the signal aborts; `wake` does not disturb it. */
  ticked(ms: number): Promise<void>
  /** Resolves when everything that has come in by now had its turn. */
  turned(): Promise<void>
  wake(): void
}

export function createWaiting(signal: AbortSignal): Waiting {
  const sleepers = new Set<() => void>()
  const tickers = new Set<() => void>()
  const end = (set: Set<() => void>) => {
    const all = [...set]
    set.clear()
    for (const resolve of all) resolve()
  }
  const pause = (ms: number, set: Set<() => void>) =>
    new Promise<void>(resolve => {
      if (signal.aborted) return void setTimeout(resolve, Math.min(ms, 1))
      const done = () => {
        clearTimeout(timer)
        set.delete(done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      set.add(done)
    })
  signal.addEventListener('abort', () => [sleepers, tickers].forEach(end), { once: true })
  return {
    slept: ms => pause(ms, sleepers),
    ticked: ms => pause(ms, tickers),
    turned: () => new Promise(resolve => void setImmediate(resolve)),
    wake: () => end(sleepers),
  }
}
