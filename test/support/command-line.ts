import { spawn } from 'node:child_process'
import { join } from 'node:path'

const entry = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli.ts')

export interface CommandRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs one command in a process of its own, on this data folder. */
export function runCommand(folder: string, ...args: string[]): Promise<CommandRun> {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...process.env, PADDOCK_DATA: folder, PADDOCK_LANG: '' },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', chunk => (stdout += chunk))
  child.stderr.on('data', chunk => (stderr += chunk))
  return new Promise(resolve => child.once('close', code => resolve({ code, stdout, stderr })))
}
