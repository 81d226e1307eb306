import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { type Result, succeed } from '#shared/result.ts'
import type { Program } from './program.ts'
import { type AdvisoryShelf, createAdvisoryShelf } from './services/advisory-shelf.ts'
import type { Emit, Reading } from './services/context.ts'
import { openReader } from './store/open.ts'

export interface ReadOptions {
  readonly dataFolder: string
  readonly program: Program
}

/** What queries and exports are given: a connection that cannot write, on a folder somebody else may own. */
export function readerOf(
  { dataFolder, program }: ReadOptions,
  now: () => number,
  emit: Emit,
): Result<Reading> {
  const store = openReader(dataFolder)
  if (!store.ok) return store
  const about = { version: program.version, dataFolder, actor: userInfo().username }
  return succeed({ store: store.value, now, about, advisories: shelfOf(program), emit })
}

/** The advisories that came with this Paddock, until somebody puts others in their place. */
export function shelfOf({ resources }: Program): AdvisoryShelf {
  return createAdvisoryShelf(() => readFileSync(join(resources, 'advisories', 'ollama.json'), 'utf8'))
}
