import type { KeyboardEvent, ReactNode } from 'react'
import css from './table.module.css'

export interface TableColumn<Row> {
  readonly id: string
  readonly head: ReactNode
  /** Numbers stand at the right. */
  readonly alignEnd?: boolean
  /** CSS width; absent: as wide as its content needs. */
  readonly width?: string
  /** Broken into lines where it is long. */
  readonly wraps?: boolean
  readonly cell: (row: Row) => ReactNode
}

export interface TableProps<Row> {
  /** What it lists, for who cannot see what it stands beside. */
  readonly label: string
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly selectedKey?: string | null
  /** Where a row leads; the cell of the column that leads is then a link. */
  readonly link?: (row: Row) => string
  /** The column that leads; absent: the first. */
  readonly leads?: string
  /** A last row that adds up. */
  readonly total?: readonly ReactNode[]
  /** Stands in a drawer: narrower, without the page's margins. */
  readonly isInset?: boolean
}

/** A table that is short enough to be shown whole. Rows that lead somewhere are links; arrows and j/k move between them. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, rowKey, total, isInset = false } = props
  return (
    <div className={css['frame']} data-inset={isInset || undefined}>
      <table className={css['table']} aria-label={label}>
        <thead>
          <tr>
            {columns.map(column => (
              <th
                key={column.id}
                scope="col"
                data-end={column.alignEnd || undefined}
                style={column.width === undefined ? undefined : { width: column.width }}
              >
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={moveThroughRows}>
          {rows.map(row => (
            <TableRow key={rowKey(row)} row={row} table={props} />
          ))}
        </tbody>
        {total === undefined ? null : <TotalRow cells={total} columns={columns} />}
      </table>
    </div>
  )
}

function TableRow<Row>({ row, table }: { row: Row; table: TableProps<Row> }) {
  const { columns, rowKey, selectedKey = null, link, leads = columns[0]?.id } = table
  const href = link?.(row)
  return (
    <tr
      data-leads={href === undefined ? undefined : true}
      data-selected={rowKey(row) === selectedKey || undefined}
      // the whole row is a larger target for the mouse; keyboard and screen reader have the link
      onClick={event => href !== undefined && !isSelectingText() && followRow(event.currentTarget)}
    >
      {columns.map(column => (
        <td key={column.id} data-end={column.alignEnd || undefined} data-wraps={column.wraps || undefined}>
          {column.id === leads && href !== undefined ? (
            <a
              href={href}
              data-row-link
              className={css['link']}
              aria-current={rowKey(row) === selectedKey || undefined}
              onClick={event => event.stopPropagation()}
            >
              {column.cell(row)}
            </a>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  )
}

function TotalRow<Row>({
  cells,
  columns,
}: {
  cells: readonly ReactNode[]
  columns: readonly TableColumn<Row>[]
}) {
  return (
    <tfoot>
      <tr>
        {columns.map((column, index) => (
          <td key={column.id} data-end={column.alignEnd || undefined}>
            {cells[index]}
          </td>
        ))}
      </tr>
    </tfoot>
  )
}

function isSelectingText(): boolean {
  return window.getSelection()?.isCollapsed === false
}

function followRow(row: HTMLElement): void {
  row.querySelector<HTMLElement>('a[data-row-link]')?.click()
}

/** Moves the focus to the link of the next or previous row. */
function moveThroughRows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
  const isTyping = event.target instanceof HTMLInputElement
  if (step === undefined || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('td > a[data-row-link]')]
  const row = (event.target as HTMLElement).closest('tr')
  const next = links[links.findIndex(link => row?.contains(link)) + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
