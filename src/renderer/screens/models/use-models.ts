import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { HeldModel } from '#shared/domain/held-model.ts'
import type { Failure } from '#shared/result.ts'
import type { GridHandle } from '../../components/data-grid.tsx'
import type { GridPage, LoadRows } from '../../components/grid-source.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useReadableQuery } from '../../query/use-readable-query.ts'
import { models } from '../../state/models-route.ts'
import { createOpenModels } from './open-models.ts'

export interface ModelRows {
  /** What the rows were asked for: what is written, as far as it can be read. */
  readonly query: string
  readonly load: LoadRows<HeldModel>
  readonly onPage: (page: GridPage<HeldModel>) => void
  /** How many models the grid shows; null: nothing has been asked yet. */
  readonly total: number | null
  /** Instances the query finds that hold a model. */
  readonly instances: number | null
  readonly failure: Failure | null
  readonly error: string | null
  /** Whether something has changed since the grid was filled. */
  readonly hasNews: boolean
  readonly showNews: () => void
  readonly handle: { current: GridHandle<HeldModel> | null }
}

/** What the grid of models shows, and whether it is still so. */
export function useModels(): ModelRows {
  const { client } = useParts()
  const { text, sort } = useScreenRoute('models', models)
  const query = useReadableQuery(text)
  const handle = useRef<GridHandle<HeldModel> | null>(null)
  const [total, setTotal] = useState<number | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<{ failure: Failure | null; error: string | null } | null>(null)

  const list = useMemo(() => createOpenModels(client, query, sort), [client, query, sort])
  const load = useCallback<LoadRows<HeldModel>>(
    async (start, limit, signal) => {
      try {
        const { page, isAnother } = await list.page(start, limit, signal)
        if (signal.aborted) return null
        setTrouble(page.ok ? null : { failure: page.failure, error: null })
        if (isAnother) handle.current?.refresh()
        if (!page.ok) return null
        setShown(page.value.version)
        return page.value
      } catch (error) {
        if (!signal.aborted) setTrouble({ failure: null, error: String(error) })
        return null
      }
    },
    [list],
  )
  const fresh = useRead('model.page', { query, limit: 0 }, { keepPrevious: true })
  const showNews = useCallback(() => {
    list.renew()
    handle.current?.refresh()
  }, [list])
  const isOther = fresh.data !== undefined && !fresh.isOld && shown !== null && fresh.data.version !== shown
  // An empty list has no place that could be lost.
  useEffect(() => {
    if (isOther && total === 0) showNews()
  }, [isOther, total, showNews])
  return {
    query,
    load,
    onPage: useCallback(page => setTotal(page.total), []),
    total,
    instances: fresh.data?.instances ?? null,
    failure: trouble?.failure ?? null,
    error: trouble?.error ?? null,
    hasNews: isOther && total !== 0,
    showNews,
    handle,
  }
}
