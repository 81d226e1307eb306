import type { PolicyRule } from '#shared/domain/policy.ts'
import type { QueryContext } from '../store/query-where.ts'
import { foundAmong } from '../store/rule-versions.ts'
import { readQuery } from './read-query.ts'

/** Whether a rule is asked of an instance: each query is put once for all of them. */
export function scopesAmong(
  context: QueryContext,
  ids: readonly number[],
): (rule: PolicyRule, id: number) => boolean {
  const known = new Map<string, ReadonlySet<number>>()
  return ({ scopeQuery }, id) => {
    if (scopeQuery === '') return true
    const found = known.get(scopeQuery) ?? foundBy(context, scopeQuery, ids)
    known.set(scopeQuery, found)
    return found.has(id)
  }
}

/** Checked when it was set: a query that cannot be read any more narrows nothing. */
function foundBy(context: QueryContext, query: string, ids: readonly number[]): ReadonlySet<number> {
  const condition = readQuery(query)
  return condition.ok ? foundAmong(context, condition.value, ids) : new Set(ids)
}
