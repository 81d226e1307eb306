import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Measured, measure } from './measure.ts'

const cli = join(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js')

/** Turns a command into one that runs elsewhere, in a namespace for instance. */
export type Inside = (command: string, ...args: string[]) => readonly [string, readonly string[]]

export interface Scanned extends Measured {
  readonly report: {
    readonly scan: { readonly durationMs: number }
    readonly coverage: Record<string, number>
    readonly instances: { readonly seen: number }
    readonly requests: { readonly total: number; readonly byKind: Record<string, number> }
  }
}

/**
 * One scan by the built program in a new data folder: registered before, so that what is timed is what a person would do
 * from then on, process start included.
 */
export async function scanOnce(
  block: string,
  options: readonly string[],
  inside: Inside,
  port = 11434,
): Promise<Scanned> {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-bench-'))
  const run = (...args: string[]) => {
    const [command, all] = inside(process.execPath, cli, ...args, '--data', folder, '--json')
    return measure(command, all)
  }
  try {
    const terms = [
      '--site',
      'Bench',
      '--authorised-by',
      'bench',
      '--reference',
      'bench',
      '--port',
      String(port),
    ]
    const added = await run('range', 'add', block, ...terms)
    if (added.code !== 0) throw new Error(added.stderr)
    const scanned = await run('scan', '--confirm-vantage', ...options)
    if (scanned.code !== 0) throw new Error(scanned.stderr)
    return { ...scanned, report: JSON.parse(scanned.stdout) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
