import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ConsoleClient } from '../client.ts'

/** Whose pass goes with every command; null: whoever is at the keyboard. Kept in memory alone. */
export type ActingStore = StoreApi<{ readonly pass: string | null }>

export function createActing(client: Pick<ConsoleClient, 'actWith' | 'on'>): ActingStore {
  const store = createStore<{ pass: string | null }>(() => ({ pass: null }))
  store.subscribe(({ pass }) => client.actWith(pass))
  // A pass is good until the backend ends: the next one does not know it.
  client.on('backend', status => {
    if (status.state !== 'ready') store.setState({ pass: null })
  })
  return store
}
