import { type FieldName, fields } from './fields.ts'
import { quote, tokenize } from './tokens.ts'

/** The term that asks for exactly this value. */
export function valueTerm(field: FieldName, value: string): string {
  const description = fields[field]
  if (description.kind === 'version' || description.kind === 'amount') return `${field}=${quote(value)}`
  const isPart = description.kind === 'names' && description.match === 'part'
  return `${field}${isPart ? '=' : ':'}${needsQuotes(field, value) ? quote(value) : value}`
}

/** The term that asks for rows of which a field is unknown, or known to be none. */
export function stateTerm(field: FieldName, state: 'unknown' | 'none'): string {
  return `${field}:${state}`
}

/** Unless it reads as itself without them. */
export function needsQuotes(field: FieldName, value: string): boolean {
  const isWord = fields[field].states.some(state => state === value.toLowerCase())
  return isWord || !/^[\p{L}\p{N}._/@+-][\p{L}\p{N}._:/@+-]*$/u.test(value)
}

/** Whether a term stands in a query by itself, not inside parentheses or beside `or`. */
export function hasTerm(query: string, term: string): boolean {
  return termSpan(query, term) !== null
}

/** The query narrowed by a term; without it where it was. */
export function toggleTerm(query: string, term: string): string {
  const span = termSpan(query, term)
  if (span !== null)
    return `${query.slice(0, span.start).trimEnd()} ${query.slice(span.end).trimStart()}`.trim()
  const rest = query.trim()
  if (rest === '') return term
  const hasOr = tokenize(rest).some(token => token.kind === 'or')
  return hasOr ? `(${rest}) ${term}` : `${rest} ${term}`
}

function termSpan(query: string, term: string): { start: number; end: number } | null {
  const tokens = tokenize(query)
  if (tokens.some(token => token.kind === 'or')) return null
  let depth = 0
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'open') depth++
    if (token.kind === 'close') depth--
    const before = tokens[index - 1]?.kind
    const isOwn = depth === 0 && before !== 'minus' && before !== 'not' && before !== 'and'
    if (!isOwn || token.kind !== 'field') continue
    const end = endOfField(tokens, index)
    if (query.slice(token.start, end).toLowerCase() === term.toLowerCase()) return { start: token.start, end }
  }
  return null
}

function endOfField(tokens: ReturnType<typeof tokenize>, start: number): number {
  let last = start
  while (['operator', 'value', 'comma'].includes(tokens[last + 1]?.kind ?? '')) last++
  return tokens[last]?.end ?? 0
}
