import { useEffect, useRef, useState } from 'react'

export interface Typed {
  /** As it stands in the box. */
  readonly text: string
  type(text: string): void
  /** Does not wait any longer. */
  settle(): void
}

/** What is typed stands in its box at once, and is told once nobody has typed for so long. What is set from elsewhere wins. */
export function useTyped(settled: string, onSettle: (text: string) => void, ms: number): Typed {
  const [draft, setDraft] = useState<string | null>(null)
  const waiting = useRef<{ text: string; timer: ReturnType<typeof setTimeout> } | null>(null)
  const forget = () => {
    clearTimeout(waiting.current?.timer)
    waiting.current = null
  }
  const latest = useRef(onSettle)
  latest.current = onSettle
  const settle = () => {
    const text = waiting.current?.text
    forget()
    if (text === undefined) return
    latest.current(text)
    setDraft(null)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another text is set
  useEffect(() => {
    forget()
    setDraft(null)
    return forget
  }, [settled])
  return {
    text: draft ?? settled,
    settle,
    type(text) {
      forget()
      setDraft(text)
      waiting.current = { text, timer: setTimeout(settle, ms) }
    },
  }
}
