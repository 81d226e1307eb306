import { describe, expect, test } from 'vitest'
import { chooseDataFolder, defaultDataFolder } from '#main/data-folder.ts'

describe('the data folder', () => {
  test.each([
    ['linux', {}, '/home/kim', '/home/kim/.local/share/paddock'],
    ['linux', { XDG_DATA_HOME: '/data/kim' }, '/home/kim', '/data/kim/paddock'],
    ['linux', { XDG_DATA_HOME: '' }, '/home/kim', '/home/kim/.local/share/paddock'],
    ['darwin', {}, '/Users/kim', '/Users/kim/Library/Application Support/Paddock'],
    ['win32', { APPDATA: 'C:\\Users\\kim\\Roaming' }, 'C:\\Users\\kim', 'C:\\Users\\kim\\Roaming\\Paddock'],
    ['win32', {}, 'C:\\Users\\kim', 'C:\\Users\\kim\\AppData\\Roaming\\Paddock'],
  ] as const)('on %s with %o', (platform, env, home, folder) => {
    expect(defaultDataFolder({ platform, env, home })).toBe(folder)
  })

  test('what the person names comes before PADDOCK_DATA, and that before the usual place', () => {
    const surroundings = { platform: 'linux', env: { PADDOCK_DATA: '/env' }, home: '/home/kim' } as const
    expect(chooseDataFolder('/given', surroundings)).toBe('/given')
    expect(chooseDataFolder(undefined, surroundings)).toBe('/env')
    expect(chooseDataFolder(undefined, { ...surroundings, env: {} })).toBe('/home/kim/.local/share/paddock')
  })
})
