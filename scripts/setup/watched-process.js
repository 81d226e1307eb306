import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { noteChild } from './lock.js'

/** A download that stands still this long is given up. */
export const usualStallMs = Number(process.env['PADDOCK_STALL_MS'] ?? 60_000)

/**
 * @typedef {object} Job
 * @property {string} command
 * @property {string[]} args
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [shell]
 * @property {number} [stallMs]
 * @property {() => string} [measure] Anything that changes while there is progress which the output does not show.
 */

/** @typedef {{ code: number | string | null, stalled: boolean, output: string }} Ended `code`: or the signal that ended it */

/**
 * Runs a program and ends it, with everything it started, when it makes no progress: no output and the same measure.
 * @param {Job} job
 * @returns {Promise<Ended>}
 */
export function runWatched(job) {
  const stallMs = job.stallMs ?? usualStallMs
  const child = spawn(job.command, job.args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32', // its own process group, so that it can be ended with its children
    windowsHide: true,
    shell: job.shell ?? false,
    ...(job.cwd === undefined ? {} : { cwd: job.cwd }),
    env: job.env ?? process.env,
  })
  noteChild(child.pid)
  const state = { output: '', stalled: false, measured: '', movedAt: performance.now() }
  const moved = () => {
    state.movedAt = performance.now()
  }
  const hear = (/** @type {Buffer} */ chunk) => {
    moved()
    state.output = (state.output + chunk.toString('utf8')).slice(-64_000)
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const watch = setInterval(
    () => {
      const measured = job.measure?.() ?? ''
      if (measured !== state.measured) moved()
      state.measured = measured
      if (performance.now() - state.movedAt < stallMs || state.stalled) return
      state.stalled = true
      endGroup(child.pid)
    },
    Math.min(5000, stallMs / 6),
  )
  const release = endWithUs(child)
  return new Promise((resolve, reject) => {
    child.once('error', error => {
      clearInterval(watch)
      release()
      reject(error)
    })
    child.once('close', (code, signal) => {
      clearInterval(watch)
      release()
      noteChild(undefined)
      resolve({ code: code ?? signal, stalled: state.stalled, output: state.output })
    })
  })
}

/** @param {number | undefined} pid */
function endGroup(pid) {
  if (pid === undefined) return
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
    return
  }
  signalGroup(pid, 'SIGTERM')
  setTimeout(() => signalGroup(pid, 'SIGKILL'), 1000).unref()
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
  } catch {
    // it has ended by itself
  }
}

/**
 * A group of its own does not hear the terminal's Ctrl-C: passed on here.
 * @param {import('node:child_process').ChildProcess} child
 */
function endWithUs(child) {
  const onSignal = (/** @type {NodeJS.Signals} */ signal) => {
    endGroup(child.pid)
    child.once('close', () => process.exit(signal === 'SIGINT' ? 130 : 143))
  }
  process.once('SIGINT', onSignal)
  process.once('SIGTERM', onSignal)
  return () => {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}

/**
 * Number and size of everything below some folders: changes as long as files are being written.
 * @param {string[]} folders
 */
export function measureFolders(...folders) {
  let count = 0
  let bytes = 0
  for (const folder of folders) {
    for (const name of namesBelow(folder)) {
      count += 1
      bytes += sizeOf(join(folder, name))
    }
  }
  return `${count} ${bytes}`
}

/** @param {string} folder */
function namesBelow(folder) {
  try {
    return /** @type {string[]} */ (readdirSync(folder, { recursive: true }))
  } catch {
    return [] // not there yet, or emptied while we look
  }
}

/** @param {string} path */
function sizeOf(path) {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}
