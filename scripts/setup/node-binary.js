import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './project.js'
import { SetupFailure } from './setup-failure.js'

/** better-sqlite3 13 needs Node-API 10, which came with this version. */
const oldest = { major: 22, minor: 14 }

/**
 * The Node that runs Paddock: Node 24 of the platform's package (the real binary, not the link in `.bin`, which is
 * a batch file on Windows), else the one that runs this script if it is new enough.
 * @param {{ root?: string, platform?: string, arch?: string, running?: { path: string, version: string } }} options
 */
export function findNode({
  root = projectRoot,
  platform = process.platform,
  arch = process.arch,
  running = { path: process.execPath, version: process.versions.node },
} = {}) {
  const packaged = packagedNode(root, platform, arch)
  if (packaged !== null && starts(packaged)) return packaged
  if (isNewEnough(running.version)) return running.path
  throw new SetupFailure(
    `Paddock needs Node ${oldest.major}.${oldest.minor} or newer on ${platform} ${arch}; this is Node ${running.version}.`,
    'install Node 24 (https://nodejs.org) and run the same command again',
  )
}

/**
 * @param {string} root
 * @param {string} platform
 * @param {string} arch
 */
function packagedNode(root, platform, arch) {
  const folder = `node-${platform === 'win32' ? 'win' : platform}-${arch}`
  const path = join(root, 'node_modules', folder, 'bin', platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(path) ? path : null
}

/**
 * Built for glibc: on Alpine the file is there and does not start.
 * @param {string} path
 */
function starts(path) {
  return spawnSync(path, ['--version'], { stdio: 'ignore', windowsHide: true }).status === 0
}

/** @param {string} version */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor)
}
