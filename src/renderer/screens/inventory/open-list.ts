import type { InventoryPage, SortColumn } from '#shared/domain/inventory.ts'
import { type OutlineRow, outlineRows } from '#shared/domain/inventory-outline.ts'
import type { Result } from '#shared/result.ts'
import type { ConsoleClient } from '../../client.ts'
import type { GridPage } from '../../components/grid-source.ts'

export interface OpenList {
  /** Rows of the list; `isAnother`: the list was no longer kept, and what was loaded before belongs to another. */
  page(
    start: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<{ page: Result<InventoryPage>; isAnother: boolean }>
  /** The least there is to say of many rows; null: not of this list, or not to be had. */
  outline(start: number, limit: number, signal: AbortSignal): Promise<GridPage<OutlineRow | null> | null>
  /** The next page begins a new list. */
  renew(): void
}

/** All pages of a query are of the list that was opened with the first, whatever scans write meanwhile. */
export function createOpenList(
  client: ConsoleClient,
  query: string,
  sort: { readonly column: SortColumn; readonly descending: boolean } | null,
): OpenList {
  let version: number | null = null
  return {
    async page(start, limit, signal) {
      const asked = version
      const request = { query, start, limit, sort: sort === null ? [] : [sort] }
      const page = await client.call(
        'inventory.page',
        asked === null ? request : { ...request, version: asked },
        signal,
      )
      const isAnother = page.ok && asked !== null && asked === version && page.value.version !== asked
      if (page.ok && (version === null || isAnother)) version = page.value.version
      return { page, isAnother }
    },
    async outline(start, limit, signal) {
      const asked = version
      if (asked === null) return null
      const request = { query, start, limit, sort: sort === null ? [] : [sort], version: asked }
      const outline = await client.call('inventory.outline', request, signal)
      if (!outline.ok || outline.value.version !== version) return null
      return { rows: outlineRows(outline.value), total: outline.value.total }
    },
    renew() {
      version = null
    },
  }
}
