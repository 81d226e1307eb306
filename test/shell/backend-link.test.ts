import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linkChildProcess } from '#main/shell/child-process.ts'
import { electronEnvironment, electronFlags, electronPath, needElectron } from './electron.ts'
import { isAlive, linkCases } from './link-cases.ts'

const root = resolve(import.meta.dirname, '..', '..')
const backend = join(import.meta.dirname, 'fixtures', 'backend.js')

/** Starts a program that holds a backend, kills it, and says how long the backend outlived it. */
async function outlives(holder: ChildProcess): Promise<number> {
  const lines = createInterface({ input: holder.stdout ?? process.stdin })
  const [line] = (await once(lines, 'line')) as [string]
  const pid = Number(line.replace('pid ', ''))
  expect(isAlive(pid)).toBe(true)
  holder.kill('SIGKILL')
  const killedAt = performance.now()
  while (isAlive(pid) && performance.now() - killedAt < 5000) await sleep(10)
  return performance.now() - killedAt
}

describe('over a child process', () => {
  const node = { path: process.execPath, env: {} }
  const start = (...args: string[]) => linkChildProcess({ entry: backend, args }, node)

  test.each(linkCases)('a link $name', ({ run }) => run(start))

  test('a link tells the end when its Node does not exist', async () => {
    const link = linkChildProcess({ entry: backend, args: [] }, { path: '/no/such/node', env: {} })
    expect(await new Promise(resolve => link.onExit(resolve))).toBeNull()
    await link.stop()
  })

  test('a backend whose parent is killed ends within a second', async () => {
    const holder = spawn(process.execPath, [join(import.meta.dirname, 'fixtures/link-holder.ts'), backend], {
      cwd: root,
    })
    expect(await outlives(holder)).toBeLessThan(1000)
  })
})

describe('over a utility process, inside the real Electron', () => {
  needElectron()
  let folder: string
  const outcomes = new Map<string, string | null>()

  const startHost = (task: string) =>
    spawn(electronPath ?? '', [...electronFlags, folder, task, join(folder, 'backend.js')], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: electronEnvironment(),
    })

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-link-'))
    if (electronPath === undefined) return
    await bundleHost(folder)
    const host = startHost('cases')
    for await (const line of createInterface({ input: host.stdout })) {
      const { name, error } = JSON.parse(line)
      outcomes.set(name, error)
    }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each(linkCases)('a link $name', ({ name }) => {
    expect(outcomes.has(name), 'Electron ended before this case').toBe(true)
    expect(outcomes.get(name)).toBeNull()
  })

  test('a backend whose parent is killed ends within a second', async () => {
    expect(await outlives(startHost('hold'))).toBeLessThan(1000)
  })
})

/** Electron runs JavaScript only: the host and what it imports become one file. */
async function bundleHost(folder: string): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(import.meta.dirname, 'fixtures', 'link-host.ts'),
      outDir: folder,
      target: 'node20.18',
      rolldownOptions: { external: ['electron'], output: { entryFileNames: 'host.js' } },
    },
    ssr: { noExternal: true },
  })
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'host', version: '0.0.0', type: 'module', main: 'host.js' }),
  )
  copyFileSync(backend, join(folder, 'backend.js'))
}
