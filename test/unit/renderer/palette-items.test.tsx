import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { ScanProgress } from '#shared/domain/scan.ts'
import { type Parts, PartsProvider } from '../../../src/renderer/data/parts.tsx'
import type { Language } from '../../../src/renderer/format/language.ts'
import { type PaletteItem, usePaletteItems } from '../../../src/renderer/frame/palette-items.ts'
import { createWords } from '../../../src/renderer/i18n/i18n.ts'
import { WordsProvider } from '../../../src/renderer/i18n/words-provider.tsx'
import { createActing } from '../../../src/renderer/state/acting.ts'
import { followBackend } from '../../../src/renderer/state/backend.ts'
import { followChanges } from '../../../src/renderer/state/changes.ts'
import { createGridLayout } from '../../../src/renderer/state/grid-layout.ts'
import { createNavigation } from '../../../src/renderer/state/navigation.ts'
import { createPreferences } from '../../../src/renderer/state/preferences.ts'
import { inventory, ranges, scans, settings } from '../../../src/renderer/state/route.ts'
import { followScan } from '../../../src/renderer/state/scan-activity.ts'
import { createViewLayouts } from '../../../src/renderer/state/view-layouts.ts'
import { testClient } from './backend-events.ts'

const nowhere = { getItem: () => null, setItem: () => {} }
const noHistory = { read: () => '#/settings', push: () => {}, replace: () => {}, onMoved: () => {} }

/** Rendered to text, React shows how a store began; here it shall show how it is. */
function asItIs<S extends { getState(): unknown; getInitialState(): unknown }>(store: S): S {
  return { ...store, getInitialState: store.getState }
}

interface PaletteProps {
  readonly query: string
  readonly onKeys: () => void
  readonly onItems: (items: readonly PaletteItem[]) => void
}

function Palette({ query, onKeys, onItems }: PaletteProps) {
  onItems(usePaletteItems(query, onKeys))
  return null
}

function console(language: Language = 'en') {
  const client = testClient()
  const scan = followScan(client)
  const parts: Parts = {
    client,
    navigation: createNavigation(noHistory),
    preferences: asItIs(createPreferences(nowhere, language)),
    backend: followBackend(client, () => {}),
    scan: { ...scan, store: asItIs(scan.store) },
    changes: followChanges(client, () => {}),
    triageLayout: createGridLayout(nowhere, 'triage'),
    acting: createActing(client),
    inventoryLayout: createGridLayout(nowhere, 'inventory'),
    modelsLayout: createGridLayout(nowhere, 'models'),
    viewLayouts: createViewLayouts(nowhere, 'inventory'),
    findingsLayout: createGridLayout(nowhere, 'findings'),
  }
  const words = createWords(language, key => expect.unreachable(key))
  let keysShown = 0

  /** What the palette offers for a text. */
  function offered(query = ''): readonly PaletteItem[] {
    let items: readonly PaletteItem[] = []
    renderToString(
      <PartsProvider parts={parts}>
        <WordsProvider words={words}>
          <QueryClientProvider client={new QueryClient()}>
            <Palette
              query={query}
              onKeys={() => {
                keysShown += 1
              }}
              onItems={found => {
                items = found
              }}
            />
          </QueryClientProvider>
        </WordsProvider>
      </PartsProvider>,
    )
    return items
  }
  const run = (id: string) =>
    offered()
      .find(item => item.id === id)
      ?.run()
  return { ...parts, client, offered, run, keysShown: () => keysShown }
}

const labels = (items: readonly PaletteItem[]) => items.map(({ label }) => label)

describe('the palette offers', () => {
  it('every screen and every action, each once, screens first', () => {
    const items = console().offered()
    expect(labels(items.filter(({ group }) => group === 'go'))).toEqual([
      ...['Overview', 'Inventory', 'Risk', 'Models', 'Findings', 'Policies'],
      ...['Ranges', 'Scans', 'Imports', 'Triage', 'Reports', 'Audit', 'Settings'],
    ])
    expect(labels(items)).toEqual(
      expect.arrayContaining([
        'Start scan',
        'Add range',
        'Blast radius …',
        'Try the simulated organisation',
        'Keyboard',
      ]),
    )
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
    expect(new Set(labels(items)).size).toBe(items.length)
    const screens = items.filter(({ group }) => group === 'go').length
    expect(items.findLastIndex(({ group }) => group === 'go')).toBe(screens - 1)
  })

  it('what has every word that was typed, in any order and case', () => {
    const { offered } = console()
    expect(labels(offered('theme DARK'))).toEqual(['Use the dark theme'])
    expect(labels(offered('  scan  '))).toEqual(expect.arrayContaining(['Scans', 'Start scan']))
    expect(labels(offered('scan range'))).toEqual([])
    expect(labels(offered('.*'))).toEqual([])
  })

  it('the way of a link, and then nothing else', () => {
    const { offered, navigation } = console()
    const [only, ...others] = offered(' paddock://ranges/4 ')
    expect(others).toEqual([])
    expect(only?.label).toBe('Open paddock://ranges/4')
    only?.run()
    expect(navigation.store.getState()).toEqual({ ...ranges, range: 4 })
  })

  it('no theme, language or row height that is already so', () => {
    const { offered, preferences, run } = console()
    expect(labels(offered('theme'))).toEqual(['Use the light theme', 'Use the dark theme'])
    run('dark')
    expect(labels(offered('theme'))).toEqual(['Use the light theme', 'Use the theme of the system'])
    run('density')
    run('language')
    expect(preferences.getState()).toMatchObject({ theme: 'dark', density: 'comfortable', language: 'de' })
    expect(offered().map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Use compact rows', 'Switch the language to English']),
    )
  })

  it('to stop the scan while one runs, and to start one while none does', () => {
    const { offered, client, navigation, run } = console()
    expect(labels(offered('scan'))).not.toContain('Stop scan')
    run('scan')
    expect(navigation.store.getState()).toEqual({ ...scans, scan: 'new' })
    client.tell('scan.progressed', { id: 1 } as ScanProgress)
    expect(labels(offered('scan'))).not.toContain('Start scan')
    run('stop')
    expect(client.calls).toEqual([['scan.stop', {}]])
  })

  it('what leads where it says', () => {
    const { navigation, run, keysShown, client } = console()
    const places = { inventory, ranges, scans, settings, range: { ...ranges, range: 'new' } }
    for (const [id, place] of Object.entries(places)) {
      run(id)
      expect(navigation.store.getState(), id).toEqual(place)
    }
    run('keys')
    expect(keysShown()).toBe(1)
    run('simulation')
    expect(client.calls).toEqual([['simulation.start', {}]])
  })

  it('the same things in German', () => {
    const german = console('de').offered()
    expect(german.map(({ id }) => id)).toEqual(
      console()
        .offered()
        .map(({ id }) => id),
    )
    expect(labels(german)).toEqual(expect.arrayContaining(['Inventar', 'Scan starten']))
  })
})
