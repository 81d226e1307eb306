import type { ComponentType } from 'react'
import css from './data-grid.module.css'
import type { ColumnLayout } from './grid-layout.ts'
import { pickId } from './grid-picks.tsx'

export interface GridColumn<Row> {
  readonly id: string
  readonly head: string
  readonly width: number
  /** Takes what is left of the width, in this proportion to others that do. */
  readonly grows?: number
  readonly isPinned?: boolean
  readonly isSortable?: boolean
  /** The first click puts the highest first, as people want of amounts and levels, or the latest; absent: the lowest, or A. */
  readonly highestFirst?: boolean
  /** Levels, whose order begins with the highest. People read that as descending, and so it is shown. */
  readonly isLevel?: boolean
  readonly alignEnd?: boolean
  /** Why the cell says what it says, on hover. */
  readonly hint?: (row: Row) => string | null
  readonly cell: ComponentType<{ row: Row }>
}

export interface GridSort {
  readonly column: string
  readonly descending: boolean
}

type Levels = readonly Pick<GridColumn<never>, 'id' | 'isLevel'>[]

/** As much of the grid as sorting it needs. */
interface SortedGrid {
  isDestroyed(): boolean
  getColumnState(): { colId: string; sort?: 'asc' | 'desc' | null }[]
  applyColumnState(change: {
    state: { colId: string; sort: 'asc' | 'desc' }[]
    defaultState: { sort: null }
  }): boolean
}

export const defaultColumn = {
  resizable: true,
  sortable: false,
  minWidth: 56,
  suppressHeaderMenuButton: true,
}

/** A column as the grid takes it. */
export function columnDef<Row>(column: GridColumn<Row>, { widths, hidden }: ColumnLayout) {
  const { id, head, width, grows, isPinned = false, isSortable = false, alignEnd = false, hint } = column
  const highestFirst = column.isLevel === true || column.highestFirst === true
  const own = widths[id]
  const Cell = column.cell
  return {
    colId: id,
    headerName: head,
    headerTooltip: head,
    width: own ?? width,
    flex: grows !== undefined && own === undefined ? grows : null,
    ...(grows === undefined ? {} : { minWidth: Math.min(width, own ?? width) }),
    pinned: isPinned ? ('left' as const) : null,
    lockPinned: true,
    lockPosition: isPinned ? ('left' as const) : false,
    sortable: isSortable,
    sortingOrder: [...(highestFirst ? (['desc', 'asc'] as const) : (['asc', 'desc'] as const))],
    hide: hidden[id] === true,
    ...(alignEnd ? { headerClass: css['headEnd'] ?? '', cellClass: css['end'] ?? '' } : {}),
    ...(hint === undefined
      ? {}
      : {
          tooltipValueGetter: ({ data }: { data?: Row | null | undefined }) =>
            data == null ? null : hint(data),
        }),
    cellRenderer: ({ data }: { data: Row | undefined }) => (data === undefined ? null : <Cell row={data} />),
  }
}

/** Makes the grid say how it is sorted. */
export function showSort(api: SortedGrid | null, sort: GridSort | null, columns: Levels): void {
  if (api === null || api.isDestroyed()) return
  const shown = sortOf(api, columns)
  if (shown?.column === sort?.column && shown?.descending === sort?.descending) return
  const state =
    sort === null
      ? []
      : [
          {
            colId: sort.column,
            sort: isShownDescending(sort, columns) ? ('desc' as const) : ('asc' as const),
          },
        ]
  api.applyColumnState({ state, defaultState: { sort: null } })
}

export function sortOf(api: SortedGrid, columns: Levels): GridSort | null {
  const sorted = api.getColumnState().find(column => column.sort != null)
  if (sorted === undefined) return null
  const shown = { column: sorted.colId, descending: sorted.sort === 'desc' }
  return { ...shown, descending: isShownDescending(shown, columns) }
}

/** From what is asked for to what is shown, and back: the same for both. */
function isShownDescending({ column, descending }: GridSort, columns: Levels): boolean {
  const isLevel = columns.find(({ id }) => id === column)?.isLevel === true
  return isLevel ? !descending : descending
}

export function orderOf(state: readonly { readonly colId: string }[]): string[] {
  return state.map(column => column.colId).filter(id => id !== pickId)
}
