import { useSyncExternalStore } from 'react'
import css from './data-grid.module.css'
import type { GridColumn } from './grid-columns.tsx'
import type { OutlineOf } from './grid-feed.ts'
import { type ColumnLayout, inOrder } from './grid-layout.ts'
import type { GridOutline } from './grid-outline.ts'
import { pickWidth } from './grid-picks.tsx'

export interface StubProps<Row, Sketch> {
  readonly node: { readonly rowIndex: number | null }
  readonly columns: readonly GridColumn<Row>[]
  readonly layout: ColumnLayout
  readonly hasBoxes: boolean
  readonly cells: OutlineOf<Sketch>['cells'] | undefined
  readonly outline: GridOutline<Sketch> | null
}

const never = () => () => {}

/** A row whose page is not there yet: what the outline says of it, where the cells will say it. One element instead of a cell each: it is drawn while somebody scrolls. */
export function StubRow<Row, Sketch>({ node, ...stub }: StubProps<Row, Sketch>) {
  const { outline, cells = {}, columns, layout, hasBoxes } = stub
  const index = node.rowIndex ?? -1
  const row = useSyncExternalStore(outline?.subscribe ?? never, () => outline?.at(index))
  const pinned = inOrder(columns, layout.order).filter(
    ({ id, isPinned = false }) => isPinned && layout.hidden[id] !== true,
  )
  return (
    <div className={css['stub']}>
      {hasBoxes ? <span style={{ width: pickWidth }} /> : null}
      {pinned.map(({ id, width }) => {
        const Cell = row === undefined ? undefined : cells[id]
        return (
          <span key={id} className={css['stubCell']} style={{ width: layout.widths[id] ?? width }}>
            {row === undefined || Cell === undefined ? (
              <span className={css['waiting']} />
            ) : (
              <Cell row={row} />
            )}
          </span>
        )
      })}
      <span className={css['stubRest']} />
    </div>
  )
}
