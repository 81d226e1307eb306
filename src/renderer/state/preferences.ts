import * as z from 'zod'
import type { StoreApi } from 'zustand/vanilla'
import { type Language, languages } from '../format/language.ts'
import { createRemembered, type Memory } from './remembered.ts'

/** How one person likes the console; of no concern to anybody else's. */
export const Preferences = z.object({
  theme: z.enum(['light', 'dark', 'system']),
  language: z.enum(languages),
  density: z.enum(['compact', 'comfortable']),
  railCollapsed: z.boolean(),
  drawerWidth: z.int().min(360).max(1200),
})
export type Preferences = z.infer<typeof Preferences>
export type PreferencesStore = StoreApi<Preferences>

export function createPreferences(memory: Memory, language: Language): PreferencesStore {
  return createRemembered(memory, 'paddock.preferences', Preferences, {
    theme: 'system',
    language,
    density: 'compact',
    railCollapsed: false,
    drawerWidth: 640,
  })
}
