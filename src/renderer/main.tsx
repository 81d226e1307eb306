import './theme/base.css'
import { QueryClient } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { connect } from './client.ts'
import type { Parts } from './data/parts.tsx'
import { askAgain, askUnanswered } from './data/reads.ts'
import { preferredLanguage } from './format/language.ts'
import { createWords } from './i18n/i18n.ts'
import { createActing } from './state/acting.ts'
import { followBackend } from './state/backend.ts'
import { followChanges } from './state/changes.ts'
import { createGridLayout } from './state/grid-layout.ts'
import { browserAddressBar, createNavigation } from './state/navigation.ts'
import { createPreferences } from './state/preferences.ts'
import { followScan } from './state/scan-activity.ts'
import { createViewLayouts } from './state/view-layouts.ts'
import { schemeOf } from './theme/scheme.ts'

// The backend is on this machine: whether there is a network is of no interest, and a refusal is not worth a second try.
const queries = new QueryClient({
  defaultOptions: { queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: false } },
})

const client = connect()
const preferences = createPreferences(localStorage, preferredLanguage(navigator.languages))
const scan = followScan(client)
const changes = followChanges(client, (act, ms) => void setTimeout(act, ms))
const backend = followBackend(client, () => {
  performance.mark('backend-ready')
  askUnanswered(queries)
  void scan.refresh()
})
changes.subscribe(() => askAgain(queries))
client.on('scan.ended', () => askAgain(queries))
client.on('simulation.changed', () => askAgain(queries))

const parts: Parts = {
  client,
  navigation: createNavigation(browserAddressBar(window)),
  preferences,
  backend,
  scan,
  changes,
  inventoryLayout: createGridLayout(localStorage, 'inventory'),
  modelsLayout: createGridLayout(localStorage, 'models'),
  viewLayouts: createViewLayouts(localStorage, 'inventory'),
  triageLayout: createGridLayout(localStorage, 'triage'),
  acting: createActing(client),
  findingsLayout: createGridLayout(localStorage, 'findings'),
}
const words = createWords(preferences.getState().language, key => reportError(new Error(`no words: ${key}`)))

// the theme's colours hang on this attribute: the first thing drawn already needs them
document.documentElement.dataset['mantineColorScheme'] = schemeOf(
  preferences.getState().theme,
  matchMedia('(prefers-color-scheme: dark)').matches,
)

createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <App parts={parts} words={words} queries={queries} />
  </StrictMode>,
)
