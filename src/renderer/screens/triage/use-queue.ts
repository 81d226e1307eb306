import { useCallback, useMemo, useRef, useState } from 'react'
import type { TriageFilter, TriageRow, TriageSummary } from '#shared/domain/triage.ts'
import type { OwnerId } from '#shared/ids.ts'
import type { Failure } from '#shared/result.ts'
import type { GridHandle } from '../../components/data-grid.tsx'
import type { LoadRows } from '../../components/grid-source.ts'
import { useParts } from '../../data/parts.tsx'
import { type Read, useRead } from '../../data/reads.ts'
import type { TriageRoute } from '../../state/triage-route.ts'

export interface Queue {
  readonly filter: TriageFilter
  readonly load: LoadRows<TriageRow>
  /** How many rows the grid shows, and of which state of the queue; null: nothing has been asked yet. */
  readonly shown: { readonly total: number; readonly version: number } | null
  readonly summary: Read<TriageSummary>
  readonly trouble: { readonly failure: Failure | null; readonly error: string | null } | null
  /** The queue is another one by now. */
  readonly isOutdated: boolean
  readonly refresh: () => void
  readonly handle: { current: GridHandle<TriageRow> | null }
}

export function filterOf({ tab, states, query, only, owner }: TriageRoute): TriageFilter {
  // On the tab of owners it says who is shown beside the list.
  const isAsked = typeof owner === 'number' && tab !== 'owners'
  return { states: [...states], query, only, owner: isAsked ? (owner as OwnerId) : null }
}

/** What the queue's grid shows, and whether that is still so. */
export function useQueue(route: TriageRoute): Queue {
  const { client } = useParts()
  const handle = useRef<GridHandle<TriageRow> | null>(null)
  const [shown, setShown] = useState<Queue['shown']>(null)
  const [trouble, setTrouble] = useState<Queue['trouble']>(null)
  const { sort } = route
  const key = JSON.stringify(filterOf(route))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that matters of the route
  const filter = useMemo(() => filterOf(route), [key])
  const load = useCallback<LoadRows<TriageRow>>(
    async (start, limit, signal) => {
      try {
        const page = await client.call('owner.queue', { ...filter, sort, start, limit }, signal)
        if (signal.aborted) return null
        setTrouble(page.ok ? null : { failure: page.failure, error: null })
        if (!page.ok) return null
        const { total, version } = page.value
        setShown({ total, version })
        return page.value
      } catch (error) {
        if (!signal.aborted) setTrouble({ failure: null, error: String(error) })
        return null
      }
    },
    [client, filter, sort],
  )
  const summary = useRead('owner.summarise', filter, { keepPrevious: true })
  const refresh = useCallback(() => handle.current?.refresh(), [])
  return {
    filter,
    load,
    shown,
    summary,
    trouble,
    isOutdated: shown !== null && summary.data !== undefined && summary.data.version > shown.version,
    refresh,
    handle,
  }
}
