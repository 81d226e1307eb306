import { randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { app } from 'electron'
import { chooseDataFolder } from './data-folder.ts'
import { startConsole } from './shell/console.ts'

// Electron's own arguments are among ours: what is not known is not ours to judge
const { values } = parseArgs({
  args: process.argv.slice(1),
  options: { data: { type: 'string' } },
  strict: false,
})
const given = typeof values.data === 'string' ? values.data : undefined
const surroundings = { platform: process.platform, env: process.env, home: homedir() }

app.on('window-all-closed', () => app.quit())

startConsole({
  projectFolder: resolve(import.meta.dirname, '..', '..'),
  dataFolder: resolve(chooseDataFolder(given, surroundings)),
  newNonce: () => randomBytes(16).toString('base64'),
  monotonicMs: () => performance.now(),
})
