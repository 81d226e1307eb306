import type { ReadableStore } from '../store/statement.ts'

/**
 * Of which models nobody needs to be asked: two holders said the same, and only another answer could change that. Kept while
 * the program runs, so that a scan looks up the rest alone. By site, generation and digest.
 */
type Settled = Map<string, Set<string>>
const known = new WeakMap<object, Settled>()

function settledAt(store: ReadableStore, site: number, generation: string): Set<string> {
  const all = known.get(store.connection) ?? (new Map() as Settled)
  known.set(store.connection, all)
  const key = `${site} ${generation}`
  const settled = all.get(key) ?? new Set<string>()
  all.set(key, settled)
  return settled
}

export function settledQuestions(
  store: ReadableStore,
  site: number,
): (generation: string) => { has(digest: string): boolean; add(digest: string): void } {
  return generation => settledAt(store, site, generation)
}

/** Somebody said something about it anew. */
export function forgetSettled(store: ReadableStore, site: number, generation: string, digest: string): void {
  settledAt(store, site, generation).delete(digest)
}
