import { useState } from 'react'

/** Up to two scans chosen from the list. */
export interface ScanPair {
  readonly chosen: readonly number[]
  /** A third one takes the place of the one chosen first. */
  toggle(id: number): void
  /** The earlier and the later; null: not two yet. */
  readonly pair: readonly [number, number] | null
}

export function useScanPair(): ScanPair {
  const [chosen, setChosen] = useState<readonly number[]>([])
  const [a, b] = chosen
  return {
    chosen,
    toggle: id =>
      setChosen(now => (now.includes(id) ? now.filter(each => each !== id) : [...now.slice(-1), id])),
    pair: a === undefined || b === undefined ? null : [Math.min(a, b), Math.max(a, b)],
  }
}
