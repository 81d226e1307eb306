import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.js'
import { npmCommand, npmDownloadFolder } from './npm.js'
import { sayWaiting, step } from './progress.js'
import { projectRoot } from './project.js'
import { SetupFailure } from './setup-failure.js'
import { measureFolders, runWatched } from './watched-process.js'

/** @typedef {{ integrity?: string, optional?: boolean, optionalDependencies?: Record<string, string> }} LockedPackage */

const stampName = '.paddock-lockfile'

/**
 * Installs what package-lock.json names, unless exactly that is installed already.
 * @param {{ root?: string, env?: NodeJS.ProcessEnv, stallMs?: number }} options
 */
export async function setUpDependencies({ root = projectRoot, env = process.env, stallMs } = {}) {
  if (areInstalled(root)) return
  await withLock(
    join(root, 'out', '.setup', 'dependencies.lock'),
    async () => {
      if (areInstalled(root)) return
      if (matchesInstalledTree(root)) return stamp(root)
      refuseToReplaceOurselves(root)
      await step('dependencies: installing', note => install({ root, env, stallMs }, note))
      stamp(root)
    },
    { onWait: holder => sayWaiting('dependencies', holder) },
  )
}

/** @param {string} root */
function areInstalled(root) {
  const path = join(root, 'node_modules', stampName)
  return existsSync(path) && readFileSync(path, 'utf8') === lockfileHash(root)
}

/** @param {string} root */
function stamp(root) {
  writeFileSync(join(root, 'node_modules', stampName), lockfileHash(root))
}

/** @param {string} root */
function lockfileHash(root) {
  const lockfile = readFileSync(join(root, 'package-lock.json'))
  return createHash('sha256').update(`${process.platform} ${process.arch} `).update(lockfile).digest('hex')
}

/**
 * Whoever added a package by `npm install` has the right tree: replacing it would only cost time.
 * @param {string} root
 */
function matchesInstalledTree(root) {
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'))
  const wanted = readPackages(join(root, 'package-lock.json'))
  if (installed === null || wanted === null) return false
  const isSame = (/** @type {string} */ path) => {
    const entry = wanted[path]
    const found = installed[path]
    return found === undefined ? entry?.optional === true : found.integrity === entry?.integrity
  }
  const paths = Object.keys(wanted).filter(path => path !== '')
  return paths.every(isSame) && Object.keys(installed).every(path => wanted[path] !== undefined)
}

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage> | null}
 */
function readPackages(path) {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')).packages ?? null) : null
}

/**
 * npm leaves out of a lockfile the optional packages (of other platforms) that its registry does not have, and
 * `npm ci` then refuses the whole lockfile. `npm install` takes what is locked and does without the rest.
 * @param {string} root
 */
function commandFor(root) {
  const locked = readPackages(join(root, 'package-lock.json')) ?? {}
  const isLocked = (/** @type {string} */ from, /** @type {string} */ name) =>
    locked[`node_modules/${name}`] !== undefined || locked[`${from}/node_modules/${name}`] !== undefined
  const isComplete = Object.entries(locked).every(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).every(name => isLocked(path, name)),
  )
  return isComplete ? ['ci'] : ['install', '--no-save']
}

/**
 * Windows locks the file of a running program, and `npm start` runs the Node that npm is about to delete.
 * @param {string} root
 */
function refuseToReplaceOurselves(root) {
  if (process.platform !== 'win32' || !process.execPath.startsWith(join(root, 'node_modules'))) return
  throw new SetupFailure(
    'The dependencies have changed, and Windows cannot replace the Node that is running from them.',
    'npm install --no-save --ignore-scripts, then the same command again',
  )
}

/**
 * A second try continues with what the first one has put into npm's cache.
 * @param {{ root: string, env: NodeJS.ProcessEnv, stallMs: number | undefined }} place
 * @param {import('./progress.js').Note} note
 */
async function install(place, note) {
  const first = await runNpm(place)
  if (first.code === 0) return
  if (!first.stalled) throw installFailure(first)
  note('no progress, trying again with what has arrived so far')
  const second = await runNpm(place)
  if (second.code !== 0) throw installFailure(second)
}

/** @param {{ root: string, env: NodeJS.ProcessEnv, stallMs: number | undefined }} place */
function runNpm({ root, env, stallMs }) {
  const npm = npmCommand(env)
  // what a killed run has half unpacked looks installed to `npm install`; `npm ci` clears it away itself
  rmSync(join(root, 'node_modules'), { recursive: true, force: true })
  return runWatched({
    command: npm.command,
    args: [
      ...npm.args,
      ...commandFor(root),
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=http',
    ],
    shell: npm.shell,
    cwd: root,
    env,
    measure: () => measureFolders(npmDownloadFolder(env), join(root, 'node_modules')),
    ...(stallMs === undefined ? {} : { stallMs }),
  })
}

/** @param {import('./watched-process.js').Ended} ended */
function installFailure(ended) {
  const errors = ended.output
    .split('\n')
    .filter(line => line.startsWith('npm error') || line.startsWith('npm ERR!'))
  const reason = ended.stalled ? 'the download made no progress' : errors.slice(0, 3).join('; ')
  return new SetupFailure(
    `The dependencies could not be installed: ${reason || `npm ended with code ${ended.code}`}.`,
    'look at `npm ping` and `npm config get registry`, then run the same command again',
  )
}
