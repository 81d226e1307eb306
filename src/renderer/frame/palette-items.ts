import {
  type Icon,
  IconFileImport,
  IconFlask,
  IconKeyboard,
  IconLanguage,
  IconLink,
  IconListSearch,
  IconMoon,
  IconNetwork,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlus,
  IconRadar2,
  IconRowInsertBottom,
  IconSettings,
  IconSun,
  IconSunMoon,
} from '@tabler/icons-react'
import { useStartSimulation } from '../actions/simulation.tsx'
import { useStopScan } from '../actions/stop-scan.ts'
import { type Parts, useParts, usePreferences, useScanActivity } from '../data/parts.tsx'
import type { Words } from '../i18n/use-words.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Preferences } from '../state/preferences.ts'
import { followLink, imports, inventory, ranges, scans, settings } from '../state/route.ts'

export interface PaletteItem {
  readonly id: string
  readonly group: 'go' | 'do'
  readonly label: string
  readonly icon: Icon
  readonly keys?: string
  readonly run: () => void
}

/** What the palette offers for what is typed: every word must occur in the label. */
export function usePaletteItems(query: string, onKeys: () => void): readonly PaletteItem[] {
  const { t } = useWords()
  const parts = useParts()
  const preferences = usePreferences()
  const { progress } = useScanActivity()
  const simulation = useStartSimulation()
  const stop = useStopScan()
  const link = followLink(query)
  if (link !== null) {
    const run = () => parts.navigation.go(link)
    return [
      { id: 'link', group: 'go', label: t('palette.link', { link: query.trim() }), icon: IconLink, run },
    ]
  }
  const scanItem: PaletteItem =
    progress === null
      ? act('scan', t('scans.start'), IconPlayerPlay, () => parts.navigation.go({ ...scans, scan: 'new' }))
      : act('stop', t('scans.stop'), IconPlayerStop, () => void stop.run())
  const all: PaletteItem[] = [
    ...screens(t, parts),
    scanItem,
    act('range', t('ranges.add'), IconPlus, () => parts.navigation.go({ ...ranges, range: 'new' })),
    act('simulation', t('simulation.try'), IconFlask, () => void simulation.start()),
    ...appearances(t, parts, preferences),
    act('keys', t('keys.title'), IconKeyboard, onKeys),
  ]
  const words = query.toLowerCase().split(/\s+/)
  return all.filter(({ label }) => words.every(word => label.toLowerCase().includes(word)))
}

function act(id: string, label: string, icon: Icon, run: () => void): PaletteItem {
  return { id, group: 'do', label, icon, run }
}

function screens(t: Words, { navigation }: Parts): PaletteItem[] {
  const places = [
    [inventory, IconListSearch, 'G I'],
    [ranges, IconNetwork, 'G R'],
    [scans, IconRadar2, 'G S'],
    [imports, IconFileImport, 'G M'],
    [settings, IconSettings, 'G ,'],
  ] as const
  return places.map(([route, icon, keys]) => ({
    id: route.screen,
    group: 'go',
    label: t(`screen.${route.screen}`),
    icon,
    keys,
    run: () => navigation.go(route),
  }))
}

/** What is already so is not offered. */
function appearances(t: Words, { preferences }: Parts, now: Preferences): PaletteItem[] {
  const themes = [
    ['light', IconSun],
    ['dark', IconMoon],
    ['system', IconSunMoon],
  ] as const
  const density = now.density === 'compact' ? 'comfortable' : 'compact'
  const language = now.language === 'en' ? 'de' : 'en'
  return [
    ...themes
      .filter(([theme]) => theme !== now.theme)
      .map(([theme, icon]) =>
        act(theme, t(`palette.theme.${theme}`), icon, () => preferences.setState({ theme })),
      ),
    act('language', t(`palette.language.${language}`), IconLanguage, () =>
      preferences.setState({ language }),
    ),
    act('density', t(`palette.density.${density}`), IconRowInsertBottom, () =>
      preferences.setState({ density }),
    ),
  ]
}
