import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import type { ConsoleClient } from '../client.ts'
import type { ActingStore } from '../state/acting.ts'
import type { BackendStore } from '../state/backend.ts'
import type { ChangesStore } from '../state/changes.ts'
import type { GridLayoutStore } from '../state/grid-layout.ts'
import type { Navigation } from '../state/navigation.ts'
import type { Preferences, PreferencesStore } from '../state/preferences.ts'
import type { Route } from '../state/route.ts'
import type { FollowedScan, ScanActivity } from '../state/scan-activity.ts'
import type { ViewLayoutsStore } from '../state/view-layouts.ts'

/** What the whole console is built on: made once in `main.tsx`, handed to every screen. */
export interface Parts {
  readonly client: ConsoleClient
  readonly navigation: Navigation
  readonly preferences: PreferencesStore
  readonly backend: BackendStore
  readonly scan: FollowedScan
  readonly changes: ChangesStore
  readonly inventoryLayout: GridLayoutStore
  readonly modelsLayout: GridLayoutStore
  readonly viewLayouts: ViewLayoutsStore
  readonly triageLayout: GridLayoutStore
  readonly acting: ActingStore
  readonly findingsLayout: GridLayoutStore
}

const PartsContext = createContext<Parts | null>(null)

export function PartsProvider({ parts, children }: { parts: Parts; children: ReactNode }) {
  return <PartsContext value={parts}>{children}</PartsContext>
}

export function useParts(): Parts {
  const parts = useContext(PartsContext)
  if (parts === null) throw new Error('outside of PartsProvider')
  return parts
}

export function useRoute(): Route {
  return useStore(useParts().navigation.store)
}

/** Where the given screen stands, as long as it is the one on show. */
export function useScreenRoute<S extends Route['screen']>(
  screen: S,
  otherwise: Extract<Route, { screen: S }>,
) {
  const route = useRoute()
  return route.screen === screen ? (route as Extract<Route, { screen: S }>) : otherwise
}

export function usePreferences(): Preferences {
  return useStore(useParts().preferences)
}

export function useScanActivity(): ScanActivity {
  return useStore(useParts().scan.store)
}
