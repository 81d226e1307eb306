import type { InventoryPage, SortColumn } from '#shared/domain/inventory.ts'
import type { Result } from '#shared/result.ts'
import type { ConsoleClient } from '../../client.ts'

export interface OpenList {
  /** Rows of the list; `isAnother`: the list was no longer kept, and what was loaded before belongs to another. */
  page(
    start: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<{ page: Result<InventoryPage>; isAnother: boolean }>
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
    renew() {
      version = null
    },
  }
}
