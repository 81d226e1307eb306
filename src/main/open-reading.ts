import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { type Result, succeed } from '#shared/result.ts'
import type { Program } from './program.ts'
import { readFrameworkFiles } from './read-frameworks.ts'
import { type AdvisoryShelf, createAdvisoryShelf } from './services/advisory-shelf.ts'
import type { Reading } from './services/context.ts'
import { createFrameworkShelf, type FrameworkShelf } from './services/framework-shelf.ts'
import { openReader } from './store/open.ts'

export interface ReadOptions {
  readonly dataFolder: string
  readonly program: Program
}

/** What queries and exports are given: a connection that cannot write, on a folder somebody else may own. */
export function readerOf({ dataFolder, program }: ReadOptions, now: () => number): Result<Reading> {
  const store = openReader(dataFolder)
  if (!store.ok) return store
  const about = { version: program.version, dataFolder, actor: userInfo().username }
  return succeed({
    store: store.value,
    now,
    about,
    advisories: shelfOf(program),
    frameworks: frameworksOf(program, dataFolder),
  })
}

/** The advisories that came with this Paddock, until somebody puts others in their place. */
export function shelfOf({ resources }: Program): AdvisoryShelf {
  return createAdvisoryShelf(() => readFileSync(join(resources, 'advisories', 'ollama.json'), 'utf8'))
}

/** The frameworks that came with this program, and those somebody put into the data folder. */
export function frameworksOf({ resources }: Program, dataFolder: string): FrameworkShelf {
  return createFrameworkShelf(() => readFrameworkFiles(resources, dataFolder))
}
