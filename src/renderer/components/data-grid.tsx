import {
  CellStyleModule,
  type ColDef,
  ColumnApiModule,
  ColumnAutoSizeModule,
  type ColumnResizedEvent,
  EventApiModule,
  type GetRowIdParams,
  type GridApi,
  InfiniteRowModelModule,
  LocaleModule,
  ModuleRegistry,
  RowApiModule,
  RowSelectionModule,
  RowStyleModule,
  ScrollApiModule,
  TooltipModule,
  themeQuartz,
} from 'ag-grid-community'
import { AgGridReact, type AgGridReactProps, type CustomCellRendererProps } from 'ag-grid-react'
import { type ComponentType, useCallback, useEffect, useMemo, useRef } from 'react'
import { gridTheme } from '../theme/grid.ts'
import css from './data-grid.module.css'
import { type ColumnLayout, inOrder } from './grid-layout.ts'
import { type GridPicks, isBox, type PickSource, pickColumn, pickId, pickRow } from './grid-picks.tsx'
import { createGridSource, type GridPage, type LoadRows } from './grid-source.ts'
import { useGridWords } from './grid-words.ts'

ModuleRegistry.registerModules([
  CellStyleModule,
  ColumnApiModule,
  ColumnAutoSizeModule,
  EventApiModule,
  InfiniteRowModelModule,
  LocaleModule,
  RowApiModule,
  RowSelectionModule,
  RowStyleModule,
  ScrollApiModule,
  TooltipModule,
])

const theme = themeQuartz.withParams(gridTheme)
const blockSize = 100

export interface GridColumn<Row> {
  readonly id: string
  readonly head: string
  readonly width: number
  /** Takes what is left of the width, in this proportion to others that do. */
  readonly grows?: number
  readonly isPinned?: boolean
  readonly isSortable?: boolean
  readonly alignEnd?: boolean
  /** Why the cell says what it says, on hover. */
  readonly hint?: (row: Row) => string | null
  readonly cell: ComponentType<{ row: Row }>
}

export interface GridSort {
  readonly column: string
  readonly descending: boolean
}

/** What a screen can make the grid do. */
export interface GridHandle<Row> {
  /** Moves to the next (1) or previous (-1) row. */
  step(by: 1 | -1): void
  focus(): void
  focused(): Row | null
  /** Asks for the rows on show once more, without losing the place. */
  refresh(): void
  /** Chooses the row that has the focus, or takes it out. */
  pick(): void
}

export interface DataGridProps<Row> {
  readonly label: string
  readonly columns: readonly GridColumn<Row>[]
  readonly rowKey: (row: Row) => string
  readonly rowHeight: number
  readonly sort: GridSort | null
  readonly onSort: (sort: GridSort | null) => void
  readonly layout: ColumnLayout
  readonly onLayout: (layout: Partial<ColumnLayout>) => void
  /** Another function is another question: everything is asked anew. */
  readonly load: LoadRows<Row>
  readonly onPage: (page: GridPage<Row>) => void
  readonly selectedKey: string | null
  /** A row was clicked, or Enter pressed on it. */
  readonly onOpen: (row: Row) => void
  /** The focus came to another row. */
  readonly onMove: (row: Row) => void
  readonly onReady: (handle: GridHandle<Row>) => void
  /** Rows can be chosen, several at a time; absent: they cannot. */
  readonly picks?: GridPicks
}

/** A table of any length: rows are asked for as they come into view. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const api = useRef<GridApi<Row> | null>(null)
  const latest = useRef(props)
  latest.current = props
  const words = useGridWords()
  const columnDefs = useColumns(props, latest, api)
  const source = useMemo(
    () => createGridSource<Row>(props.load, page => latest.current.onPage(page)),
    [props.load],
  )
  useEffect(() => showSort(api.current, props.sort), [props.sort])
  useEffect(() => showSelected(api.current, props.selectedKey), [props.selectedKey])
  const events = useMemo(() => eventsOf(latest, api), [])
  const rowId = useCallback(({ data }: GetRowIdParams<Row>) => latest.current.rowKey(data), [])
  return (
    <section className={css['grid']} aria-label={props.label}>
      <AgGridReact<Row>
        key={words.language}
        theme={theme}
        {...nonce}
        rowModelType="infinite"
        datasource={source}
        cacheBlockSize={blockSize}
        maxBlocksInCache={40}
        blockLoadDebounceMillis={20}
        columnDefs={columnDefs}
        maintainColumnOrder
        defaultColDef={defaultColumn}
        getRowId={rowId}
        rowHeight={props.rowHeight}
        rowSelection={rowSelection}
        suppressMultiSort
        suppressDragLeaveHidesColumns
        suppressNoRowsOverlay
        enableCellTextSelection
        ensureDomOrder
        tooltipShowDelay={400}
        localeText={words.texts}
        {...events}
      />
    </section>
  )
}

type Latest<T> = { readonly current: T }

function eventsOf<Row>(
  latest: Latest<DataGridProps<Row>>,
  api: { current: GridApi<Row> | null },
): AgGridReactProps<Row> {
  const resize = (event: ColumnResizedEvent<Row>) => {
    const { widths } = latest.current.layout
    if (!event.finished || event.column === null || !/^(ui|autosize)/.test(event.source)) return
    const width = event.column.getActualWidth()
    latest.current.onLayout({ widths: { ...widths, [event.column.getColId()]: width } })
  }
  const open = (row: Row | undefined) => row !== undefined && latest.current.onOpen(row)
  return {
    onGridReady: event => {
      api.current = event.api
      showSort(event.api, latest.current.sort)
      latest.current.onReady(handleOf(event.api, () => sourceOf(latest, api)))
    },
    onModelUpdated: event => showSelected(event.api, latest.current.selectedKey),
    onSortChanged: event => event.source !== 'api' && latest.current.onSort(sortOf(event.api)),
    onColumnMoved: event =>
      event.finished && latest.current.onLayout({ order: orderOf(event.api.getColumnState()) }),
    onColumnResized: resize,
    onRowClicked: ({ data, event, rowIndex, api: grid }) => {
      if (!(event instanceof MouseEvent) || isBox(event.target)) return
      const isPick = event.shiftKey || event.ctrlKey || event.metaKey
      const source = isPick ? sourceOf(latest, { current: grid }) : null
      if (source !== null && rowIndex !== null) {
        window.getSelection()?.removeAllRanges()
        void pickRow(source, rowIndex, event.shiftKey)
      } else if (window.getSelection()?.isCollapsed !== false) open(data)
    },
    onCellKeyDown: ({ data, event }) => event instanceof KeyboardEvent && event.key === 'Enter' && open(data),
    onCellFocused: ({ api: grid, rowIndex }) => {
      const row = rowIndex === null ? undefined : grid.getDisplayedRowAtIndex(rowIndex)?.data
      if (row !== undefined) latest.current.onMove(row)
    },
  }
}

/** What picking needs; null: rows of this grid cannot be chosen. */
function sourceOf<Row>(
  latest: Latest<DataGridProps<Row>>,
  api: { readonly current: GridApi<Row> | null },
): PickSource<Row> | null {
  const { picks, rowKey, load } = latest.current
  return api.current === null || picks === undefined ? null : { api: api.current, picks, rowKey, load }
}

const nonceText = document.documentElement.dataset['nonce']
const nonce = nonceText === undefined ? {} : { styleNonce: nonceText }

const rowSelection = {
  mode: 'singleRow',
  checkboxes: false,
  enableClickSelection: false,
} as const

const defaultColumn: ColDef = {
  resizable: true,
  sortable: false,
  minWidth: 56,
  suppressHeaderMenuButton: true,
  sortingOrder: ['asc', 'desc'],
}

function useColumns<Row>(
  { columns, layout, picks }: DataGridProps<Row>,
  latest: Latest<DataGridProps<Row>>,
  api: { readonly current: GridApi<Row> | null },
): ColDef<Row>[] {
  return useMemo(() => {
    const shown = inOrder(columns, layout.order).map(column => columnDef(column, layout))
    return picks === undefined ? shown : [pickColumn(picks, () => sourceOf(latest, api)), ...shown]
  }, [columns, layout, picks, latest, api])
}

function columnDef<Row>(column: GridColumn<Row>, { widths, hidden }: ColumnLayout): ColDef<Row> {
  const { id, head, width, grows, isPinned = false, isSortable = false, alignEnd = false, hint } = column
  const own = widths[id]
  const Cell = column.cell
  return {
    colId: id,
    headerName: head,
    headerTooltip: head,
    width: own ?? width,
    flex: grows !== undefined && own === undefined ? grows : null,
    ...(grows === undefined ? {} : { minWidth: Math.min(width, own ?? width) }),
    pinned: isPinned ? 'left' : null,
    lockPinned: true,
    lockPosition: isPinned ? 'left' : false,
    sortable: isSortable,
    hide: hidden[id] === true,
    ...(alignEnd ? { headerClass: css['headEnd'] ?? '', cellClass: css['end'] ?? '' } : {}),
    ...(hint === undefined ? {} : { tooltipValueGetter: ({ data }) => (data == null ? null : hint(data)) }),
    cellRenderer: ({ data }: CustomCellRendererProps<Row>) =>
      data === undefined ? <span className={css['waiting']} /> : <Cell row={data} />,
  }
}

function showSort<Row>(api: GridApi<Row> | null, sort: GridSort | null): void {
  if (api === null || api.isDestroyed()) return
  const shown = sortOf(api)
  if (shown?.column === sort?.column && shown?.descending === sort?.descending) return
  const state =
    sort === null
      ? []
      : [{ colId: sort.column, sort: sort.descending ? ('desc' as const) : ('asc' as const) }]
  api.applyColumnState({ state, defaultState: { sort: null } })
}

function sortOf<Row>(api: GridApi<Row>): GridSort | null {
  const sorted = api.getColumnState().find(column => column.sort != null)
  return sorted === undefined ? null : { column: sorted.colId, descending: sorted.sort === 'desc' }
}

function orderOf(state: readonly { readonly colId: string }[]): string[] {
  return state.map(column => column.colId).filter(id => id !== pickId)
}

function showSelected<Row>(api: GridApi<Row> | null, key: string | null): void {
  if (api === null || api.isDestroyed()) return
  const node = key === null ? undefined : api.getRowNode(key)
  if (node?.isSelected() === true) return
  if (node === undefined) api.deselectAll()
  else node.setSelected(true, true)
}

function handleOf<Row>(api: GridApi<Row>, source: () => PickSource<Row> | null): GridHandle<Row> {
  const focusRow = (index: number) => {
    const column = api.getFocusedCell()?.column ?? api.getAllDisplayedColumns()[0]
    if (column === undefined || index < 0 || index >= api.getDisplayedRowCount()) return
    api.ensureIndexVisible(index)
    api.setFocusedCell(index, column)
  }
  const place = () => api.getFocusedCell()?.rowIndex ?? api.getSelectedNodes()[0]?.rowIndex ?? null
  return {
    step: by => focusRow((place() ?? -1) + by),
    focus: () => focusRow(place() ?? 0),
    focused: () => {
      const index = place()
      return index === null ? null : (api.getDisplayedRowAtIndex(index)?.data ?? null)
    },
    refresh: () => api.refreshInfiniteCache(),
    pick: () => {
      const [now, index] = [source(), place()]
      if (now !== null && index !== null) void pickRow(now, index, false)
    },
  }
}
