import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { FindingPage, FindingPageRow } from '#shared/domain/finding-list.ts'
import { parseFindingQuery } from '#shared/query/finding-query.ts'
import type { Failure } from '#shared/result.ts'
import type { GridHandle } from '../../components/data-grid.tsx'
import type { LoadRows } from '../../components/grid-source.ts'
import { useDebounced } from '../../components/use-debounced.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { findings } from '../../state/findings-route.ts'

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
  const opened = useMemo(() => ({ query, sort, version: null as number | null }), [query, sort])

  const load = useCallback<LoadRows<FindingPageRow>>(
    async (start, limit, signal) => {
      setShownChange(changes.getState().count)
      const asked = opened.version
      const request = { query: opened.query, sort: opened.sort === null ? [] : [opened.sort], grouped: true }
      try {
        const page = await client.call(
          'finding.page',
          { ...request, start, limit, ...(asked === null ? {} : { version: asked }) },
          signal,
        )
        if (signal.aborted) return null
        setTrouble({ failure: page.ok ? null : page.failure, error: null })
        if (!page.ok) return null
        const isAnother = asked !== null && page.value.version !== asked
        if (opened.version === null || isAnother) opened.version = page.value.version
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

/** The query as far as it can be read: while a mistake is in it, the one before. */
function useReadable(written: string): string {
  const query = useDebounced(written, 150)
  const last = useRef('')
  if (parseFindingQuery(query).ok) last.current = query
  return last.current
}
