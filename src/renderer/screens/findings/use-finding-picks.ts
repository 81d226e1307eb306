import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { FindingId } from '#shared/ids.ts'
import { type GridPicks, nonePicked, type Picked } from '../../components/grid-picks.tsx'
import { useWords } from '../../i18n/use-words.ts'

/** What of a list something is to be done with: all its rows, only some, or all but some. A row is all of its group. */
export interface FindingTarget {
  readonly query: string
  readonly rows?: FindingId[]
  readonly except?: FindingId[]
}

export interface FindingPicks {
  readonly grid: GridPicks
  readonly picked: Picked
  readonly target: FindingTarget
  readonly isAny: boolean
  chooseAll(): void
  clear(): void
}

function createState() {
  let picked = nonePicked
  const listeners = new Set<() => void>()
  return {
    get: () => picked,
    set(next: Picked) {
      picked = next
      for (const listener of listeners) listener()
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** What is chosen in the list. Another query is another choice: what was chosen before is let go. */
export function useFindingPicks(query: string): FindingPicks {
  const { t } = useWords()
  const store = useMemo(createState, [])
  const picked = useSyncExternalStore(store.subscribe, store.get)
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every other query, nothing is chosen
  useEffect(() => store.set(nonePicked), [store, query])
  const actions = useMemo(
    () => ({
      chooseAll: () => store.set({ all: true, keys: new Set() }),
      clear: () => store.set(nonePicked),
    }),
    [store],
  )
  const grid = useMemo<GridPicks>(
    () => ({
      get: store.get,
      set: store.set,
      subscribe: store.subscribe,
      label: t('findings:many.row'),
      allLabel: t('findings:many.allRows'),
      onAll: isWanted => (isWanted ? actions.chooseAll() : actions.clear()),
    }),
    [store, t, actions],
  )
  const ids = [...picked.keys].map(key => Number(key) as FindingId)
  const target = picked.all ? { query, except: ids } : { query, rows: ids }
  return { grid, picked, target, isAny: picked.all || picked.keys.size > 0, ...actions }
}
