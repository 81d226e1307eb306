import { useRef } from 'react'
import { useKeys } from '../components/use-keys.ts'
import { useParts } from '../data/parts.tsx'
import { audit } from '../state/audit-route.ts'
import { findings } from '../state/findings-route.ts'
import { imports } from '../state/imports-route.ts'
import { models } from '../state/models-route.ts'
import { policies } from '../state/policies-route.ts'
import { reports } from '../state/reports-route.ts'
import { risk } from '../state/risk-route.ts'
import { inventory, overview, type Route, ranges, scans, settings } from '../state/route.ts'
import { triage } from '../state/triage-route.ts'

const places: Readonly<Record<string, Route>> = {
  o: overview,
  i: inventory,
  k: risk,
  m: models,
  f: findings,
  p: policies,
  r: ranges,
  s: scans,
  x: imports,
  t: triage,
  e: reports,
  a: audit,
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
  const letters = Object.fromEntries(Object.keys(places).map(letter => [letter, go]))
  useKeys({ '?': onSheet, g: begin, ...letters }, { isFirst: true })
}
