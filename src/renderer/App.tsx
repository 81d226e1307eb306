import { MantineProvider } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Notifications } from '@mantine/notifications'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { i18n } from 'i18next'
import { useEffect } from 'react'
import { menuLabels } from './client.ts'
import { type Parts, PartsProvider, useParts, usePreferences, useRoute } from './data/parts.tsx'
import { useRead } from './data/reads.ts'
import { Frame } from './frame/frame.tsx'
import { useWords } from './i18n/use-words.ts'
import { WordsProvider } from './i18n/words-provider.tsx'
import { AuditScreen } from './screens/audit/audit-screen.tsx'
import { FindingsScreen } from './screens/findings/findings-screen.tsx'
import { ImportsScreen } from './screens/imports/imports-screen.tsx'
import { InventoryScreen } from './screens/inventory/inventory-screen.tsx'
import { ModelsScreen } from './screens/models/models-screen.tsx'
import { OverviewScreen } from './screens/overview/overview-screen.tsx'
import { PoliciesScreen } from './screens/policies/policies-screen.tsx'
import { RangesScreen } from './screens/ranges/ranges-screen.tsx'
import { ReportsScreen } from './screens/reports/reports-screen.tsx'
import { RiskScreen } from './screens/risk/risk-screen.tsx'
import { ScansScreen } from './screens/scans/scans-screen.tsx'
import { SettingsScreen } from './screens/settings/settings-screen.tsx'
import { TriageScreen } from './screens/triage/triage-screen.tsx'
import type { Screen } from './state/route.ts'
import { mantineTheme, resolveVariables } from './theme/mantine.ts'
import { schemeOf } from './theme/scheme.ts'
import { colours, type Scheme } from './theme/tokens.ts'

const screens = {
  overview: OverviewScreen,
  risk: RiskScreen,
  inventory: InventoryScreen,
  models: ModelsScreen,
  findings: FindingsScreen,
  policies: PoliciesScreen,
  ranges: RangesScreen,
  scans: ScansScreen,
  imports: ImportsScreen,
  triage: TriageScreen,
  audit: AuditScreen,
  reports: ReportsScreen,
  settings: SettingsScreen,
} as const satisfies Record<Screen, () => unknown>

export interface AppProps {
  readonly parts: Parts
  readonly words: i18n
  readonly queries: QueryClient
}

export function App({ parts, words, queries }: AppProps) {
  return (
    <PartsProvider parts={parts}>
      <WordsProvider words={words}>
        <QueryClientProvider client={queries}>
          <Dressed />
        </QueryClientProvider>
      </WordsProvider>
    </PartsProvider>
  )
}

/** The console in the person's theme and language. */
function Dressed() {
  const scheme = useScheme()
  useLanguageOnShow()
  useWindowDress(scheme)
  return (
    <MantineProvider
      theme={mantineTheme}
      cssVariablesResolver={resolveVariables}
      forceColorScheme={scheme}
      getStyleNonce={() => document.documentElement.dataset['nonce'] ?? ''}
    >
      <Notifications position="bottom-center" limit={3} transitionDuration={120} />
      <Frame>
        <ScreenOnShow />
      </Frame>
    </MantineProvider>
  )
}

function ScreenOnShow() {
  const { screen } = useRoute()
  useTitle(screen)
  const Shown = screens[screen]
  return <Shown />
}

function useScheme(): Scheme {
  const { theme } = usePreferences()
  const isDark = useMediaQuery('(prefers-color-scheme: dark)', false, { getInitialValueInEffect: false })
  return schemeOf(theme, isDark === true)
}

function useLanguageOnShow(): void {
  const { language, density } = usePreferences()
  const { i18n } = useWords()
  useEffect(() => {
    document.documentElement.lang = language
    void i18n.changeLanguage(language)
  }, [language, i18n])
  useEffect(() => {
    document.documentElement.dataset['density'] = density
  }, [density])
}

/** Tells the window around the page how to look, and in which language its menu is. */
function useWindowDress(scheme: Scheme): void {
  const { client } = useParts()
  const { theme } = usePreferences()
  const { t, i18n } = useWords()
  const { language } = i18n
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language
  useEffect(() => {
    const background = colours[scheme].ground.surface
    client.setAppearance({ theme, background, menu: menuLabels(name => t(`menu.${name}`)) })
  }, [client, theme, scheme, language])
}

function useTitle(screen: Screen): void {
  const { t } = useWords()
  const organisation = useRead('settings.show', {}).data?.organisation
  const parts = [t(`screen.${screen}`), organisation, t('product')]
  const title = parts.filter(Boolean).join(' – ')
  useEffect(() => {
    document.title = title
  }, [title])
}
