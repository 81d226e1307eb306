import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** @typedef {{ pollMs: number, heartbeatMs: number, staleMs: number }} LockTimes */

/** @typedef {{ pid: number, host: string, token: string, child?: number }} Holder */

/** @type {LockTimes} */
const usualTimes = { pollMs: 200, heartbeatMs: 5000, staleMs: 30_000 }

/** What an orphaned child of a killed holder gets to finish, as a multiple of `staleMs`. */
const orphanPatience = 10

/** @type {Map<string, string>} the locks this process holds: path → token */
const held = new Map()

/**
 * Notes in every held lock which process does the work: if we are killed, it goes on, and nobody may start the same.
 * @param {number | undefined} child
 */
export function noteChild(child) {
  for (const [path, token] of held) writeFileSync(path, describe(token, child))
}

/**
 * @param {string} token
 * @param {number} [child]
 */
function describe(token, child) {
  return JSON.stringify({ pid: process.pid, host: hostname(), token, child })
}

/**
 * Runs `work` while no other process does the same, in this checkout or another one. The holder touches the lock
 * file again and again; a lock whose holder is gone, or that nobody touched while we watched it, is taken over.
 * Being watched counts, not the clock: after a laptop slept, every lock looks old.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (holder: string) => void, times?: LockTimes }} options
 * @returns {Promise<T>}
 */
export async function withLock(path, work, options = {}) {
  const times = options.times ?? usualTimes
  const token = randomUUID()
  mkdirSync(dirname(path), { recursive: true })
  await acquire(path, token, times, options.onWait ?? (() => {}))
  held.set(path, token)
  const heartbeat = setInterval(() => touch(path), times.heartbeatMs)
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    held.delete(path)
    if (read(path)?.token === token) rmSync(path, { force: true })
  }
}

/**
 * @param {string} path
 * @param {string} token
 * @param {LockTimes} times
 * @param {(holder: string) => void} onWait
 */
async function acquire(path, token, times, onWait) {
  let seen = ''
  let seenAt = performance.now()
  let said = false
  while (!create(path, token)) {
    const mark = markOf(path)
    if (mark !== seen) {
      seen = mark
      seenAt = performance.now()
    }
    const holder = read(path)
    if (isGone(holder) || performance.now() - seenAt > patienceWith(holder, times)) {
      takeAway(path, mark, times)
      await sleep(times.pollMs / 10)
      continue
    }
    if (!said) onWait(holder ? `process ${holder.pid}` : 'another process')
    said = true
    await sleep(times.pollMs)
  }
}

/**
 * @param {string} path
 * @param {string} token
 */
function create(path, token) {
  try {
    writeFileSync(path, describe(token), { flag: 'wx' })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  }
}

/**
 * Two who find the same dead lock must not both remove it: the second would remove the first one's new lock.
 * @param {string} path
 * @param {string} mark
 * @param {LockTimes} times
 */
function takeAway(path, mark, times) {
  const claim = `${path}.takeover`
  try {
    writeFileSync(claim, '', { flag: 'wx' })
  } catch {
    if (ageOf(claim) > times.staleMs) rmSync(claim, { force: true })
    return
  }
  try {
    if (markOf(path) === mark) rmSync(path, { force: true })
  } finally {
    rmSync(claim, { force: true })
  }
}

/**
 * @param {string} path
 * @returns {Holder | null}
 */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null // gone, or just being written
  }
}

/** @param {Holder | null} holder */
function isGone(holder) {
  return holder?.host === hostname() && !isAlive(holder.pid) && !isAlive(holder.child)
}

/**
 * @param {Holder | null} holder
 * @param {LockTimes} times
 */
function patienceWith(holder, times) {
  const hasOrphan = holder?.host === hostname() && !isAlive(holder.pid) && isAlive(holder.child)
  return hasOrphan ? times.staleMs * orphanPatience : times.staleMs
}

/** @param {number | undefined} pid */
function isAlive(pid) {
  if (pid === undefined) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH'
  }
}

/** @param {string} path */
function markOf(path) {
  try {
    return `${statSync(path).mtimeMs} ${readFileSync(path, 'utf8')}`
  } catch {
    return ''
  }
}

/** @param {string} path */
function ageOf(path) {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return 0
  }
}

/** @param {string} path */
function touch(path) {
  try {
    const now = new Date()
    utimesSync(path, now, now)
  } catch {
    // taken away while this process was stopped: its work goes on, the end will not remove the other's lock
  }
}
