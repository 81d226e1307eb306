import { useRef } from 'react'
import { useKeys } from '../components/use-keys.ts'
import { useParts } from '../data/parts.tsx'
import { imports, inventory, type Route, ranges, scans, settings } from '../state/route.ts'

const places: Readonly<Record<string, Route>> = {
  i: inventory,
  r: ranges,
  s: scans,
  m: imports,
  ',': settings,
}
const patienceMs = 1200

/** Keys that work on every screen: `?` for all keys, `g` and a letter to go somewhere. */
export function useGlobalKeys(onSheet: () => void): void {
  const { navigation } = useParts()
  const pressedAt = useRef(Number.NEGATIVE_INFINITY)
  const go = (event: KeyboardEvent) => {
    const place = places[event.key]
    const isSecond = event.timeStamp - pressedAt.current < patienceMs
    pressedAt.current = Number.NEGATIVE_INFINITY
    if (!isSecond || place === undefined) return false
    navigation.go(place)
    return true
  }
  const begin = (event: KeyboardEvent) => {
    pressedAt.current = event.timeStamp
  }
  // first: a screen may have a letter of its own, as the inventory has `r`
  useKeys({ '?': onSheet, g: begin, i: go, r: go, s: go, m: go, ',': go }, { isFirst: true })
}
