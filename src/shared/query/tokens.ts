/** A piece of a query as it is written. What lies between two tokens is space. */
export interface Token {
  readonly kind:
    | 'open'
    | 'close'
    | 'minus'
    | 'or'
    | 'and'
    | 'not'
    | 'field'
    | 'operator'
    | 'value'
    | 'comma'
    | 'text'
  readonly start: number
  readonly end: number
  /** The text itself, without quotes and escapes. */
  readonly text: string
  /** Written in quotes: taken as it is, no word of the language, no star. */
  readonly quoted: boolean
  /** The closing quote is missing. */
  readonly isOpen?: boolean
}

/** A word of letters and an operator behind it. Names with digits or dots (`llama3:8b`, `10.0.0.1:11434`) are text. */
const fieldStart = /(\p{L}+)(:(?:<=|>=|<|>|=)?|<=|>=|<|>|=)/uy
const space = /\s+/uy
const bareText = /[^\s()"]+/uy
const bareValue = /[^\s(),"]+/uy
const words: Readonly<Record<string, Token['kind']>> = { or: 'or', and: 'and', not: 'not' }

/** Takes a query apart. Never fails: what makes no sense together is the parser's to say. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const blank = matchAt(space, text, at)
    if (blank !== null) {
      at += blank[0].length
      continue
    }
    const more = atTerm(text, at)
    tokens.push(...more)
    at = more.at(-1)?.end ?? text.length
  }
  return tokens
}

function atTerm(text: string, at: number): Token[] {
  const mark = marks[text[at] ?? '']
  if (mark !== undefined) return [{ kind: mark, start: at, end: at + 1, text: text[at] ?? '', quoted: false }]
  const field = matchAt(fieldStart, text, at)
  if (field !== null) return fieldTokens(text, at, field[1] ?? '', field[2] ?? '')
  if (text[at] === '"') return [quoted('text', text, at)]
  const word = matchAt(bareText, text, at)?.[0] ?? ''
  const kind = words[word.toLowerCase()] ?? 'text'
  return [{ kind, start: at, end: at + word.length, text: word, quoted: false }]
}

const marks: Readonly<Record<string, Token['kind']>> = { '(': 'open', ')': 'close', '-': 'minus' }

function fieldTokens(text: string, start: number, name: string, operator: string): Token[] {
  const afterName = start + name.length
  let at = afterName + operator.length
  const tokens: Token[] = [
    { kind: 'field', start, end: afterName, text: name, quoted: false },
    { kind: 'operator', start: afterName, end: at, text: operator, quoted: false },
  ]
  for (;;) {
    const value = valueAt(text, at)
    if (value !== null) tokens.push(value)
    at = value?.end ?? at
    if (text[at] !== ',') return tokens
    tokens.push({ kind: 'comma', start: at, end: at + 1, text: ',', quoted: false })
    at += 1
  }
}

function valueAt(text: string, at: number): Token | null {
  if (text[at] === '"') return quoted('value', text, at)
  const bare = matchAt(bareValue, text, at)?.[0]
  return bare === undefined
    ? null
    : { kind: 'value', start: at, end: at + bare.length, text: bare, quoted: false }
}

/** Up to the closing quote; a backslash takes the next character as it is. */
function quoted(kind: 'text' | 'value', text: string, start: number): Token {
  let content = ''
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '"') return { kind, start, end: at + 1, text: content, quoted: true }
    if (text[at] === '\\' && at + 1 < text.length) at++
    content += text[at]
  }
  return { kind, start, end: text.length, text: content, quoted: true, isOpen: true }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** A value or text so that it is read as itself. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
