import { existsSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { setUpBuild } from '../../../scripts/setup/build.js'
import { makeFolderPerTest } from './folder-per-test.ts'

const folder = makeFolderPerTest()
const node = process.execPath

/** Stands in for the bundler: notes each run, takes its time, fails on request, writes what it found. */
const bundler = `
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
appendFileSync('runs', 'x')
await new Promise(resolve => setTimeout(resolve, 200))
const source = readFileSync('src/main/cli.ts', 'utf8')
const out = process.argv[process.argv.indexOf('--outDir') + 1]
for (const part of ['main', 'preload']) mkdirSync(out + '/' + part, { recursive: true })
writeFileSync(out + '/main/cli.js', source)
if (source === 'wrong') { console.error('cli.ts is wrong'); process.exit(1) }
`

function project(): string {
  folder.put('node_modules/electron-vite/package.json', '{ "type": "module" }')
  folder.put('node_modules/electron-vite/bin/electron-vite.js', bundler)
  folder.put('src/main/cli.ts', 'one')
  return folder.path()
}

const runs = () => readFileSync(folder.path('runs'), 'utf8').length
const built = () => readFileSync(folder.path('out/main/cli.js'), 'utf8')

test('nothing is built twice', async () => {
  const root = project()
  await setUpBuild({ node, root })
  await setUpBuild({ node, root })
  folder.put('test/unit/some.test.ts', 'no input of a build')
  await setUpBuild({ node, root })
  expect(runs()).toBe(1)
  expect(built()).toBe('one')
})

test('two at once build once', async () => {
  const root = project()
  await Promise.all([setUpBuild({ node, root }), setUpBuild({ node, root }), setUpBuild({ node, root })])
  expect(runs()).toBe(1)
})

test.each([
  ['a changed file', () => folder.put('src/main/cli.ts', 'two')],
  ['a new file', () => folder.put('resources/locales/en/menu.json', '{}')],
  ['a lost result', () => rmSync(folder.path('out/main/cli.js'))],
])('%s makes it build again', async (_, change) => {
  const root = project()
  await setUpBuild({ node, root })
  change()
  await setUpBuild({ node, root })
  expect(runs()).toBe(2)
  expect(existsSync(folder.path('out/.staging'))).toBe(false)
})

test('a build that fails says why, leaves the old one in place and is tried again', async () => {
  const root = project()
  await setUpBuild({ node, root })
  folder.put('src/main/cli.ts', 'wrong')
  await expect(setUpBuild({ node, root })).rejects.toThrow('cli.ts is wrong')
  expect(built()).toBe('one')
  await expect(setUpBuild({ node, root })).rejects.toThrow('cli.ts is wrong')
  folder.put('src/main/cli.ts', 'three')
  await setUpBuild({ node, root })
  expect(built()).toBe('three')
})

test('this repository is built from what the build reads', () => {
  const root = resolve(import.meta.dirname, '../../..')
  for (const input of [
    'src',
    'electron.vite.config.ts',
    'package.json',
    'package-lock.json',
    'tsconfig.base.json',
  ]) {
    expect(existsSync(resolve(root, input)), input).toBe(true)
  }
})
