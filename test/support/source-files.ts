import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const projectRoot = resolve(import.meta.dirname, '..', '..')

export interface SourceFile {
  /** Within the project, `src/renderer/main.tsx`. */
  readonly path: string
  readonly text: string
}

/** The files below a folder of the project whose names end so. */
export function sourceFiles(folder: string, ending: RegExp): SourceFile[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => ending.test(name))
    .map(name => ({ path: `${folder}/${name}`, text: readFileSync(join(projectRoot, folder, name), 'utf8') }))
}
