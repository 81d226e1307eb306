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

interface WantedBlock {
  readonly startRow: number
  readonly endRow: number
  successCallback(rows: unknown[], lastRow?: number): void
  failCallback(): void
}

/** Feeds a grid block by block. Once the grid has another source, what is still on its way is given up. */
export function createGridSource<Row>(load: LoadRows<Row>, onPage: (page: GridPage<Row>) => void) {
  const giveUp = new AbortController()
  return {
    getRows({ startRow, endRow, successCallback, failCallback }: WantedBlock): void {
      load(startRow, endRow - startRow, giveUp.signal).then(
        page => {
          if (giveUp.signal.aborted) return
          if (page === null) failCallback()
          else {
            successCallback([...page.rows], page.total)
            onPage(page)
          }
        },
        () => giveUp.signal.aborted || failCallback(),
      )
    },
    destroy: () => giveUp.abort(),
  }
}
