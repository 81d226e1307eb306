import type Database from 'better-sqlite3'
import type { ReadableStore } from './statement.ts'

/** What a connection had seen of what others write; null: it may write itself. */
export type Moment = number | null

const questions = new WeakMap<Database.Database, Database.Statement>()

/**
 * What is kept of a file that nobody has written to is still so: asked in a microsecond, where looking whether spells have
 * been purged takes ten milliseconds.
 */
export function momentOf({ connection }: ReadableStore): Moment {
  if (!connection.readonly) return null
  const question = questions.get(connection) ?? connection.prepare('PRAGMA data_version').pluck()
  questions.set(connection, question)
  return question.get() as number
}

/** Whether anything may have been written since. Of a connection that writes, nobody can tell: it may have taken it back. */
export function isWrittenSince(store: ReadableStore, moment: Moment): boolean {
  return moment === null || moment !== momentOf(store)
}

/** Makes something of what a connection reads, and keeps it with the connection until anything is written. */
export function keptUntilWritten<T>(make: (store: ReadableStore) => T): (store: ReadableStore) => T {
  const kept = new WeakMap<object, { readonly moment: Moment; readonly made: T }>()
  return store => {
    const before = kept.get(store.connection)
    if (before !== undefined && !isWrittenSince(store, before.moment)) return before.made
    // Before it is read: what is written meanwhile is read again next time.
    const moment = momentOf(store)
    const made = make(store)
    kept.set(store.connection, { moment, made })
    return made
  }
}
