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
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { gridTheme } from '../theme/grid.ts'
import css from './data-grid.module.css'
import {
  columnDef,
  defaultColumn,
  type GridColumn,
  type GridSort,
  orderOf,
  showSort,
  sortOf,
} from './grid-columns.tsx'
import { type GridDrawing, useGridDrawing } from './grid-drawing.ts'
import { blockSize, type GridFeed, type OutlineOf, useGridFeed } from './grid-feed.ts'
import { type ColumnLayout, inOrder } from './grid-layout.ts'
import { type GridPicks, isBox, type PickSource, pickColumn, pickRow } from './grid-picks.tsx'
import type { GridPage, LoadRows } from './grid-source.ts'
import { useGridWords } from './grid-words.ts'
import { StubRow } from './stub-row.tsx'

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

export interface DataGridProps<Row, Sketch = never> {
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
  /** What can be said of rows whose page is not there yet. */
  readonly outline?: OutlineOf<Sketch>
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
export function DataGrid<Row, Sketch = never>(props: DataGridProps<Row, Sketch>) {
  const api = useRef<GridApi<Row> | null>(null)
  const latest = useRef(props)
  latest.current = props
  const words = useGridWords()
  const columnDefs = useColumns(props, latest, api)
  const drawing = useGridDrawing(api)
  const feed = useGridFeed(latest, api, drawing)
  const latestFeed = useRef(feed)
  latestFeed.current = feed
  useEffect(() => showSort(api.current, props.sort, latest.current.columns), [props.sort])
  useEffect(() => showSelected(api.current, props.selectedKey), [props.selectedKey])
  const events = useMemo(() => eventsOf({ latest, api, feed: latestFeed, drawing }), [drawing])
  const stub = useMemo(() => stubOf(latest, latestFeed), [])
  const rowId = useCallback(({ data }: GetRowIdParams<Row>) => latest.current.rowKey(data), [])
  return (
    <section className={css['grid']} aria-label={props.label} aria-busy={feed.isOld}>
      <AgGridReact<Row>
        key={words.language}
        theme={theme}
        {...nonce}
        rowModelType="infinite"
        datasource={feed.datasource}
        cacheBlockSize={blockSize}
        maxBlocksInCache={40}
        // the source itself knows what is worth asking for
        maxConcurrentDatasourceRequests={1e9}
        isFullWidthRow={drawing.isStub}
        fullWidthCellRenderer={stub}
        rowBuffer={4}
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

/** How rows are drawn that have no cells yet. */
function stubOf<Row, Sketch>(latest: Latest<DataGridProps<Row, Sketch>>, feed: Latest<GridFeed<Sketch>>) {
  return (cell: CustomCellRendererProps<Row>) => {
    const { columns, layout, picks, outline } = latest.current
    return (
      <StubRow
        {...cell}
        columns={columns}
        layout={layout}
        hasBoxes={picks !== undefined}
        cells={outline?.cells}
        outline={feed.current.outline()}
      />
    )
  }
}

interface GridParts<Row, Sketch> {
  readonly latest: Latest<DataGridProps<Row, Sketch>>
  readonly api: { current: GridApi<Row> | null }
  readonly feed: Latest<GridFeed<Sketch>>
  readonly drawing: GridDrawing
}

function eventsOf<Row, Sketch>(parts: GridParts<Row, Sketch>): AgGridReactProps<Row> {
  const { latest, api, feed, drawing } = parts
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
      showSort(event.api, latest.current.sort, latest.current.columns)
      latest.current.onReady(handleOf(parts, event.api))
    },
    onModelUpdated: event => {
      showSelected(event.api, latest.current.selectedKey)
      requestAnimationFrame(drawing.redrawFocused)
    },
    onViewportChanged: () => {
      drawing.look()
      feed.current.look()
    },
    onSortChanged: event =>
      event.source !== 'api' && latest.current.onSort(sortOf(event.api, latest.current.columns)),
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
function sourceOf<Row, Sketch>(
  latest: Latest<DataGridProps<Row, Sketch>>,
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

function useColumns<Row, Sketch>(
  { columns, layout, picks }: DataGridProps<Row, Sketch>,
  latest: Latest<DataGridProps<Row, Sketch>>,
  api: { readonly current: GridApi<Row> | null },
): ColDef<Row>[] {
  return useMemo(() => {
    const shown = inOrder(columns, layout.order).map(column => columnDef(column, layout))
    return picks === undefined ? shown : [pickColumn(picks, () => sourceOf(latest, api)), ...shown]
  }, [columns, layout, picks, latest, api])
}

function showSelected<Row>(api: GridApi<Row> | null, key: string | null): void {
  if (api === null || api.isDestroyed()) return
  const node = key === null ? undefined : api.getRowNode(key)
  if (node?.isSelected() === true) return
  if (node === undefined) api.deselectAll()
  else node.setSelected(true, true)
}

function handleOf<Row, Sketch>(
  { latest, feed, drawing }: GridParts<Row, Sketch>,
  api: GridApi<Row>,
): GridHandle<Row> {
  const focusRow = (index: number) => {
    const column = api.getFocusedCell()?.column ?? api.getAllDisplayedColumns()[0]
    if (column === undefined || index < 0 || index >= api.getDisplayedRowCount()) return
    api.ensureIndexVisible(index)
    drawing.drawAtOnce(index)
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
    refresh: () => feed.current.refresh(),
    pick: () => {
      const [now, index] = [sourceOf(latest, { current: api }), place()]
      if (now !== null && index !== null) void pickRow(now, index, false)
    },
  }
}
