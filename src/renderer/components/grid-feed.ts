import { type ComponentType, useEffect, useMemo, useRef, useState } from 'react'
import { now } from '../format/clock.ts'
import { createGridOutline, type GridOutline } from './grid-outline.ts'
import { createGridSource, type GridPage, type GridSource, type LoadRows } from './grid-source.ts'

/** As much of the grid as feeding it needs. */
export interface FedGrid {
  isDestroyed(): boolean
  getFirstDisplayedRowIndex(): number
  getLastDisplayedRowIndex(): number
  refreshInfiniteCache(): void
  ensureIndexVisible(index: number, position: 'top'): void
}

/** What a list can say of rows before their pages are there. */
export interface OutlineOf<Sketch> {
  readonly load: LoadRows<Sketch | null>
  /** By column: what is drawn of it. */
  readonly cells: Readonly<Record<string, ComponentType<{ row: Sketch }>>>
}

export const blockSize = 100
const outlineSize = 4000
/** Lists of a few pages need none. */
const leastOutlined = 5 * blockSize

/** One list and everything that is known of it so far. */
interface Feed<Row, Sketch> {
  readonly load: LoadRows<Row>
  readonly source: GridSource
  readonly outline: GridOutline<Sketch> | null
  total: number
  destroy(): void
}

/** Rows make room before others take their place, which is then said. */
export interface GridRoom {
  fold(): Promise<void>
  unfold(): void
}

export interface GridFeed<Sketch> {
  /** What the grid is given. */
  readonly datasource: Pick<GridSource, 'getRows' | 'destroy'>
  /** Rows on show are the answer to an earlier question. */
  readonly isOld: boolean
  readonly outline: () => GridOutline<Sketch> | null
  /** Tells which rows are on show. */
  look(): void
  /** Everything is asked anew, without losing the place. */
  refresh(): void
}

interface FeedProps<Row, Sketch> {
  readonly load: LoadRows<Row>
  readonly onPage: (page: GridPage<Row>) => void
  readonly outline?: OutlineOf<Sketch> | undefined
}

/** Feeds the grid. Another question is first asked, and its rows take the place of those before once they are there. */
export function useGridFeed<Row, Sketch>(
  latest: { readonly current: FeedProps<Row, Sketch> },
  api: { readonly current: FedGrid | null },
  room: GridRoom,
): GridFeed<Sketch> {
  const { load } = latest.current
  const create = () => createFeed(latest, api)
  const [feed, setFeed] = useState(create)
  const current = useRef(feed)
  current.current = feed
  // biome-ignore lint/correctness/useExhaustiveDependencies: another function is another question, nothing else is
  useEffect(() => {
    if (current.current.load === load) return
    const next = create()
    let isTaken = false
    let isGone = false
    void next.source.begin().then(async () => {
      if (!isGone) await room.fold()
      if (isGone) return
      isTaken = true
      setFeed(next)
    })
    return () => {
      isGone = true
      if (isTaken) return
      next.destroy()
      room.unfold()
    }
  }, [load])
  const isFirst = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every other list
  useEffect(() => {
    // The answer to another question begins at its beginning, wherever the one before was left.
    if (!isFirst.current) api.current?.ensureIndexVisible(0, 'top')
    isFirst.current = false
    room.unfold()
  }, [feed])
  const datasource = useMemo(
    () => ({ getRows: feed.source.getRows.bind(feed.source), destroy: feed.destroy }),
    [feed],
  )
  return {
    datasource,
    isOld: feed.load !== load,
    outline: () => current.current.outline,
    look: () => look(current.current, api.current),
    refresh() {
      current.current.source.forget()
      current.current.outline?.reset()
      api.current?.refreshInfiniteCache()
    },
  }
}

function createFeed<Row, Sketch>(
  latest: { readonly current: FeedProps<Row, Sketch> },
  api: { readonly current: FedGrid | null },
): Feed<Row, Sketch> {
  const { load, outline: offered } = latest.current
  const source = createGridSource<Row>({
    load,
    blockSize,
    now,
    after: (ms, act) => void setTimeout(act, ms),
    onPage(page) {
      feed.total = page.total
      latest.current.onPage(page)
    },
    onIdle: isIdle => isIdle && look(feed, api.current),
  })
  const outline =
    offered === undefined
      ? null
      : createGridOutline({ load: offered.load, chunkSize: outlineSize, mayAsk: () => source.isIdle })
  const feed: Feed<Row, Sketch> = {
    load,
    source,
    outline,
    total: 0,
    destroy() {
      source.destroy()
      outline?.destroy()
    },
  }
  return feed
}

function look<Row, Sketch>({ source, outline, total }: Feed<Row, Sketch>, api: FedGrid | null): void {
  if (api === null || api.isDestroyed()) return
  const shown = { first: api.getFirstDisplayedRowIndex(), last: api.getLastDisplayedRowIndex() }
  if (shown.first < 0) return
  source.look(shown)
  if (total >= leastOutlined) outline?.go(shown, total)
}
