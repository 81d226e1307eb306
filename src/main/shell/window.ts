import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { Appearance } from './bridge.ts'
import { pageAddress } from './page-policy.ts'
import { leastSize, placeOn, recall, remember, type WindowMemory } from './window-memory.ts'

export interface WindowParts {
  readonly preload: string
  readonly memoryPath: string
  readonly devServer: string | null
  readonly monotonicMs: () => number
}

export interface ConsoleWindow {
  readonly window: BrowserWindow
  readonly dress: (appearance: Appearance) => void
}

/** Until the page has told its own colours. */
const backgrounds = { light: '#ffffff', dark: '#16181d' }
const usualSize = { width: 1440, height: 900 }

/** Opens the console as it was left, shown when there is something to see. */
export function openWindow(parts: WindowParts): ConsoleWindow {
  const memory = recall(parts.memoryPath)
  nativeTheme.themeSource = memory.appearance?.theme ?? 'system'
  const displays = screen.getAllDisplays().map(display => display.workArea)
  const window = new BrowserWindow({
    ...(placeOn(displays, memory.bounds) ?? usualSize),
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    show: false,
    title: 'Paddock',
    backgroundColor: backgroundOf(memory),
    webPreferences: {
      preload: parts.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: parts.devServer !== null,
    },
  })
  if (memory.isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  reloadAfterCrash(window, parts.monotonicMs)
  const dress = rememberOnClose(window, memory, parts.memoryPath)
  void window.loadURL(parts.devServer ?? pageAddress)
  return { window, dress }
}

function backgroundOf({ appearance }: WindowMemory): string {
  if (appearance !== null && appearance.theme !== 'system') return appearance.background
  return nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light
}

function rememberOnClose(window: BrowserWindow, memory: WindowMemory, path: string): ConsoleWindow['dress'] {
  let latest = memory.appearance
  window.on('close', () => {
    const bounds = window.getNormalBounds()
    remember(path, { bounds, isMaximized: window.isMaximized(), appearance: latest })
  })
  return ({ theme, background }) => {
    latest = { theme, background }
    nativeTheme.themeSource = theme
    window.setBackgroundColor(background)
  }
}

/** A page that died is loaded again, but not over and over. */
function reloadAfterCrash(window: BrowserWindow, monotonicMs: () => number): void {
  let reloadedAt = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || monotonicMs() - reloadedAt < 10_000) return
    reloadedAt = monotonicMs()
    window.reload()
  })
}
