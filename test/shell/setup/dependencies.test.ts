import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { setUpDependencies } from '../../../scripts/setup/dependencies.js'
import { makeFolderPerTest } from './folder-per-test.ts'

const folder = makeFolderPerTest()
const needed = { version: '1.0.0', integrity: 'sha512-needed' }
const elsewhere = { version: '1.0.0', integrity: 'sha512-elsewhere', optional: true }

/** A folder in which npm would fail at once: whoever calls it is found out. */
function project(installed: Record<string, unknown>): string {
  folder.put('package.json', '{ "name": "x", "version": "1.0.0" }')
  const packages = { '': {}, 'node_modules/needed': needed, 'node_modules/elsewhere': elsewhere }
  folder.put('package-lock.json', JSON.stringify({ packages }))
  folder.put('node_modules/.package-lock.json', JSON.stringify({ packages: installed }))
  return folder.path()
}

const noNpm = { ...process.env, npm_execpath: folder.path('npm-cli.js'), PATH: '' }
const stamp = () => readFileSync(folder.path('node_modules/.paddock-lockfile'), 'utf8')

test.each([
  ['the same', { 'node_modules/needed': needed, 'node_modules/elsewhere': elsewhere }],
  ['the same but what is for another platform', { 'node_modules/needed': needed }],
])('%s installed by hand is recognised, and remembered', async (_, installed) => {
  const root = project(installed)
  await setUpDependencies({ root, env: noNpm })
  const first = stamp()
  folder.put('node_modules/.package-lock.json', 'not looked at again')
  await setUpDependencies({ root, env: noNpm })
  expect(stamp()).toBe(first)
})

test.each([
  ['nothing', {}],
  ['another version', { 'node_modules/needed': { ...needed, integrity: 'sha512-other' } }],
  ['something left over', { 'node_modules/needed': needed, 'node_modules/old': needed }],
])('%s installed is replaced', async (_, installed) => {
  const root = project(installed)
  await expect(setUpDependencies({ root, env: noNpm })).rejects.toThrow()
  expect(existsSync(folder.path('node_modules/.paddock-lockfile'))).toBe(false)
})

test('a changed lockfile makes the stamp worthless', async () => {
  const root = project({ 'node_modules/needed': needed })
  await setUpDependencies({ root, env: noNpm })
  folder.put('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/new': needed } }))
  await expect(setUpDependencies({ root, env: noNpm })).rejects.toThrow()
})
