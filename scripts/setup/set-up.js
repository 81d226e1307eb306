import { existsSync, readFileSync, statSync } from 'node:fs'
import { setUpBuild } from './build.js'
import { setUpDebianPackages } from './debian-packages.js'
import { setUpDependencies } from './dependencies.js'
import { setUpElectron } from './electron.js'
import { findNode } from './node-binary.js'
import { SetupFailure } from './setup-failure.js'

/** What every command needs. Says which Node runs Paddock. */
export async function setUpTools() {
  await setUpDependencies()
  return { node: findNode() }
}

/** What a command needs that runs the built program. */
export async function setUpProgram() {
  const { node } = await setUpTools()
  await setUpBuild({ node })
  return { node }
}

/**
 * What a window needs.
 * @param {{ node: string, virtualDisplay: boolean }} needs
 * @returns {Promise<{ electron: import('./electron.js').Electron, sandbox: string[] }>}
 */
export async function setUpWindow({ node, virtualDisplay }) {
  const electron = await setUpElectron({ node })
  const lack = await setUpDebianPackages({ electron: electron.path, display: virtualDisplay })
  if (lack !== null)
    throw new SetupFailure(
      `Electron needs ${lack.missing.join(', ')}, missing on this machine.`,
      lack.command,
    )
  return { electron, sandbox: sandboxArguments(electron.path) }
}

/**
 * Chromium refuses to sandbox root, and only then the sandbox is given up. Where the kernel forbids ordinary
 * accounts to make name spaces, it needs the set-uid helper instead.
 * @param {string} electron
 */
function sandboxArguments(electron) {
  if (process.platform !== 'linux') return []
  if (process.getuid?.() === 0) return ['--no-sandbox']
  const helper = electron.replace(/electron$/, 'chrome-sandbox')
  if (!forbidsNamespaces() || !existsSync(helper)) return []
  const { mode, uid } = statSync(helper)
  if (uid === 0 && (mode & 0o4000) !== 0) return []
  throw new SetupFailure(
    'This system does not let ordinary programs build a sandbox, and Electron does not start without one.',
    `sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  )
}

function forbidsNamespaces() {
  const is = (/** @type {string} */ path, /** @type {string} */ value) =>
    existsSync(path) && readFileSync(path, 'utf8').trim() === value
  return (
    is('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1') ||
    is('/proc/sys/kernel/unprivileged_userns_clone', '0')
  )
}
