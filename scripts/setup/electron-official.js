import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureFolders, runWatched } from './watched-process.js'

/** @param {string} root */
export function officialVersion(root) {
  return /** @type {string} */ (readPackage(root).version)
}

/** @param {string} root */
function readPackage(root) {
  return JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'))
}

/**
 * The binary that Electron's own installer has put into its package, if it is whole and of this version.
 * @param {string} root
 * @returns {import('./electron.js').Electron | null}
 */
export function findOfficial(root) {
  const folder = join(root, 'node_modules', 'electron')
  try {
    const version = readFileSync(join(folder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '')
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'))
    return version === officialVersion(root) && existsSync(path) ? { path, version, official: true } : null
  } catch {
    return null
  }
}

/**
 * Runs Electron's installer; says why it failed, or null. It checks the download against the digests in its package.
 * @param {{ root: string, node: string, env: NodeJS.ProcessEnv, stallMs?: number }} options
 * @returns {Promise<string | null>}
 */
export async function installOfficial({ root, node, env, stallMs }) {
  const folder = join(root, 'node_modules', 'electron')
  // it downloads into the temporary folder: one of our own shows whether anything arrives
  const temporary = mkdtempSync(join(tmpdir(), 'paddock-electron-'))
  try {
    const ended = await runWatched({
      command: node,
      args: [join(folder, 'install.js')],
      cwd: root,
      env: { ...env, TMPDIR: temporary, TEMP: temporary, TMP: temporary, ELECTRON_GET_NO_PROGRESS: '1' },
      measure: () => measureFolders(temporary, join(folder, 'dist')),
      ...(stallMs === undefined ? {} : { stallMs }),
    })
    if (ended.stalled) return 'the download made no progress'
    return ended.code === 0 ? null : reasonIn(ended.output)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

/**
 * The first error is the reason; of a failed fetch Node keeps the half that says why to itself.
 * @param {string} output
 */
function reasonIn(output) {
  const error = /^\w*Error: (.+)/m.exec(output)?.[1]?.trim() ?? 'its installer failed'
  return error === 'fetch failed' ? 'its download host is out of reach' : error
}
