import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ScanProgress, ScanReport } from '#shared/domain/scan.ts'
import type { ConsoleClient } from '../client.ts'

export interface ScanActivity {
  /** null: no scan runs. */
  readonly progress: ScanProgress | null
  /** The scan that ended while this page was looking. */
  readonly ended: ScanReport | null
}
export type ScanActivityStore = StoreApi<ScanActivity>

export interface FollowedScan {
  readonly store: ScanActivityStore
  /** Asks how it stands: events tell of changes only. */
  refresh(): Promise<void>
}

/** Follows the running scan by its events. */
export function followScan(client: Pick<ConsoleClient, 'on' | 'call'>): FollowedScan {
  const store = createStore<ScanActivity>(() => ({ progress: null, ended: null }))
  client.on('scan.progressed', progress => store.setState({ progress }))
  client.on('scan.ended', ended => store.setState({ progress: null, ended }))
  client.on('backend', ({ state }) => {
    if (state === 'starting' || state === 'failed') store.setState({ progress: null })
  })
  return {
    store,
    async refresh() {
      const endedBefore = store.getState().ended
      const answer = await client.call('scan.progress', {})
      // an end that was told meanwhile is newer than this answer
      if (answer.ok && store.getState().ended === endedBefore) store.setState({ progress: answer.value })
    },
  }
}

/** 0 to 1: how much of a scan is done. */
export function shareOf({ visited, targets }: Pick<ScanProgress, 'visited' | 'targets'>): number {
  return targets === 0 ? 0 : Math.min(1, visited / targets)
}
