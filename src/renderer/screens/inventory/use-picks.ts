import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { Chosen, Selection } from '#shared/domain/selection.ts'
import type { InstanceId } from '#shared/ids.ts'
import type { Failure } from '#shared/result.ts'
import { type GridPicks, nonePicked, type Picked } from '../../components/grid-picks.tsx'
import { useParts } from '../../data/parts.tsx'
import { useWords } from '../../i18n/use-words.ts'

/** What is chosen in the inventory, and how a command is told of it. */
export interface InventoryPicks {
  readonly grid: GridPicks
  readonly picked: Picked
  /** Every row of a query, as it was when it was chosen; null: rows are chosen one by one. */
  readonly selection: Selection | null
  /** How many are chosen. */
  readonly count: number
  /** Why all could not be chosen. */
  readonly failure: Failure | null
  chooseAll(): Promise<void>
  clear(): void
}

interface State {
  readonly picked: Picked
  readonly selection: Selection | null
  readonly failure: Failure | null
}

const nothing: State = { picked: nonePicked, selection: null, failure: null }

function createState() {
  let state = nothing
  const listeners = new Set<() => void>()
  return {
    get: () => state,
    set(next: State) {
      state = next
      for (const listener of listeners) listener()
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** Another query is another choice: what was chosen before is let go. */
export function useInventoryPicks(query: string): InventoryPicks {
  const { client } = useParts()
  const { t } = useWords()
  const store = useMemo(createState, [])
  const state = useSyncExternalStore(store.subscribe, store.get)
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every other query, nothing is chosen
  useEffect(() => store.set(nothing), [store, query])

  const chooseAll = useCallback(async () => {
    const answer = await client.call('inventory.select', { query })
    if (!answer.ok) store.set({ ...nothing, failure: answer.failure })
    else store.set({ picked: { all: true, keys: new Set() }, selection: answer.value, failure: null })
  }, [client, query, store])
  const clear = useCallback(() => store.set(nothing), [store])
  // The same object for every query: another one makes the grid work out its columns anew.
  const onAll = useRef<(isWanted: boolean) => void>(clear)
  onAll.current = isWanted => (isWanted ? void chooseAll() : clear())
  const grid = useMemo<GridPicks>(
    () => ({
      get: () => store.get().picked,
      set: picked => store.set({ ...store.get(), picked, failure: null }),
      subscribe: store.subscribe,
      label: t('inventory.bulk.row'),
      allLabel: t('inventory.bulk.allRows'),
      onAll: isWanted => onAll.current(isWanted),
    }),
    [store, t],
  )
  const { picked, selection, failure } = state
  const count = picked.all ? Math.max(0, (selection?.count ?? 0) - picked.keys.size) : picked.keys.size
  return { grid, picked, selection, count, failure, chooseAll, clear }
}

/** As a command takes it: the query with what shows whether it still finds the same, or the rows by number. */
export function chosenOf({ picked, selection }: Pick<InventoryPicks, 'picked' | 'selection'>): Chosen {
  if (picked.all && selection !== null)
    return { instances: [], selection: { ...selection, except: idsOf(picked) } }
  return { instances: [...picked.keys] }
}

export function idsOf({ keys }: Picked): InstanceId[] {
  return [...keys].map(key => Number(key) as InstanceId)
}
