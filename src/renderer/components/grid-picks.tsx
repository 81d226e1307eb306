import { type MouseEvent, useSyncExternalStore } from 'react'
import css from './data-grid.module.css'
import type { LoadRows } from './grid-source.ts'

/** Which rows are chosen for something to be done with them. */
export interface Picked {
  /** Every row there is but those in `keys`; else only those. */
  readonly all: boolean
  readonly keys: ReadonlySet<string>
}

export const nonePicked: Picked = { all: false, keys: new Set() }

/** Where a grid keeps what is chosen, and the words it needs for it. */
export interface GridPicks {
  get(): Picked
  set(picked: Picked): void
  subscribe(listener: () => void): () => void
  readonly label: string
  readonly allLabel: string
  /** The box at the head was ticked. */
  onAll(isWanted: boolean): void
}

export function isPicked({ all, keys }: Picked, key: string): boolean {
  return keys.has(key) !== all
}

/** The same with a row added or taken out. */
export function withPick(picked: Picked, key: string, isWanted: boolean): Picked {
  const keys = new Set(picked.keys)
  if (isWanted === picked.all) keys.delete(key)
  else keys.add(key)
  return { ...picked, keys }
}

/** A range of rows is at most so long. */
const mostInRange = 10_000
const perLoad = 500

/** As much of the grid as choosing rows needs. */
interface ShownRows<Row> {
  getDisplayedRowAtIndex(index: number): { readonly data?: Row | undefined } | undefined
}

interface PickCell<Row> {
  readonly data: Row | undefined
  readonly node: { readonly rowIndex: number | null }
}

export interface PickSource<Row> {
  readonly api: ShownRows<Row>
  readonly picks: GridPicks
  readonly rowKey: (row: Row) => string
  readonly load: LoadRows<Row>
}

/** Where a range begins: the row that was picked last. */
const anchors = new WeakMap<GridPicks, number>()

/** One row, or with `isRange` all from the one picked last up to it. */
export async function pickRow<Row>(source: PickSource<Row>, index: number, isRange: boolean): Promise<void> {
  const { api, picks, rowKey } = source
  const row = api.getDisplayedRowAtIndex(index)?.data
  if (row === undefined) return
  const anchor = anchors.get(picks)
  const isWanted = isRange || !isPicked(picks.get(), rowKey(row))
  const rows = isRange && anchor !== undefined ? await rowsBetween(source, anchor, index) : [row]
  picks.set(rows.reduce((picked, each) => withPick(picked, rowKey(each), isWanted), picks.get()))
  anchors.set(picks, index)
}

/** Rows that were never scrolled into view are asked for. */
async function rowsBetween<Row>({ api, load }: PickSource<Row>, a: number, b: number): Promise<Row[]> {
  const [first, last] = [Math.min(a, b), Math.min(Math.max(a, b), Math.min(a, b) + mostInRange - 1)]
  const shown: Row[] = []
  for (let index = first; index <= last; index++) {
    const row = api.getDisplayedRowAtIndex(index)?.data
    if (row === undefined) return loadedBetween(load, first, last)
    shown.push(row)
  }
  return shown
}

async function loadedBetween<Row>(load: LoadRows<Row>, first: number, last: number): Promise<Row[]> {
  const rows: Row[] = []
  for (let start = first; start <= last; start += perLoad) {
    const page = await load(start, Math.min(perLoad, last - start + 1), new AbortController().signal)
    rows.push(...(page?.rows ?? []))
  }
  return rows
}

/** The column of boxes before all others. */
export function pickColumn<Row>(picks: GridPicks, source: () => PickSource<Row> | null) {
  const pick = (index: number | null, event: MouseEvent) => {
    const now = source()
    if (now !== null && index !== null) void pickRow(now, index, event.shiftKey)
  }
  return {
    colId: pickId,
    width: pickWidth,
    minWidth: pickWidth,
    resizable: false,
    pinned: 'left' as const,
    lockPinned: true,
    lockPosition: 'left' as const,
    headerComponent: PickHead,
    headerComponentParams: { picks },
    cellClass: css['pick'] ?? '',
    headerClass: css['pick'] ?? '',
    cellRenderer: ({ data, node }: PickCell<Row>) =>
      data === undefined ? null : (
        <PickBox
          picks={picks}
          name={source()?.rowKey(data) ?? ''}
          onPick={event => pick(node.rowIndex, event)}
        />
      ),
  }
}

export const pickId = 'pick'
export const pickWidth = 40

/** Whoever clicks a box means the box, and not the row. */
export function isBox(target: EventTarget | null): boolean {
  // What the click changed may have drawn the cell anew: the box is then in no cell any more.
  return (
    target instanceof HTMLInputElement ||
    (target instanceof Element && target.closest(`[col-id="${pickId}"]`) !== null)
  )
}

interface PickBoxProps {
  readonly picks: GridPicks
  readonly name: string
  readonly onPick: (event: MouseEvent) => void
}

function PickBox({ picks, name, onPick }: PickBoxProps) {
  const isChecked = useSyncExternalStore(picks.subscribe, () => isPicked(picks.get(), name))
  return (
    <input
      type="checkbox"
      className={css['box']}
      tabIndex={-1}
      aria-label={picks.label}
      checked={isChecked}
      // what a click does is decided by its event: shift reaches from the last one
      onChange={() => {}}
      onClick={event => {
        event.stopPropagation()
        onPick(event)
      }}
    />
  )
}

function PickHead({ picks }: { picks: GridPicks }) {
  const picked = useSyncExternalStore(picks.subscribe, picks.get)
  const isSome = picked.keys.size > 0
  return (
    <input
      type="checkbox"
      className={css['box']}
      aria-label={picks.allLabel}
      title={picks.allLabel}
      checked={picked.all && !isSome}
      ref={box => {
        if (box !== null) box.indeterminate = isSome
      }}
      onChange={event => picks.onAll(event.currentTarget.checked)}
    />
  )
}
