import { useMemo } from 'react'
import { createGridSteps } from './grid-steps.ts'

interface DrawnRow {
  readonly data?: unknown
  readonly rowIndex: number | null
  readonly rowTop: number | null
  readonly rowHeight: number | null | undefined
}

/** As much of the grid as drawing it needs. */
interface DrawnGrid {
  isDestroyed(): boolean
  getFirstDisplayedRowIndex(): number
  getLastDisplayedRowIndex(): number
  getVerticalPixelRange(): { readonly top: number; readonly bottom: number }
  getRenderedNodes(): readonly DrawnRow[]
  getDisplayedRowAtIndex(index: number): DrawnRow | undefined
  /** undefined where nothing has the focus, whatever its own type says. */
  getFocusedCell(): { readonly rowIndex: number; readonly column: unknown } | null | undefined
  setFocusedCell(rowIndex: number, column: unknown): void
  /** Rows are its own, of which more is known there than here. */
  redrawRows(rows: { rowNodes: never[] }): void
}

/** Six rows of eleven cells are some 20 ms of a frame; taking theirs away is less work. */
const rowsPerFrame = 6
const foldedPerFrame = 16

/** A second, or more where there is much else to do. */
const mostFramesWithoutFocus = 60

export interface GridDrawing {
  /** Drawn as one element: its page is not there, or its turn has not come. */
  readonly isStub: (asked: { rowNode: DrawnRow }) => boolean
  /** Other rows are on show. */
  readonly look: () => void
  /** Every row becomes one element: others come in their place. */
  readonly fold: () => Promise<void>
  /** They are there. */
  readonly unfold: () => void
  /** The row that has the focus does not wait for its turn. */
  readonly redrawFocused: () => void
  /** A row is drawn with its cells before all others. */
  readonly drawAtOnce: (index: number) => void
}

/** Which rows of a grid have their cells. */
export function useGridDrawing(api: { readonly current: DrawnGrid | null }): GridDrawing {
  return useMemo(() => {
    const grid = () => (api.current === null || api.current.isDestroyed() ? null : api.current)
    let hadFocus = false
    const steps = createGridSteps<DrawnRow>({
      rowsPerFrame,
      foldedPerFrame,
      nextFrame: act => void requestAnimationFrame(act),
      isInputWaiting,
      hasFocus: ({ rowIndex }) => grid()?.getFocusedCell()?.rowIndex === rowIndex,
      drawable: () => drawableRows(grid()),
      draw: nodes => drawWhole(grid(), nodes),
    })
    return {
      isStub: ({ rowNode }) => rowNode.data === undefined || !steps.isWhole(rowNode),
      look() {
        const now = grid()
        if (now === null) return
        const [first, last] = [now.getFirstDisplayedRowIndex(), now.getLastDisplayedRowIndex()]
        steps.keepOnly(({ rowIndex }) => rowIndex !== null && rowIndex >= first && rowIndex <= last)
      },
      fold() {
        hadFocus ||= focusedRow(grid())?.contains(document.activeElement) === true
        return steps.fold()
      },
      unfold() {
        steps.unfold()
        if (hadFocus) giveFocusBack(grid, mostFramesWithoutFocus)
        hadFocus = false
      },
      redrawFocused() {
        const node = focusedWithoutCells(grid())
        if (node === null) return
        steps.hurry(node)
        drawWhole(grid(), [node])
      },
      drawAtOnce(index) {
        const node = grid()?.getDisplayedRowAtIndex(index)
        if (node?.data !== undefined && steps.hurry(node)) drawWhole(grid(), [node])
      },
    }
  }, [api])
}

/** Rows that have their page, from the top of what is seen. */
function drawableRows(api: DrawnGrid | null): DrawnRow[] {
  if (api === null) return []
  const { top, bottom } = api.getVerticalPixelRange()
  const isSeen = ({ rowTop, rowHeight }: DrawnRow) =>
    (rowTop ?? 0) + (rowHeight ?? 0) > top && (rowTop ?? 0) < bottom
  const rows = api
    .getRenderedNodes()
    .filter(({ data }) => data !== undefined)
    .toSorted((a, b) => (a.rowIndex ?? 0) - (b.rowIndex ?? 0))
  return [...rows.filter(isSeen), ...rows.filter(row => !isSeen(row))]
}

function drawWhole(api: DrawnGrid | null, nodes: readonly DrawnRow[]): void {
  if (api === null) return
  const cell = api.getFocusedCell()
  const isFocused = cell != null && nodes.some(({ rowIndex }) => rowIndex === cell.rowIndex)
  const hadFocus = isFocused && rowAt(cell.rowIndex)?.contains(document.activeElement) === true
  api.redrawRows({ rowNodes: [...nodes] as never[] })
  if (cell != null && hadFocus) api.setFocusedCell(cell.rowIndex, cell.column)
}

/** When other rows have come, the one that has the focus is drawn anew, and the page has none meanwhile. */
function giveFocusBack(grid: () => DrawnGrid | null, frames: number): void {
  requestAnimationFrame(() => {
    // Somebody has gone elsewhere, or it is there.
    if (document.activeElement !== document.body || frames === 0) return
    const [api, cell] = [grid(), grid()?.getFocusedCell()]
    const hasCells = focusedRow(api)?.querySelector('[role="gridcell"]') != null
    if (api !== null && cell != null && hasCells) api.setFocusedCell(cell.rowIndex, cell.column)
    giveFocusBack(grid, frames - 1)
  })
}

function focusedRow(api: DrawnGrid | null): Element | null {
  const cell = api?.getFocusedCell()
  return cell == null ? null : rowAt(cell.rowIndex)
}

function rowAt(index: number): Element | null {
  return document.querySelector(`[role="row"][row-index="${index}"]`)
}

/** The row that has the focus, where it has its page and no cells: the grid keeps it as it was drawn, even without its page. */
function focusedWithoutCells(api: DrawnGrid | null): DrawnRow | null {
  const cell = api?.getFocusedCell()
  const node = cell == null ? undefined : api?.getDisplayedRowAtIndex(cell.rowIndex)
  if (cell == null || node?.data === undefined) return null
  const drawn = rowAt(cell.rowIndex)
  return drawn === null || drawn.querySelector('[role="gridcell"]') !== null ? null : node
}

/** As browsers of this family say it. */
interface Scheduling {
  readonly scheduling?: { isInputPending(): boolean }
}

function isInputWaiting(): boolean {
  return (navigator as Scheduling).scheduling?.isInputPending() ?? false
}
