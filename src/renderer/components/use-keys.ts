import { useEffect, useRef } from 'react'

/** A key as `event.key` names it, and what it does; false: nothing, the key is left to others. */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => unknown>>

/**
 * Single keys for the page as a whole. They do nothing while somebody types, while a dialog asks something, or with a
 * modifier, which belongs to the system. `isFirst`: asked before all others.
 */
export function useKeys(keys: Keys, { isFirst = false } = {}): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const act = latest.current[event.key]
      if (act === undefined || event.defaultPrevented || isMeantElsewhere(event)) return
      if (act(event) !== false) event.preventDefault()
    }
    window.addEventListener('keydown', hear, isFirst)
    return () => window.removeEventListener('keydown', hear, isFirst)
  }, [isFirst])
}

function isMeantElsewhere(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return true
  if (document.querySelector('[aria-modal="true"]') !== null) return true
  const target = event.target instanceof Element ? event.target : null
  return target?.closest('input, textarea, select, [contenteditable="true"], [role="listbox"]') != null
}
