import { beforeEach } from 'vitest'

/** What `npm test` found out: the Electron to use, or why there is none. */
export const electronPath = process.env['PADDOCK_ELECTRON']
export const lack = process.env['PADDOCK_ELECTRON_LACK'] ?? 'needs Electron and a display: npm test has both'

export const electronFlags = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu']

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
