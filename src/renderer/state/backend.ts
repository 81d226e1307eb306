import { createStore, type StoreApi } from 'zustand/vanilla'
import type { BackendStatus, ConsoleClient } from '../client.ts'

export interface BackendState {
  readonly status: BackendStatus
  /** It died and came back, and nobody has read that yet. */
  readonly hasReturned: boolean
}
export type BackendStore = StoreApi<BackendState>

/** Follows how the backend is. `onReady` is called whenever answers can be had (again). */
export function followBackend(client: Pick<ConsoleClient, 'on'>, onReady: () => void): BackendStore {
  const store = createStore<BackendState>(() => ({ status: { state: 'starting' }, hasReturned: false }))
  client.on('backend', status => {
    const before = store.getState()
    const hasReturned = status.state === 'restarted' ? true : before.hasReturned && status.state !== 'failed'
    store.setState({ status, hasReturned })
    if (status.state === 'ready' || status.state === 'restarted') onReady()
  })
  return store
}

/** The person has read that the backend came back. */
export function acknowledgeReturn(store: BackendStore): void {
  store.setState({ hasReturned: false })
}
