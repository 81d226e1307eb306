import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import * as z from 'zod'

/** Who owns a data folder, and where its owner can be reached. */
export const Holder = z.object({
  pid: z.int(),
  name: z.string(),
  since: z.string(),
  socket: z.string(),
  token: z.string(),
})
export type Holder = z.infer<typeof Holder>

export interface FolderLock {
  release(): void
}

/**
 * Takes a data folder for this process, or says who has it. The lock is the operating system's: SQLite holds it on a file
 * of its own, so it ends with the process, however that ends. `owner.json` beside it only tells others whom to ask.
 */
export function lockFolder(folder: string, holder: Holder): FolderLock | { readonly holder: Holder | null } {
  const connection = new Database(join(folder, 'owner.lock'), { timeout: 0 })
  try {
    connection.pragma('locking_mode = EXCLUSIVE')
    connection.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    connection.close()
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return { holder: holderOf(folder) }
    throw error
  }
  writeFileSync(join(folder, 'owner.json'), JSON.stringify(holder), { mode: 0o600 })
  return { release: () => connection.close() }
}

/** The last known holder; null if nobody left a name. */
export function holderOf(folder: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')))
  } catch {
    return null
  }
}

/** Clears away the socket of an owner that ended without a word. Only for who holds the lock. */
export function removeSocket({ socket }: Holder): void {
  if (process.platform !== 'win32') rmSync(socket, { force: true })
}
