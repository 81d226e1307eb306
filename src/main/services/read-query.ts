import type { Condition } from '#shared/query/condition.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { fold } from '#shared/query/pattern.ts'
import { fail, type Result, succeed } from '#shared/result.ts'

/** What a query asks; or a failure that says what is wrong with it and where. */
export function readQuery(query: string): Result<Condition> {
  const parsed = parseQuery(query)
  if (parsed.ok) return succeed(parsed.condition)
  const { code, start, end, details } = parsed.mistake
  return fail(code, { ...details, query, start, end })
}

/** A query, and words that must all occur besides. */
export function readQueryAndWords(query: string, words: string): Result<Condition> {
  const condition = readQuery(query)
  if (!condition.ok) return condition
  const texts = words.split(/\s+/).filter(word => word !== '')
  if (texts.length === 0) return condition
  return succeed({
    kind: 'all',
    of: [condition.value, ...texts.map(word => ({ kind: 'text' as const, text: fold(word) }))],
  })
}
