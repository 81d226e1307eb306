import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ConsoleClient } from '../client.ts'

/** Counts how often the data has changed, however often it was told. */
export type ChangesStore = StoreApi<{ readonly count: number }>

/** A scan tells of every batch; twice a second is enough for people. */
const quietMs = 500

/** Follows changes of the data, gathered so that a busy scan does not make the page ask without end. */
export function followChanges(
  client: Pick<ConsoleClient, 'on'>,
  later: (act: () => void, ms: number) => void,
): ChangesStore {
  const store = createStore(() => ({ count: 0 }))
  let isWaiting = false
  client.on('data.changed', () => {
    if (isWaiting) return
    isWaiting = true
    later(() => {
      isWaiting = false
      store.setState(({ count }) => ({ count: count + 1 }))
    }, quietMs)
  })
  return store
}
