/** How long to wait, asked again while it waits: what is learned about a network in the meantime counts at once. */
export type Patience = number | (() => number)

/** Long patience is asked again so often whether it has become shorter. */
const askAgainMs = 250

/** Calls `over` when the patience has run out. Returns what ends the wait. */
export function waitFor(patienceMs: Patience, monotonic: () => number, over: () => void): () => void {
  const started = monotonic()
  const leftMs = () => (typeof patienceMs === 'number' ? patienceMs : patienceMs()) - (monotonic() - started)
  const wait = (ms: number): NodeJS.Timeout => setTimeout(look, Math.min(ms, askAgainMs))
  let lastLook: NodeJS.Immediate | undefined
  const look = () => {
    const ms = leftMs()
    // A timer may wake up to a millisecond early.
    if (ms >= 1) timer = wait(ms)
    // On a busy machine this thread may have slept over an answer: what has come in by now is read first.
    else lastLook = setImmediate(over)
  }
  let timer = wait(leftMs())
  return () => {
    clearTimeout(timer)
    clearImmediate(lastLook)
  }
}
