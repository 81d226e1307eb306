import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Bridge } from '../../src/renderer/client.ts'
import { electronPath, lack, launchElectron } from '../shell/electron.ts'

/** In the page. */
declare const bridge: Bridge

/** The console as a person has it open: the built program in the real Electron, on a data folder of its own. */
export interface Console {
  readonly app: ElectronApplication
  readonly page: Page
  readonly dataFolder: string
  /** What the page complained about: errors, broken promises, blocked content, missing words. */
  readonly complaints: readonly string[]
  /** The process that keeps the data. */
  backendPid(): number
  /** Asks the backend as the page does, for what a scenario needs but is not about. */
  readonly call: Bridge['call']
  close(): Promise<void>
}

const project = resolve(import.meta.dirname, '..', '..')

export function newDataFolder(): string {
  return mkdtempSync(join(tmpdir(), 'paddock-e2e-'))
}

/** Opens the console and waits until it can be used. */
export async function openConsole(dataFolder = newDataFolder()): Promise<Console> {
  const app = await launchElectron(['--lang=en-US', project, '--data', dataFolder])
  const complaints: string[] = []
  app.context().on('weberror', error => complaints.push(String(error.error())))
  app.context().on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  const page = await app.firstWindow()
  page.setDefaultTimeout(10_000)
  await page.getByRole('heading', { level: 1 }).waitFor()
  // The console begins with the overview; most scenarios are about the inventory.
  await page.evaluate(() => {
    location.hash = '#/inventory'
  })
  await page.getByRole('heading', { level: 1, name: 'Inventory' }).waitFor()
  const ask = page.evaluate.bind(page) as (ask: (call: unknown[]) => unknown, call: unknown[]) => unknown
  return {
    app,
    page,
    dataFolder,
    complaints,
    backendPid: () => JSON.parse(readFileSync(join(dataFolder, 'owner.json'), 'utf8')).pid,
    call: ((...call: unknown[]) =>
      ask(([channel, input]) => bridge.call(channel as never, input as never), call)) as Bridge['call'],
    close: () => app.close(),
  }
}

/** One console for all scenarios of a file; they are skipped, with the reason, where there is no Electron. */
export function shareConsole(): { readonly now: Console } {
  let opened: Console | null = null
  beforeAll(async () => {
    if (electronPath !== undefined) opened = await openConsole()
  })
  beforeEach(context => {
    if (electronPath === undefined) context.skip(lack)
  })
  afterAll(async () => {
    await opened?.close()
    if (opened !== null) removeFolder(opened.dataFolder)
  })
  return {
    get now() {
      if (opened === null) throw new Error('no console is open')
      return opened
    },
  }
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}
