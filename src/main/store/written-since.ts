import type { ReadableStore } from './statement.ts'

/** What a connection had seen of what others write; null: it may write itself. */
export type Moment = number | null

/**
 * What is kept of a file that nobody has written to is still so: asked in a microsecond, where looking whether spells have
 * been purged takes ten milliseconds.
 */
export function momentOf({ connection }: ReadableStore): Moment {
  return connection.readonly ? Number(connection.pragma('data_version', { simple: true })) : null
}

/** Whether anything may have been written since. Of a connection that writes, nobody can tell: it may have taken it back. */
export function isWrittenSince(store: ReadableStore, moment: Moment): boolean {
  return moment === null || moment !== momentOf(store)
}
