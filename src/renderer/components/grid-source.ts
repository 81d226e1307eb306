/** A page of rows and how many there are in all. */
export interface GridPage<Row> {
  readonly rows: readonly Row[]
  readonly total: number
}

/** Asks for rows; null: it could not be had, and whoever asks has been told why. */
export type LoadRows<Row> = (
  start: number,
  limit: number,
  signal: AbortSignal,
) => Promise<GridPage<Row> | null>

/** What the grid wants, in blocks of one size. */
export interface WantedBlock {
  readonly startRow: number
  readonly endRow: number
  successCallback(rows: unknown[], lastRow?: number): void
  failCallback(): void
}

/** Rows on show, from the first to the last. */
export interface Shown {
  readonly first: number
  readonly last: number
}

export interface GridSourceParts<Row> {
  readonly load: LoadRows<Row>
  readonly blockSize: number
  /** A page came to the grid. */
  readonly onPage: (page: GridPage<Row>) => void
  /** Nothing is on its way any more, or something is again. */
  readonly onIdle?: (isIdle: boolean) => void
  readonly now: () => number
  readonly after: (ms: number, act: () => void) => void
}

/** Feeds a grid block by block, and is ahead of it where it can be. */
export interface GridSource {
  /** The grid wants a block. */
  getRows(wanted: WantedBlock): void
  /** Other rows are on show. */
  look(shown: Shown): void
  /** Asks for the first page before any grid does, so that it is there once one does. Ends when it is. */
  begin(): Promise<void>
  /** The grid asks for everything anew: nothing that was asked before is of any worth. */
  forget(): void
  readonly isIdle: boolean
  /** The grid has another source: what is still on its way is given up. */
  destroy(): void
}

/** One page is read at a time; the second is on its way meanwhile. */
const mostOnTheWay = 2
/** Pages that were asked for ahead, and that the grid has not wanted yet. */
const mostAhead = 6
/** Whoever passes pages faster than this is asked for nothing before they slow down. */
const restMs = 30
const hurryMs = 100

/**
 * Only what is on show is asked for, the latest first: of what a fast scroll passes nothing is asked, and what has left
 * the screen before its turn came waits until it is back. When there is nothing else to do, the next page in the direction of the scroll
 * is asked for ahead.
 */
export function createGridSource<Row>(parts: GridSourceParts<Row>): GridSource {
  return new PagedSource(parts)
}

class PagedSource<Row> implements GridSource {
  readonly #parts: GridSourceParts<Row>
  /** Wanted by the grid, by first row; the latest last. */
  readonly #wanted = new Map<number, WantedBlock>()
  readonly #onTheWay = new Map<number, AbortController>()
  /** null: could not be had. */
  readonly #ahead = new Map<number, GridPage<Row> | null>()
  /** The grid has been given these. */
  readonly #given = new Set<number>()
  #shown: Shown = { first: 0, last: 0 }
  #total = Number.POSITIVE_INFINITY
  #isDownwards = true
  #movedAt = Number.NEGATIVE_INFINITY
  #restsAt = Number.NEGATIVE_INFINITY
  #isDestroyed = false

  constructor(parts: GridSourceParts<Row>) {
    this.#parts = parts
  }

  get isIdle(): boolean {
    return this.#onTheWay.size === 0
  }

  getRows(block: WantedBlock): void {
    if (this.#isDestroyed) return
    const known = this.#ahead.get(block.startRow)
    this.#ahead.delete(block.startRow)
    if (known !== undefined) {
      this.#give(block, known)
      this.#askNext()
      return
    }
    // Put last, even where it has been wanted before.
    this.#wanted.delete(block.startRow)
    this.#wanted.set(block.startRow, block)
    this.#askNext()
  }

  look(shown: Shown): void {
    const { blockSize, now, after } = this.#parts
    const before = this.#shown
    if (shown.first === before.first && shown.last === before.last) return
    const at = now()
    this.#shown = shown
    if (shown.first !== before.first) this.#isDownwards = shown.first > before.first
    const isFar = shown.first > before.last + blockSize || shown.last < before.first - blockSize
    if (isFar && at - this.#movedAt < hurryMs) {
      this.#restsAt = at + restMs
      after(restMs, () => this.#askNext())
    }
    if (isFar) this.#movedAt = at
    this.#askNext()
  }

  async begin(): Promise<void> {
    await this.#ask(0)
  }

  forget(): void {
    this.#wanted.clear()
    this.#ahead.clear()
    this.#given.clear()
    for (const giveUp of this.#onTheWay.values()) giveUp.abort()
    this.#onTheWay.clear()
  }

  destroy(): void {
    this.#isDestroyed = true
    this.forget()
  }

  #askNext(): void {
    if (this.#isDestroyed || this.#parts.now() < this.#restsAt) return
    const next = this.#nextWanted()
    if (next !== undefined) {
      this.#dropPassed()
      if (this.#onTheWay.size >= mostOnTheWay) return
      void this.#ask(next)
      this.#askNext()
      return
    }
    const ahead = this.#onTheWay.size === 0 ? this.#nextAhead() : undefined
    if (ahead !== undefined) void this.#ask(ahead)
  }

  /** The latest that is on show and not on its way. Before anything is on show, the first rows are. */
  #nextWanted(): number | undefined {
    return [...this.#wanted.keys()].findLast(start => this.#isOnShow(start) && !this.#onTheWay.has(start))
  }

  #isOnShow(start: number): boolean {
    return start <= this.#shown.last && start + this.#parts.blockSize > this.#shown.first
  }

  /** Makes room for what is on show. */
  #dropPassed(): void {
    for (const [start, giveUp] of this.#onTheWay) {
      if (this.#isOnShow(start)) continue
      this.#onTheWay.delete(start)
      giveUp.abort()
    }
  }

  #nextAhead(): number | undefined {
    const { blockSize } = this.#parts
    // The grid says which blocks it wants a moment after they are on show.
    for (
      let on = Math.floor(this.#shown.first / blockSize) * blockSize;
      on <= this.#shown.last;
      on += blockSize
    )
      if (!this.#given.has(on)) return undefined
    const edge = this.#isDownwards ? this.#shown.last : this.#shown.first
    const start = (Math.floor(edge / blockSize) + (this.#isDownwards ? 1 : -1)) * blockSize
    // Before the first answer nobody knows how many rows there are.
    const isThere = start > 0 && start < this.#total && this.#total !== Number.POSITIVE_INFINITY
    const isKnown = this.#given.has(start) || this.#ahead.has(start) || this.#wanted.has(start)
    return isThere && !isKnown ? start : undefined
  }

  async #ask(start: number): Promise<void> {
    const { load, blockSize, onIdle } = this.#parts
    const giveUp = new AbortController()
    this.#onTheWay.set(start, giveUp)
    onIdle?.(false)
    const page = await load(start, blockSize, giveUp.signal).catch(() => null)
    if (giveUp.signal.aborted) return
    this.#onTheWay.delete(start)
    this.#take(start, page)
    this.#askNext()
    if (this.isIdle) onIdle?.(true)
  }

  #take(start: number, page: GridPage<Row> | null): void {
    const block = this.#wanted.get(start)
    if (block !== undefined) {
      this.#wanted.delete(start)
      this.#give(block, page)
      return
    }
    // What could not be had ahead is asked for again when it is wanted; only the first page's failure is the answer.
    if (page === null && start > 0) return
    this.#ahead.set(start, page)
    const oldest = this.#ahead.keys().next().value
    if (this.#ahead.size > mostAhead && oldest !== undefined) this.#ahead.delete(oldest)
  }

  #give(block: WantedBlock, page: GridPage<Row> | null): void {
    if (page === null) {
      block.failCallback()
      return
    }
    this.#total = page.total
    this.#given.add(block.startRow)
    block.successCallback([...page.rows], page.total)
    this.#parts.onPage(page)
  }
}
