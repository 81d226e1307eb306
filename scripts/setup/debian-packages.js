import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { step } from './progress.js'
import { SetupFailure } from './setup-failure.js'
import { runWatched } from './watched-process.js'

/** What Electron needs at run time, beyond a bare Debian. */
const libraries = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libatk-bridge2.0-0',
  'libdrm2',
  'libxcomposite1',
  'libxdamage1',
  'libxrandr2',
  'libxkbcommon0',
]

/**
 * Makes sure that Electron's libraries (and, for tests, a virtual display) are there: installs them as root,
 * otherwise names the command. Says what is still missing instead of failing: the caller decides what that costs.
 * @param {{ electron: string, display: boolean }} needs
 * @returns {Promise<{ missing: string[], command: string } | null>}
 */
export async function setUpDebianPackages({ electron, display }) {
  if (process.platform !== 'linux') return null
  const missing = missingParts(electron, display)
  if (missing.length === 0) return null
  if (!isInPath('apt-get'))
    return { missing, command: `install ${missing.join(', ')} with your distribution's tools` }
  const packages = packagesFor(missing)
  const command = `sudo apt-get install --no-install-recommends ${packages.join(' ')}`
  if (process.getuid?.() !== 0) return { missing, command }
  await step(`debian packages: installing ${packages.length}`, () => install(packages))
  const left = missingParts(electron, display)
  return left.length === 0 ? null : { missing: left, command }
}

/**
 * @param {string} electron
 * @param {boolean} display
 */
function missingParts(electron, display) {
  const listing = spawnSync('ldd', [electron], { encoding: 'utf8' }).stdout ?? ''
  const lines = [...listing.matchAll(/^\s*(\S+) => not found/gm)]
  const names = lines.map(([, name]) => String(name))
  return display && !isInPath('Xvfb') ? [...names, 'Xvfb'] : names
}

/** @param {string} program */
export function isInPath(program) {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some(folder => folder !== '' && existsSync(join(folder, program)))
}

/** @param {string[]} missing */
function packagesFor(missing) {
  const wanted = missing.some(part => part !== 'Xvfb') ? libraries.map(nameHere) : []
  return missing.includes('Xvfb') ? ['xvfb', ...wanted] : wanted
}

/**
 * Debian 13 and Ubuntu 24.04 renamed what depends on 64-bit time: libgtk-3-0t64.
 * @param {string} name
 */
function nameHere(name) {
  const renamed = `${name}t64`
  const known = spawnSync('apt-cache', ['show', '--no-all-versions', renamed], { stdio: 'ignore' })
  return known.status === 0 ? renamed : name
}

/** @param {string[]} packages */
async function install(packages) {
  if (!hasPackageLists()) await apt(['update'])
  const first = await apt(['install', '-y', '--no-install-recommends', ...packages.map(nameHere)])
  if (first.code === 0) return
  // lists from last month name files that the mirror no longer holds
  await apt(['update'])
  const second = await apt(['install', '-y', '--no-install-recommends', ...packages])
  if (second.code === 0) return
  const reason = second.stalled
    ? 'no progress'
    : (/^E: (.+)/m.exec(second.output)?.[1] ?? `code ${second.code}`)
  throw new SetupFailure(
    `apt-get could not install the libraries Electron needs: ${reason}`,
    `apt-get update && apt-get install --no-install-recommends ${packages.join(' ')}`,
  )
}

/** @param {string[]} args */
function apt(args) {
  return runWatched({
    command: 'apt-get',
    args: ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Dpkg::Use-Pty=0', ...args],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    measure: measureArchives,
  })
}

function measureArchives() {
  try {
    return String(readdirSync('/var/cache/apt/archives').length)
  } catch {
    return ''
  }
}

function hasPackageLists() {
  try {
    return readdirSync('/var/lib/apt/lists').some(
      name => name.endsWith('_Packages') || name.includes('_Packages.'),
    )
  } catch {
    return false
  }
}
