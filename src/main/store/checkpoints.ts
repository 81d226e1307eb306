import { join } from 'node:path'
import Database from 'better-sqlite3'
import { fileName, pagesToCheckpoint } from './open.ts'
import { transaction, type WritableStore } from './statement.ts'

/**
 * Runs `work` in one transaction, for what can be derived or scanned anew: it is kept whole or not at all, but a power
 * failure may take the last of it back. What is committed after it for good takes it along.
 */
export function derivingTransaction<T>(store: WritableStore, work: () => T): T {
  if (store.connection.inTransaction) return work()
  store.connection.pragma('synchronous = NORMAL')
  try {
    return transaction(store, work)
  } finally {
    store.connection.pragma('synchronous = FULL')
  }
}

/** While `work` writes very much, somebody else moves it into the file: done by the writer, that holds everybody up. */
export async function withoutCheckpoints(store: WritableStore, work: () => Promise<void>): Promise<void> {
  store.connection.pragma('wal_autocheckpoint = 0')
  try {
    await work()
  } finally {
    store.connection.pragma(`wal_autocheckpoint = ${pagesToCheckpoint}`)
  }
}

/** Moves what the writer wrote into the file, in another thread than the writer's. Changes nothing that can be read. */
export function openCheckpointer(folder: string): () => void {
  const connection = new Database(join(folder, fileName), { fileMustExist: true })
  connection.pragma('synchronous = FULL')
  return () => {
    // Waits for nobody: what is still being read stays where it is until the next time.
    connection.pragma('wal_checkpoint(PASSIVE)')
  }
}
