import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolderPerTest } from './folder-per-test.ts'

const folder = makeFolderPerTest()
const repository = resolve(import.meta.dirname, '../../..')

/** A checkout whose command line is `program`. */
function checkout(program: string | null): string {
  for (const part of ['bin', 'scripts'])
    cpSync(join(repository, part), folder.path(part), { recursive: true })
  folder.put(
    'package.json',
    '{ "name": "paddock", "version": "0.0.0", "type": "module", "bin": { "paddock": "bin/paddock.js" } }',
  )
  symlinkSync(join(repository, 'node_modules'), folder.path('node_modules'))
  if (program !== null) folder.put('out/main/cli.js', program)
  return folder.path('bin/paddock.js')
}

describe('the paddock command', () => {
  test('passes arguments, output and the exit code, in the Node of the project', () => {
    const command = checkout('console.log(JSON.stringify(process.argv.slice(2))); process.exit(3)')
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [command, 'range', 'add', 'a b', '--json'],
      { encoding: 'utf8' },
    )
    expect({ status, stdout, stderr }).toEqual({
      status: 3,
      stdout: '["range","add","a b","--json"]\n',
      stderr: '',
    })
  })

  test('says what to do when nothing is built', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [checkout(null)], { encoding: 'utf8' })
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: 'error: Paddock is not built yet.\nnext: npm start -- --help\n',
    })
  })

  test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'passes %s on, and its answer back',
    async signal => {
      const command = checkout(`
      process.on('${signal}', () => process.exit(42))
      setInterval(() => {}, 1000)
      console.log('ready')`)
      const child = spawn(process.execPath, [command], { stdio: ['ignore', 'pipe', 'pipe'] })
      await once(child.stdout, 'data')
      child.kill(signal)
      expect(await once(child, 'exit')).toEqual([42, null])
    },
  )

  test.skipIf(process.platform === 'win32')('ends by the signal that ended the program', async () => {
    const child = spawn(process.execPath, [checkout("setInterval(() => {}, 1000); console.log('ready')")], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([null, 'SIGTERM'])
  })

  test('runs by npx in the checkout, without a registry', () => {
    checkout("console.log('paddock', ...process.argv.slice(2))")
    const env = {
      ...process.env,
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_cache: folder.path('cache'),
    }
    const { stdout } = spawnSync('npx', ['paddock', 'inventory', '--json'], {
      cwd: folder.path(),
      encoding: 'utf8',
      env,
      shell: process.platform === 'win32',
    })
    expect(stdout).toBe('paddock inventory --json\n')
  })
})
