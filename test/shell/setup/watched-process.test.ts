import { appendFileSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { measureFolders, runWatched } from '../../../scripts/setup/watched-process.js'
import { isAlive } from '../link-cases.ts'
import { makeFolderPerTest } from './folder-per-test.ts'

const folder = makeFolderPerTest()

function run(program: string, options: { stallMs?: number; measure?: () => string } = {}) {
  return runWatched({
    command: process.execPath,
    args: ['--input-type=module', '--eval', program],
    ...options,
  })
}

test('a program that ends by itself: its code and its words', async () => {
  expect(await run("console.log('out'); console.error('err'); process.exit(3)")).toEqual({
    code: 3,
    stalled: false,
    output: 'out\nerr\n',
  })
})

test('a program that stands still is ended, with what it started', async () => {
  const note = folder.path('pid')
  const program = `
    import { spawn } from 'node:child_process'
    import { writeFileSync } from 'node:fs'
    const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'])
    writeFileSync(${JSON.stringify(note)}, String(child.pid))
    setInterval(() => {}, 1000)`
  const startedAt = performance.now()
  const ended = await run(program, { stallMs: 500 })
  expect(ended).toMatchObject({ code: 'SIGTERM', stalled: true })
  expect(performance.now() - startedAt).toBeLessThan(3000)
  await expect.poll(() => isAlive(Number(readFileSync(note, 'utf8')))).toBe(false)
})

test('one that will not end when asked is ended anyway', async () => {
  const ended = await run("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)", { stallMs: 300 })
  expect(ended.stalled).toBe(true)
})

test('one that speaks now and then is left alone', async () => {
  const program =
    'let n = 0; const t = setInterval(() => { console.log(n += 1); n === 10 && clearInterval(t) }, 100)'
  expect(await run(program, { stallMs: 400 })).toMatchObject({ code: 0, stalled: false })
})

test('one that is silent but writes files is left alone', async () => {
  const file = folder.put('download', '')
  const program = `
    import { appendFileSync } from 'node:fs'
    let n = 0
    const t = setInterval(() => { appendFileSync(${JSON.stringify(file)}, 'x'); (n += 1) === 10 && clearInterval(t) }, 100)`
  expect(await run(program, { stallMs: 400, measure: () => measureFolders(folder.path()) })).toMatchObject({
    code: 0,
  })
})

test('one that does not exist is an error', async () => {
  await expect(runWatched({ command: '/no/such/program', args: [] })).rejects.toThrow('ENOENT')
})

test('a measure changes with what is written, and is no trouble where nothing is', () => {
  expect(measureFolders(folder.path('missing'))).toBe('0 0')
  const file = folder.put('deep/down/file', 'abc')
  const before = measureFolders(folder.path())
  appendFileSync(file, 'd')
  expect(measureFolders(folder.path())).not.toBe(before)
})
