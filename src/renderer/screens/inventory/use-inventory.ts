import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { InventoryPageRow } from '#shared/domain/inventory.ts'
import type { OutlineRow } from '#shared/domain/inventory-outline.ts'
import type { Failure } from '#shared/result.ts'
import type { GridHandle } from '../../components/data-grid.tsx'
import type { OutlineOf } from '../../components/grid-feed.ts'
import type { GridPage, LoadRows } from '../../components/grid-source.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useReadableQuery } from '../../query/use-readable-query.ts'
import { inventory } from '../../state/route.ts'
import { outlineCells } from './inventory-cells.tsx'
import { createOpenList } from './open-list.ts'

type Row = InventoryPageRow

export interface Inventory {
  /** What the rows were asked for: what is written, as far as it can be read. */
  readonly query: string
  readonly load: LoadRows<Row>
  readonly outline: OutlineOf<OutlineRow>
  readonly onPage: (page: GridPage<Row>) => void
  /** How many rows the grid shows; null: nothing has been asked yet. */
  readonly total: number | null
  /** How many instances there are whatever is filtered. */
  readonly all: number | null
  /** Why rows could not be had. */
  readonly failure: Failure | null
  readonly error: string | null
  /** What has come since the grid was filled: so many more rows, or just something else. */
  readonly news: { readonly more: number } | null
  readonly showNews: () => void
  readonly handle: { current: GridHandle<Row> | null }
}

/** What the inventory's grid shows, and what it does not show yet. */
export function useInventory(): Inventory {
  const { client, changes } = useParts()
  const { text, sort } = useScreenRoute('inventory', inventory)
  const query = useReadableQuery(text, false)
  const handle = useRef<GridHandle<Row> | null>(null)
  const [total, setTotal] = useState<number | null>(null)
  const [trouble, setTrouble] = useState<{ failure: Failure | null; error: string | null } | null>(null)
  const [shownChange, setShownChange] = useState(0)
  const lastChange = useStore(changes).count

  const list = useMemo(() => createOpenList(client, query, sort), [client, query, sort])

  const load = useCallback<LoadRows<Row>>(
    async (start, limit, signal) => {
      setShownChange(changes.getState().count)
      try {
        const { page, isAnother } = await list.page(start, limit, signal)
        if (signal.aborted) return null
        setTrouble(page.ok ? null : { failure: page.failure, error: null })
        if (isAnother) handle.current?.refresh()
        return page.ok ? page.value : null
      } catch (error) {
        if (!signal.aborted) setTrouble({ failure: null, error: String(error) })
        return null
      }
    },
    [list, changes],
  )
  const fresh = useRead('inventory.page', { query, limit: 0 }, { keepPrevious: true })
  const all = useRead('workspace.show', {}).data?.instanceCount ?? null
  const more = fresh.data === undefined || total === null || fresh.isOld ? 0 : fresh.data.total - total
  const hasNews = lastChange > shownChange && total !== null
  const showNews = useCallback(() => {
    list.renew()
    handle.current?.refresh()
  }, [list])

  // An empty list has no place that could be lost.
  useEffect(() => {
    if (total === 0 && more > 0) showNews()
  }, [total, more, showNews])

  return {
    query,
    load,
    outline: useMemo(() => ({ load: list.outline, cells: outlineCells }), [list]),
    onPage: useCallback(page => setTotal(page.total), []),
    total,
    all,
    failure: trouble?.failure ?? null,
    error: trouble?.error ?? null,
    news: hasNews && total !== 0 ? { more } : null,
    showNews,
    handle,
  }
}
