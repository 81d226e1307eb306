import type { ModelPage } from '#shared/domain/model-list.ts'
import type { Result } from '#shared/result.ts'
import type { ConsoleClient } from '../../client.ts'
import type { ModelSort } from '../../state/models-route.ts'

export interface OpenModels {
  /** Rows of the list; `isAnother`: the list was no longer kept, and what was loaded before belongs to another. */
  page(
    start: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<{ page: Result<ModelPage>; isAnother: boolean }>
  /** The next page begins a new list. */
  renew(): void
}

/** All pages of a query are of the list that was opened with the first, whatever scans write meanwhile. */
export function createOpenModels(client: ConsoleClient, query: string, sort: ModelSort): OpenModels {
  let version: string | undefined
  return {
    async page(start, limit, signal) {
      const asked = version
      const request = { query, sort, start, limit, ...(asked === undefined ? {} : { version: asked }) }
      const page = await client.call('model.page', request, signal)
      const isAnother = page.ok && asked !== undefined && asked === version && page.value.version !== asked
      if (page.ok && (version === undefined || isAnother)) version = page.value.version
      return { page, isAnother }
    },
    renew() {
      version = undefined
    },
  }
}
