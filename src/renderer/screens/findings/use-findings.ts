import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { FindingPage, FindingPageRow } from '#shared/domain/finding-list.ts'
import { parseFindingQuery } from '#shared/query/finding-query.ts'
import type { Failure, Result } from '#shared/result.ts'
import type { ConsoleClient } from '../../client.ts'
import type { GridHandle } from '../../components/data-grid.tsx'
import type { LoadRows } from '../../components/grid-source.ts'
import { useDebounced } from '../../components/use-debounced.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { type FindingsRoute, findings } from '../../state/findings-route.ts'

export interface FindingList {
  /** What the rows were asked for: what is written, as far as it can be read. */
  readonly query: string
  readonly load: LoadRows<FindingPageRow>
  /** Rows and findings of the list; null: nothing has been asked yet. */
  readonly size: Pick<FindingPage, 'total' | 'findings'> | null
  readonly failure: Failure | null
  readonly error: string | null
  readonly hasNews: boolean
  readonly showNews: () => void
  readonly handle: { current: GridHandle<FindingPageRow> | null }
}

/** What the grid of findings shows. All pages are of the list that was opened with the first. */
export function useFindings(): FindingList {
  const { client, changes } = useParts()
  const { text, sort } = useScreenRoute('findings', findings)
  const query = useReadable(text)
  const handle = useRef<GridHandle<FindingPageRow> | null>(null)
  const [size, setSize] = useState<FindingList['size']>(null)
  const [trouble, setTrouble] = useState<Pick<FindingList, 'failure' | 'error'>>({
    failure: null,
    error: null,
  })
  const [shownChange, setShownChange] = useState(0)
  const lastChange = useStore(changes).count
  const opened = useMemo<Opened>(() => ({ query, sort, version: null }), [query, sort])

  const load = useCallback<LoadRows<FindingPageRow>>(
    async (start, limit, signal) => {
      setShownChange(changes.getState().count)
      try {
        const { page, isAnother } = await askPage(client, opened, { start, limit }, signal)
        if (signal.aborted) return null
        setTrouble({ failure: page.ok ? null : page.failure, error: null })
        if (!page.ok) return null
        if (isAnother) handle.current?.refresh()
        setSize({ total: page.value.total, findings: page.value.findings })
        return page.value
      } catch (error) {
        if (!signal.aborted) setTrouble({ failure: null, error: String(error) })
        return null
      }
    },
    [client, changes, opened],
  )
  const showNews = useCallback(() => {
    opened.version = null
    handle.current?.refresh()
  }, [opened])
  const hasNews = lastChange > shownChange && size !== null
  // An empty list has no place that could be lost.
  useEffect(() => {
    if (hasNews && size?.total === 0) showNews()
  }, [hasNews, size, showNews])
  return { query, load, size, ...trouble, hasNews: hasNews && size?.total !== 0, showNews, handle }
}

interface Opened {
  readonly query: string
  readonly sort: FindingsRoute['sort']
  version: number | null
}

/** `isAnother`: the list was no longer kept, and what was loaded before belongs to another. */
async function askPage(
  client: ConsoleClient,
  opened: Opened,
  { start, limit }: { readonly start: number; readonly limit: number },
  signal: AbortSignal,
): Promise<{ page: Result<FindingPage>; isAnother: boolean }> {
  const { query, sort, version } = opened
  const request = { query, sort: sort === null ? [] : [sort], grouped: true, start, limit }
  const page = await client.call('finding.page', version === null ? request : { ...request, version }, signal)
  const isAnother = page.ok && version !== null && page.value.version !== version
  if (page.ok && (opened.version === null || isAnother)) opened.version = page.value.version
  return { page, isAnother }
}

/** The query as far as it can be read: while a mistake is in it, the one before. */
function useReadable(written: string): string {
  const query = useDebounced(written, 150)
  const last = useRef('')
  if (parseFindingQuery(query).ok) last.current = query
  return last.current
}
