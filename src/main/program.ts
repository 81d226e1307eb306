import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the parts of the program are that are started as threads, and what it is called. */
export interface Program {
  readonly version: string
  readonly resources: string
  readonly reader: string
  readonly sweepWorker: string
  readonly exportWorker: string
  readonly reportWorker: string
  readonly judgeWorker: string
  readonly lab: string
}

/**
 * Finds them beside the entry that runs: built (`out/main/cli.js`), or the sources themselves (`src/main/cli.ts`).
 * Entries call it with their own folder and file; bundled parts would see the folder of their chunk.
 */
export function findProgram(folder: string, file: string): Program {
  const isSource = file.endsWith('.ts')
  const extension = isSource ? '.ts' : '.js'
  const root = join(folder, '..', '..')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return {
    version,
    resources: join(root, 'resources'),
    reader: join(folder, `reader${extension}`),
    sweepWorker: join(folder, `sweep-worker${extension}`),
    exportWorker: join(folder, `export-worker${extension}`),
    reportWorker: join(folder, `report-worker${extension}`),
    judgeWorker: join(folder, `judge-worker${extension}`),
    lab: isSource ? join(root, 'test', 'lab', 'main.ts') : join(folder, 'lab.js'),
  }
}
