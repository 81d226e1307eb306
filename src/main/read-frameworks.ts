import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { FrameworkFile } from './services/framework-shelf.ts'

/** A pack is some hundred kilobytes; what is larger is none. */
const mostBytes = 5_000_000

/** Delivered packs, then those in the data folder's `frameworks`: any `.json` there is one. */
export function readFrameworkFiles(resources: string, dataFolder: string): FrameworkFile[] {
  return [
    ...filesIn(join(resources, 'frameworks'), 'shipped'),
    ...filesIn(join(dataFolder, 'frameworks'), 'own'),
  ]
}

function filesIn(folder: string, origin: FrameworkFile['origin']): FrameworkFile[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter(name => name.endsWith('.json'))
  return names.sort().map(name => ({ name, origin, text: readSmall(join(folder, name)) }))
}

function readSmall(path: string): string {
  try {
    const about = statSync(path)
    return about.isFile() && about.size <= mostBytes ? readFileSync(path, 'utf8') : ''
  } catch {
    // What cannot be read is shown as a pack that cannot be used.
    return ''
  }
}
