import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { withLock } from './lock.js'
import { sayWaiting, step } from './progress.js'
import { projectRoot } from './project.js'
import { SetupFailure } from './setup-failure.js'
import { runWatched } from './watched-process.js'

/** Everything a build reads. */
const inputs = [
  'src',
  'test/lab',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
]
const targets = ['main', 'preload', 'renderer']

/**
 * Builds into `out/`, unless what is there was built from the same inputs.
 * @param {{ node: string, root?: string }} options
 */
export async function setUpBuild({ node, root = projectRoot }) {
  if (isBuilt(root)) return
  await withLock(
    join(root, 'out', '.setup', 'build.lock'),
    async () => {
      if (isBuilt(root)) return
      await step('build: bundling', () => build(node, root))
    },
    { onWait: holder => sayWaiting('build', holder) },
  )
}

/** @param {string} root */
function stampPath(root) {
  return join(root, 'out', '.setup', 'build.json')
}

/** @param {string} root */
function isBuilt(root) {
  try {
    const stamp = JSON.parse(readFileSync(stampPath(root), 'utf8'))
    return (
      stamp.inputs === hashInputs(root) &&
      stamp.files.every((/** @type {string} */ file) => existsSync(join(root, 'out', file)))
    )
  } catch {
    return false
  }
}

/**
 * The hash is taken before: a file saved while the build runs makes the next command build again.
 * @param {string} node
 * @param {string} root
 */
async function build(node, root) {
  const hash = hashInputs(root)
  const staging = join(root, 'out', '.staging')
  rmSync(staging, { recursive: true, force: true })
  const ended = await runWatched({
    command: node,
    args: [
      join(root, 'node_modules/electron-vite/bin/electron-vite.js'),
      'build',
      '--outDir',
      staging,
      '--logLevel',
      'warn',
    ],
    cwd: root,
    stallMs: 600_000,
  })
  if (ended.code !== 0) {
    throw new SetupFailure(
      `The build failed (${ended.code}).\n${stripVTControlCharacters(ended.output).trim()}`,
      'correct what it names; `npm run typecheck` says more',
    )
  }
  publish(root, staging)
  mkdirSync(join(root, 'out', '.setup'), { recursive: true })
  writeFileSync(stampPath(root), JSON.stringify({ inputs: hash, files: filesBelow(root, 'out', targets) }))
}

/**
 * By renames, so that nobody runs a half-written build.
 * @param {string} root
 * @param {string} staging
 */
function publish(root, staging) {
  const old = join(root, 'out', '.old')
  rmSync(old, { recursive: true, force: true })
  mkdirSync(old, { recursive: true })
  for (const target of targets) {
    const place = join(root, 'out', target)
    if (existsSync(place)) renameSync(place, join(old, target))
    if (existsSync(join(staging, target))) renameSync(join(staging, target), place)
  }
  rmSync(old, { recursive: true, force: true })
  rmSync(staging, { recursive: true, force: true })
}

/** @param {string} root */
function hashInputs(root) {
  const hash = createHash('sha256').update(process.platform)
  for (const file of filesBelow(root, '', inputs).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

/**
 * The files of some folders, relative to `root/base`.
 * @param {string} root
 * @param {string} base
 * @param {string[]} entries
 * @returns {string[]}
 */
function filesBelow(root, base, entries) {
  return entries.flatMap(entry => {
    const path = join(root, base, entry)
    if (!existsSync(path)) return []
    if (!statSync(path).isDirectory()) return [entry]
    return filesBelow(
      root,
      base,
      readdirSync(path).map(name => `${entry}/${name}`),
    )
  })
}
