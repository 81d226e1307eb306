import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { noteChild, withLock } from '../../../scripts/setup/lock.js'
import { makeFolderPerTest } from './folder-per-test.ts'

const folder = makeFolderPerTest()
const times = { pollMs: 10, heartbeatMs: 50, staleMs: 400 }
const lockModule = pathToFileURL(resolve(import.meta.dirname, '../../../scripts/setup/lock.js')).href

/** Reads a number, waits, writes it plus one: loses counts when two do it at once. */
const counting = (lock: string, counter: string) => `
  import { readFileSync, writeFileSync } from 'node:fs'
  import { withLock } from '${lockModule}'
  for (let i = 0; i < 5; i += 1) {
    await withLock(${JSON.stringify(lock)}, async () => {
      const count = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'))
      await new Promise(resolve => setTimeout(resolve, 5))
      writeFileSync(${JSON.stringify(counter)}, String(count + 1))
    }, { times: ${JSON.stringify(times)} })
  }`

function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid
}

describe('a lock', () => {
  test('lets one process work at a time', async () => {
    const counter = folder.put('counter', '0')
    const program = counting(folder.path('lock'), counter)
    const workers = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'inherit' }),
    )
    expect(await Promise.all(workers.map(worker => once(worker, 'exit').then(([code]) => code)))).toEqual(
      Array(6).fill(0),
    )
    expect(readFileSync(counter, 'utf8')).toBe('30')
    expect(existsSync(folder.path('lock'))).toBe(false)
  })

  test('is taken over at once from a process that is gone, by all who wait, one after the other', async () => {
    const lock = folder.put('lock', JSON.stringify({ pid: deadPid(), host: hostname(), token: 'x' }))
    const counter = folder.put('counter', '0')
    const workers = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ['--input-type=module', '--eval', counting(lock, counter)]),
    )
    await Promise.all(workers.map(worker => once(worker, 'exit')))
    expect(readFileSync(counter, 'utf8')).toBe('20')
  })

  test('is waited for while a child of a killed holder still works', async () => {
    const child = spawn(process.execPath, ['--eval', 'setTimeout(() => {}, 700)'])
    const record = { pid: deadPid(), host: hostname(), token: 'x', child: child.pid }
    const lock = folder.put('lock', JSON.stringify(record))
    const ended = once(child, 'exit').then(() => performance.now())
    await withLock(lock, async () => {}, { times })
    expect(performance.now()).toBeGreaterThanOrEqual(await ended)
  })

  test('names the child that does the work', async () => {
    const lock = folder.path('lock')
    await withLock(lock, async () => {
      noteChild(4711)
      expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: process.pid, child: 4711 })
    })
    expect(existsSync(lock)).toBe(false)
  })

  test('is taken over from a holder on another machine that nobody saw moving', async () => {
    const lock = folder.put('lock', JSON.stringify({ pid: 1, host: 'elsewhere', token: 'x' }))
    const startedAt = performance.now()
    await withLock(lock, async () => {}, { times })
    expect(performance.now() - startedAt).toBeGreaterThan(times.staleMs)
  })

  test('that is touched now and then is waited for, however old it looks', async () => {
    const lock = folder.put('lock', JSON.stringify({ pid: 1, host: 'elsewhere', token: 'x' }))
    let seconds = 0
    const touching = setInterval(() => {
      seconds += 1
      utimesSync(lock, 0, seconds)
    }, 100)
    let isIn = false
    const waiting = withLock(
      lock,
      async () => {
        isIn = true
      },
      { times },
    )
    await sleep(times.staleMs * 2)
    expect(isIn).toBe(false)
    clearInterval(touching)
    await waiting
  })

  test('says once for whom it waits', async () => {
    const holders: string[] = []
    const lock = folder.path('lock')
    const first = withLock(lock, () => sleep(100), { times })
    await withLock(lock, async () => {}, { times, onWait: holder => holders.push(holder) })
    await first
    expect(holders).toEqual([`process ${process.pid}`])
  })

  test('half written by a process that died is taken over', async () => {
    const lock = folder.path('lock')
    writeFileSync(lock, '{"pid":')
    await withLock(lock, async () => {}, { times })
    expect(existsSync(lock)).toBe(false)
  })

  test('is given back when the work fails', async () => {
    const lock = folder.path('lock')
    await expect(withLock(lock, () => Promise.reject(new Error('no')), { times })).rejects.toThrow('no')
    expect(existsSync(lock)).toBe(false)
  })
})
