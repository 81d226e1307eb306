import { posix, win32 } from 'node:path'

export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/**
 * Where one organisation's data is: what the person names, else `PADDOCK_DATA`, else the account's usual place.
 * The console and the command line ask here, so that both look at the same data.
 */
export function chooseDataFolder(given: string | undefined, surroundings: Surroundings): string {
  return given || surroundings.env['PADDOCK_DATA'] || defaultDataFolder(surroundings)
}

export function defaultDataFolder({ platform, env, home }: Surroundings): string {
  if (platform === 'win32') {
    return win32.join(env['APPDATA'] || win32.join(home, 'AppData', 'Roaming'), 'Paddock')
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Paddock')
  return posix.join(env['XDG_DATA_HOME'] || posix.join(home, '.local', 'share'), 'paddock')
}
