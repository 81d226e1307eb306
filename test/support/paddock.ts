import { expect } from 'vitest'
import { runCommand } from './command-line.ts'

export const paddock = runCommand

/** The one value of a command, with --json. */
export async function paddockJson<T>(folder: string, ...args: string[]): Promise<T> {
  const done = await runCommand(folder, ...args, '--json')
  expect(done.code, done.stderr).toBe(0)
  return JSON.parse(done.stdout) as T
}
