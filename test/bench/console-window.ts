import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { round } from './measure.ts'

/** Opens the console, does something in its window and closes it. */
export type Opened = <T>(work: (page: Page, app: ElectronApplication) => Promise<T>) => Promise<T>

const project = resolve(import.meta.dirname, '..', '..')

/** The built console on a folder. */
export function consoleOn(folder: string): Opened {
  return async work => {
    const app = await launch(folder)
    try {
      const page = await app.firstWindow()
      page.setDefaultTimeout(600_000)
      return await work(page, app)
    } finally {
      await app.close()
    }
  }
}

/** About one launch in fifteen the inspector of Electron 33 never answers; the next launch then does. */
async function launch(folder: string, attempts = 3): Promise<ElectronApplication> {
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...env } = process.env
  const flags = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--lang=en-US']
  try {
    return await _electron.launch({
      executablePath: process.env['PADDOCK_ELECTRON'] ?? '',
      args: [...flags, project, '--data', folder],
      env: env as Record<string, string>,
      colorScheme: null,
      timeout: 20_000,
    })
  } catch (error) {
    if (attempts === 1) throw error
    await sleep(1500)
    return launch(folder, attempts - 1)
  }
}

export function spread(all: readonly number[]) {
  const sorted = all.toSorted((a, b) => a - b)
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)
  return { median: at(0.5), p95: at(0.95), most: round(sorted.at(-1) ?? 0) }
}
