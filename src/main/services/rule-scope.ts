import type { PolicyRule } from '#shared/domain/policy.ts'
import { foundAmong } from '../store/rule-versions.ts'
import type { ReadableStore } from '../store/statement.ts'
import { readQuery } from './read-query.ts'

/** Whether a rule is asked of an instance: each query is put once for all of them. */
export function scopesAmong(
  store: ReadableStore,
  now: number,
  ids: readonly number[],
): (rule: PolicyRule, id: number) => boolean {
  const known = new Map<string, ReadonlySet<number>>()
  return ({ scopeQuery }, id) => {
    if (scopeQuery === '') return true
    const found = known.get(scopeQuery) ?? foundBy(store, now, scopeQuery, ids)
    known.set(scopeQuery, found)
    return found.has(id)
  }
}

/** Checked when it was set: a query that cannot be read any more narrows nothing. */
function foundBy(
  store: ReadableStore,
  now: number,
  query: string,
  ids: readonly number[],
): ReadonlySet<number> {
  const condition = readQuery(query)
  return condition.ok ? foundAmong({ store, now }, condition.value, ids) : new Set(ids)
}
