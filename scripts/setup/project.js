import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout these scripts belong to, wherever they are called from. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * What belongs to the account and not to one checkout: it survives `npm ci` and is shared by every clone.
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheFolder(env = process.env) {
  if (env['XDG_CACHE_HOME']) return join(env['XDG_CACHE_HOME'], 'paddock')
  if (process.platform === 'win32' && env['LOCALAPPDATA'])
    return join(env['LOCALAPPDATA'], 'paddock', 'cache')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'paddock')
  return join(homedir(), '.cache', 'paddock')
}

/** Beside the build, not inside it or `node_modules`: both are emptied by the steps that need this folder. */
export const stampFolder = join(projectRoot, 'out', '.setup')
