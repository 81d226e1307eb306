import {
  type Icon,
  IconBox,
  IconChartGridDots,
  IconFileImport,
  IconFlask,
  IconGauge,
  IconHistory,
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
  IconReportAnalytics,
  IconRowInsertBottom,
  IconSettings,
  IconShieldCheck,
  IconSun,
  IconSunMoon,
  IconTargetArrow,
  IconUserQuestion,
} from '@tabler/icons-react'
import { useStartSimulation } from '../actions/simulation.tsx'
import { useStopScan } from '../actions/stop-scan.ts'
import { type Parts, useParts, usePreferences, useScanActivity } from '../data/parts.tsx'
import type { Words } from '../i18n/use-words.ts'
import { useWords } from '../i18n/use-words.ts'
import { audit } from '../state/audit-route.ts'
import { findings } from '../state/findings-route.ts'
import { imports } from '../state/imports-route.ts'
import { models } from '../state/models-route.ts'
import { policies } from '../state/policies-route.ts'
import type { Preferences } from '../state/preferences.ts'
import { reports } from '../state/reports-route.ts'
import { risk } from '../state/risk-route.ts'
import { followLink, inventory, overview, ranges, scans, settings } from '../state/route.ts'
import { triage } from '../state/triage-route.ts'
import type { PaletteItem } from './palette-item.ts'
import { useModelItems } from './palette-models.ts'

export type { PaletteItem } from './palette-item.ts'

/** What the palette offers for what is typed: every word must occur in the label. */
export function usePaletteItems(query: string, onKeys: () => void): readonly PaletteItem[] {
  const { t } = useWords()
  const parts = useParts()
  const preferences = usePreferences()
  const { progress } = useScanActivity()
  const simulation = useStartSimulation()
  const stop = useStopScan()
  const modelItems = useModelItems()
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
    ...modelItems,
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
    [overview, IconGauge, 'G O'],
    [inventory, IconListSearch, 'G I'],
    [risk, IconChartGridDots, 'G K'],
    [models, IconBox, 'G M'],
    [findings, IconTargetArrow, 'G F'],
    [policies, IconShieldCheck, 'G P'],
    [ranges, IconNetwork, 'G R'],
    [scans, IconRadar2, 'G S'],
    [imports, IconFileImport, 'G X'],
    [triage, IconUserQuestion, 'G T'],
    [reports, IconReportAnalytics, 'G E'],
    [audit, IconHistory, 'G A'],
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
