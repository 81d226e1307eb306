export interface GridSteps<Node> {
  /** Whether a row has its cells, or is one element until its turn comes. */
  isWhole(node: Node): boolean
  /** A row that somebody is at does not wait for its turn. False: it has had it. */
  hurry(node: Node): boolean
  /** Takes the cells of all rows away again, so that others can come in their place. Ends when no row has any, but the one somebody is at; none is given any before `unfold`. */
  fold(): Promise<void>
  unfold(): void
  /** Only these are on show: any other waits for its turn when it is back. */
  keepOnly(isShown: (node: Node) => boolean): void
}

export interface GridStepsParts<Node> {
  readonly rowsPerFrame: number
  /** Taking cells away is less work. */
  readonly foldedPerFrame: number
  readonly nextFrame: (act: () => void) => void
  /** Somebody has pressed a key and it has not been heard yet. */
  readonly isInputWaiting: () => boolean
  /** Rows on show that could have their cells; the most urgent first. */
  /** Somebody is at this row: it does not wait for its turn, for without its cells it would lose the focus. */
  readonly hasFocus: (node: Node) => boolean
  readonly drawable: () => readonly Node[]
  readonly draw: (nodes: readonly Node[]) => void
}

/**
 * Gives rows their cells a few in each frame: a whole screen of them takes a tenth of a second, and whoever types meanwhile would wait for all.
 * Rows that come by ones and twos, as under a wheel, have their cells at once.
 */
export function createGridSteps<Node extends object>(parts: GridStepsParts<Node>): GridSteps<Node> {
  const { rowsPerFrame, foldedPerFrame, nextFrame, isInputWaiting, hasFocus, drawable, draw } = parts
  const whole = new Set<Node>()
  let left = rowsPerFrame
  let isUnderWay = false
  let isFolded = false

  const begin = () => {
    if (isUnderWay) return
    isUnderWay = true
    nextFrame(step)
  }
  const step = () => {
    isUnderWay = false
    left = rowsPerFrame
    const due = drawable().filter(node => !whole.has(node))
    if (due.length === 0 || isFolded) return
    begin()
    if (isInputWaiting()) return
    const now = due.slice(0, rowsPerFrame)
    left -= now.length
    for (const node of now) whole.add(node)
    draw(now)
  }
  return {
    isWhole(node) {
      if (whole.has(node)) return true
      // Also where there is nothing left to do: the next frame has its own rows.
      begin()
      const isFirst = hasFocus(node)
      if (!isFirst && (left === 0 || isFolded)) return false
      if (!isFirst) left--
      whole.add(node)
      return true
    },
    hurry(node) {
      if (whole.has(node)) return false
      whole.add(node)
      return true
    },
    async fold() {
      isFolded = true
      for (;;) {
        const now = [...whole].filter(node => !hasFocus(node)).slice(0, foldedPerFrame)
        if (now.length === 0) return
        await new Promise<void>(nextFrame)
        for (const node of now) whole.delete(node)
        draw(now)
      }
    },
    unfold() {
      isFolded = false
      begin()
    },
    keepOnly(isShown) {
      for (const node of whole) if (!isShown(node)) whole.delete(node)
    },
  }
}
