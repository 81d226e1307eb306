import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Measured, type MeasureOptions, measure } from './measure.ts'

const cli = join(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js')

/** Turns a command into one that runs elsewhere, in a namespace for instance. */
export type Inside = (command: string, ...args: string[]) => readonly [string, readonly string[]]

export const here: Inside = (command, ...args) => [command, args]

export interface Scanned extends Measured {
  readonly report: {
    readonly scan: { readonly durationMs: number; readonly status: string }
    readonly coverage: Record<string, number>
    readonly instances: { readonly seen: number }
    readonly requests: { readonly total: number; readonly byKind: Record<string, number> }
  }
}

export interface ScanOnceOptions extends MeasureOptions {
  readonly port?: number
}

/**
 * One scan by the built program in a new data folder. The range is registered before, so that what is timed is what a
 * person would do from then on, process start included.
 */
export async function scanOnce(
  block: string,
  options: readonly string[],
  inside: Inside,
  { port = 11434, ...limits }: ScanOnceOptions = {},
): Promise<Scanned> {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-bench-'))
  const run = (args: readonly string[], limit: MeasureOptions = {}) => {
    const [command, all] = inside(process.execPath, cli, ...args, '--data', folder, '--json')
    return measure(command, all, limit)
  }
  try {
    const terms = ['--site', 'Bench', '--authorised-by', 'bench', '--reference', 'bench']
    const added = await run(['range', 'add', block, ...terms, '--port', String(port)])
    if (added.code !== 0) throw new Error(added.stderr)
    const scanned = await run(['scan', '--confirm-vantage', ...options], limits)
    // 3: stopped, which is what was asked for.
    if (scanned.code !== (limits.stopAfterMs === undefined ? 0 : 3)) throw new Error(scanned.stderr)
    return { ...scanned, report: JSON.parse(scanned.stdout) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
