import { useSyncExternalStore } from 'react'
import css from './data-grid.module.css'
import type { GridColumn } from './grid-columns.tsx'
import type { OutlineOf } from './grid-feed.ts'
import { type ColumnLayout, inOrder } from './grid-layout.ts'
import type { GridOutline } from './grid-outline.ts'
import { pickWidth } from './grid-picks.tsx'

export interface StubProps<Row, Sketch> {
  readonly node: { readonly rowIndex: number | null }
  /** Its page is there, and its cells are not drawn yet. */
  readonly data?: Row | undefined
  readonly columns: readonly GridColumn<Row>[]
  readonly layout: ColumnLayout
  readonly hasBoxes: boolean
  readonly cells: OutlineOf<Sketch>['cells'] | undefined
  readonly outline: GridOutline<Sketch> | null
}

const never = () => () => {}

/** A row without cells: what its page or the outline says of it, where the cells will say it. One element instead of a cell each: it is drawn while somebody scrolls or types. */
export function StubRow<Row, Sketch>({ node, data, ...stub }: StubProps<Row, Sketch>) {
  const { outline, cells = {}, columns, layout, hasBoxes } = stub
  const index = node.rowIndex ?? -1
  const sketch = useSyncExternalStore(outline?.subscribe ?? never, () => outline?.at(index))
  return (
    <div className={css['stub']}>
      {hasBoxes ? <span style={{ width: pickWidth }} /> : null}
      {firstColumns(columns, layout).map(({ id, width, cell: Cell }) => {
        const Sketched = cells[id]
        return (
          <span key={id} className={css['stubCell']} style={{ width: layout.widths[id] ?? width }}>
            {data !== undefined ? (
              <Cell row={data} />
            ) : sketch !== undefined && Sketched !== undefined ? (
              <Sketched row={sketch} />
            ) : (
              <span className={css['waiting']} />
            )}
          </span>
        )
      })}
      <span className={css['stubRest']} />
    </div>
  )
}

/** Those that stay in place while the rest is moved sideways. */
function firstColumns<Row>(columns: readonly GridColumn<Row>[], layout: ColumnLayout): GridColumn<Row>[] {
  return inOrder(columns, layout.order).filter(
    ({ id, isPinned = false }) => isPinned && layout.hidden[id] !== true,
  )
}
