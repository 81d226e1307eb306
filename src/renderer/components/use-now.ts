import { useSyncExternalStore } from 'react'
import { now } from '../format/clock.ts'

/** One timer for the page, and only while somebody watches. */
function ticker(everyMs: number) {
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | undefined
  let current = now()
  const tick = () => {
    current = now()
    for (const listener of listeners) listener()
  }
  return {
    read: () => (listeners.size === 0 ? roundDown(now(), everyMs) : current),
    subscribe(listener: () => void) {
      if (listeners.size === 0) {
        current = now()
        timer = setInterval(tick, everyMs)
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) clearInterval(timer)
      }
    },
  }
}

/** React compares what it reads twice while rendering: within a tick it must be the same. */
function roundDown(at: number, step: number): number {
  return Math.floor(at / step) * step
}

const seconds = ticker(1000)
const halfMinutes = ticker(30_000)

/** The time, kept current: to the half minute, or to the second while something is being waited for. */
export function useNow(precision: 'halfMinute' | 'second' = 'halfMinute'): number {
  const source = precision === 'second' ? seconds : halfMinutes
  return useSyncExternalStore(source.subscribe, source.read, source.read)
}
