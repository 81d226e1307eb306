import type { LoadRows, Shown } from './grid-source.ts'

/** The least that is known of rows whose pages are not there, all over a list. */
export interface GridOutline<Sketch> {
  /** Of a row by its place; undefined: not known yet. */
  at(index: number): Sketch | undefined
  /** Other rows are on show, or there is time to ask for more. */
  go(shown: Shown, total: number): void
  /** Told whenever more is known. */
  subscribe(listener: () => void): () => void
  /** The list is another: nothing is known of it. */
  reset(): void
  destroy(): void
}

export interface GridOutlineParts<Sketch> {
  readonly load: LoadRows<Sketch | null>
  readonly chunkSize: number
  /** Pages come first: nothing is asked for while one is on its way. */
  readonly mayAsk: () => boolean
}

/** Asks for the outline of a list part by part: first where somebody is, then where the scroll is going. */
export function createGridOutline<Sketch>(parts: GridOutlineParts<Sketch>): GridOutline<Sketch> {
  const { load, chunkSize, mayAsk } = parts
  const chunks = new Map<number, readonly (Sketch | null)[]>()
  const listeners = new Set<() => void>()
  let giveUp = new AbortController()
  let isAsking = false
  let isOver = false
  let isDownwards = true
  let now: { readonly shown: Shown; readonly total: number } | null = null

  const nearest = (): number | undefined => {
    if (now === null) return undefined
    const { shown, total } = now
    const count = Math.ceil(total / chunkSize)
    const here = Math.min(count - 1, Math.floor((shown.first + shown.last) / 2 / chunkSize))
    const missing = Array.from({ length: count }, (_, chunk) => chunk).filter(chunk => !chunks.has(chunk))
    const ahead = isDownwards ? 1 : -1
    // What lies behind counts as further away than what the scroll comes to.
    const away = (chunk: number) => Math.abs(chunk - here) * ((chunk - here) * ahead < 0 ? 8 : 1)
    return missing.toSorted((a, b) => away(a) - away(b))[0]
  }
  const askNext = async (): Promise<void> => {
    if (isAsking || isOver || !mayAsk()) return
    const chunk = nearest()
    if (chunk === undefined) return
    isAsking = true
    const { signal } = giveUp
    const page = await load(chunk * chunkSize, chunkSize, signal).catch(() => null)
    if (signal.aborted) return
    isAsking = false
    // Without it rows are drawn as they were before there were outlines.
    if (page === null) isOver = true
    else {
      chunks.set(chunk, page.rows)
      for (const listener of listeners) listener()
      await askNext()
    }
  }
  return {
    at: index => chunks.get(Math.floor(index / chunkSize))?.[index % chunkSize] ?? undefined,
    go(shown, total) {
      if (now !== null && shown.first !== now.shown.first) isDownwards = shown.first > now.shown.first
      now = { shown, total }
      void askNext()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    reset() {
      giveUp.abort()
      giveUp = new AbortController()
      chunks.clear()
      isAsking = false
      isOver = false
      now = null
    },
    destroy() {
      giveUp.abort()
      isOver = true
    },
  }
}
