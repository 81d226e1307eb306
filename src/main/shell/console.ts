import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, Menu, session } from 'electron'
import { type EventName, events } from '#shared/ipc/contract.ts'
import type { BackendLink, BackendProgram } from './backend-link.ts'
import { canRunBackend, findBackendNode } from './backend-node.ts'
import { bridgeChannels } from './bridge-channels.ts'
import { linkChildProcess } from './child-process.ts'
import { prepareContentSecurity, secureSession } from './content-security.ts'
import { showMenu } from './menu.ts'
import { blockNavigation } from './navigation.ts'
import { hearPage } from './page-calls.ts'
import { Supervisor } from './supervisor.ts'
import { linkUtilityProcess } from './utility-process.ts'
import { type ConsoleWindow, openWindow } from './window.ts'

export interface ConsoleParts {
  /** The project's folder: it has `out/` and, in a checkout, `node_modules/`. */
  readonly projectFolder: string
  readonly dataFolder: string
  readonly newNonce: () => string
  readonly monotonicMs: () => number
}

/** Starts the console. Must be called before Electron is ready. */
export function startConsole(parts: ConsoleParts): void {
  const consoleFolder = join(parts.dataFolder, 'console')
  mkdirSync(parts.dataFolder, { recursive: true, mode: 0o700 })
  app.setPath('userData', consoleFolder)
  // Electron keeps its lock in that folder: one console a data folder
  if (app.requestSingleInstanceLock()) prepareConsole(parts, consoleFolder)
  else app.exit(0)
}

function prepareConsole(parts: ConsoleParts, consoleFolder: string): void {
  const devServer = (!app.isPackaged && process.env['ELECTRON_RENDERER_URL']) || null
  prepareContentSecurity(devServer)
  blockNavigation(devServer)
  Menu.setApplicationMenu(null) // until the page has told its words
  void app.whenReady().then(() => openConsole(parts, consoleFolder, devServer))
}

function openConsole(parts: ConsoleParts, consoleFolder: string, devServer: string | null): void {
  const out = join(parts.projectFolder, 'out')
  secureSession(session.defaultSession, {
    folder: join(out, 'renderer'),
    devServer,
    newNonce: parts.newNonce,
  })
  let opened: ConsoleWindow | null = null
  const tell = (name: string, value: unknown) =>
    opened?.window.webContents.send(bridgeChannels.event, name, value)
  const supervisor = superviseBackend(parts, tell)
  hearPage({
    supervisor,
    devServer,
    reportsFolder: join(parts.dataFolder, 'reports'),
    window: () => opened?.window ?? null,
    onAppearance(appearance) {
      opened?.dress(appearance)
      showMenu(appearance.menu, devServer !== null)
    },
  })
  opened = openWindow({
    preload: join(out, 'preload', 'preload.cjs'),
    memoryPath: join(consoleFolder, 'window.json'),
    devServer,
    monotonicMs: parts.monotonicMs,
  })
  opened.window.on('closed', () => {
    opened = null
  })
  supervisor.start()
  app.on('second-instance', () => bringToFront(opened))
  quitInOrder(supervisor)
}

function superviseBackend(parts: ConsoleParts, tell: (name: string, value: unknown) => void): Supervisor {
  const log = (line: string) => void process.stderr.write(`shell: ${line}\n`)
  return new Supervisor({
    ways: waysToStart(parts),
    helloWithinMs: 20_000,
    forgiveAfterMs: 600_000,
    monotonicMs: parts.monotonicMs,
    onStatus: status => tell('backend', status),
    onEvent(name, value) {
      const known = Object.hasOwn(events, name) ? events[name as EventName].safeParse(value) : null
      if (known?.success) tell(name, known.data)
      else log(`dropped an event of the backend: ${name}`)
    },
    log,
  })
}

function waysToStart({ projectFolder, dataFolder }: ConsoleParts): (() => BackendLink)[] {
  const program: BackendProgram = {
    entry: join(projectFolder, 'out', 'main', 'backend.js'),
    args: ['--data', dataFolder],
  }
  const node = findBackendNode({
    projectFolder,
    platform: process.platform,
    arch: process.arch,
    env: process.env,
    electron: { path: process.execPath, node: process.versions.node },
  })
  const ways: (() => BackendLink)[] = []
  if (canRunBackend(process.versions.node)) ways.push(() => linkUtilityProcess(program))
  if (node !== null) ways.push(() => linkChildProcess(program, node))
  return ways
}

function bringToFront(opened: ConsoleWindow | null): void {
  if (opened?.window.isMinimized()) opened.window.restore()
  opened?.window.show()
  opened?.window.focus()
}

/** The backend writes its last batch before we go. */
function quitInOrder(supervisor: Supervisor): void {
  let hasStopped = false
  app.on('will-quit', event => {
    if (hasStopped) return
    event.preventDefault()
    void supervisor.stop().finally(() => {
      hasStopped = true
      app.quit()
    })
  })
}
