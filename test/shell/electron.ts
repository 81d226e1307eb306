import { setTimeout as sleep } from 'node:timers/promises'
import { _electron, type ElectronApplication } from 'playwright-core'
import { beforeEach } from 'vitest'

/** What `npm test` found out: the Electron to use, or why there is none. */
export const electronPath = process.env['PADDOCK_ELECTRON']
export const lack = process.env['PADDOCK_ELECTRON_LACK'] ?? 'needs Electron and a display: npm test has both'

export const electronFlags = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu']

/**
 * Starts Electron under a driver. About one launch in fifteen, Electron 33 shows its window and its inspector never answers
 * the driver; the next launch then does.
 */
export async function launchElectron(args: readonly string[], attempts = 3): Promise<ElectronApplication> {
  try {
    return await _electron.launch({
      executablePath: electronPath ?? '',
      args: [...electronFlags, ...args],
      env: electronEnvironment(),
      colorScheme: null, // else the driver makes every page a light one
      timeout: 10_000,
    })
  } catch (error) {
    if (attempts === 1) throw error
    await sleep(1500) // the backend of the first one lets go of the data folder
    return launchElectron(args, attempts - 1)
  }
}

/** Skips every test of the file, with the reason, where there is no Electron. */
export function needElectron(): void {
  beforeEach(context => {
    if (electronPath === undefined) context.skip(lack)
  })
}

/** As a person would start it: not as a plain Node, not with the options of the test runner's Node. */
export function electronEnvironment(): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, PADDOCK_DATA: ___, ...env } = process.env
  return env as Record<string, string>
}
