import type { Failure } from '#shared/result.ts'

/** A query with the mistake in it underlined; null: the failure is about no query. */
export function underlined({ query, start, end }: Failure['details']): string | null {
  if (typeof query !== 'string' || typeof start !== 'number' || typeof end !== 'number') return null
  // One line, one column a character, whatever was typed.
  const line = query.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
  return `  ${line}\n  ${' '.repeat(start)}${'^'.repeat(Math.max(1, end - start))}`
}
