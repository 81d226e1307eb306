import { mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { destination, type Logger, pino } from 'pino'

const largestBytes = 5 * 1024 * 1024

/** The log of a data folder: `logs/paddock.log`, and the one before it. Never holds prompts, templates or answers. */
export function createLog(dataFolder: string, process: string): Logger {
  const folder = join(dataFolder, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'paddock.log')
  rotate(file)
  return pino(
    { base: { process }, redact: { paths: ['token', '*.token', 'passphrase', '*.passphrase'], censor: '…' } },
    destination({ dest: file, sync: true, mode: 0o600 }),
  )
}

/** At start-up, so that no process moves a file away under another that writes it. */
function rotate(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > largestBytes) renameSync(file, `${file}.1`)
}
