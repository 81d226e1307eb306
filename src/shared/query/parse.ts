import { everything, type Leaf, type Tree } from './condition.ts'
import { fieldNamed, similarField } from './fields.ts'
import { type Mistake, MistakeFound } from './mistake.ts'
import { fold } from './pattern.ts'
import { readLeaf } from './read-value.ts'
import { type Token, tokenize } from './tokens.ts'

export const longestQuery = 2000
const mostTerms = 100
const deepest = 20

export type ParsedQuery<L = Leaf> =
  | { readonly ok: true; readonly condition: Tree<L> }
  | { readonly ok: false; readonly mistake: Mistake }

/** Fields that rows have besides those of the inventory. */
export interface OwnFields<L> {
  readonly names: readonly string[]
  read(name: string, operator: Token, value: Token): L
  /** Where else free text is looked for; folded. */
  text(text: string): L
}

/**
 * Reads a query (docs/user-guide/query.md):
 *
 *     query   = group { "or" group }
 *     group   = item { ["and"] item }
 *     item    = ["-" | "not"] ( "(" query ")" | field | text )
 *     field   = name operator value { "," value }
 *     operator = ":" | "=" | "<" | "<=" | ">" | ">="
 */
export function parseQuery(text: string): ParsedQuery {
  return parseWith<never>(text, null)
}

/** The same language over more fields. */
export function parseWith<L>(text: string, own: OwnFields<L> | null): ParsedQuery<Leaf | L> {
  try {
    if (text.length > longestQuery)
      throw new MistakeFound('query-too-long', longestQuery, text.length, { most: longestQuery })
    return { ok: true, condition: new Parser<L>(tokenize(text), own).whole() }
  } catch (error) {
    if (error instanceof MistakeFound) return { ok: false, mistake: error.mistake }
    throw error
  }
}

class Parser<L> {
  readonly #tokens: readonly Token[]
  readonly #own: OwnFields<L> | null
  #at = 0
  #terms = 0

  constructor(tokens: readonly Token[], own: OwnFields<L> | null) {
    this.#tokens = tokens
    this.#own = own
  }

  whole(): Tree<Leaf | L> {
    if (this.#tokens.length === 0) return everything
    const condition = this.#query(0)
    const rest = this.#next
    if (rest !== undefined) throw new MistakeFound('query-parenthesis-unopened', rest.start, rest.end)
    return condition
  }

  get #next(): Token | undefined {
    return this.#tokens[this.#at]
  }

  #take(kind: Token['kind']): Token | null {
    const token = this.#next
    if (token?.kind !== kind) return null
    this.#at++
    return token
  }

  #query(depth: number): Tree<Leaf | L> {
    const groups = [this.#group(depth)]
    while (this.#take('or') !== null) groups.push(this.#group(depth))
    return joined('any', groups)
  }

  #group(depth: number): Tree<Leaf | L> {
    const items = [this.#item(depth)]
    for (;;) {
      const hasAnd = this.#take('and') !== null
      const next = this.#next
      if (!hasAnd && (next === undefined || next.kind === 'or' || next.kind === 'close')) break
      items.push(this.#item(depth))
    }
    return joined('all', items)
  }

  #item(depth: number): Tree<Leaf | L> {
    const negation = this.#take('minus') ?? this.#take('not')
    if (negation !== null) return { kind: 'not', of: this.#positive(depth) }
    return this.#positive(depth)
  }

  #positive(depth: number): Tree<Leaf | L> {
    const open = this.#take('open')
    if (open !== null) return this.#inParentheses(open, depth + 1)
    if (++this.#terms > mostTerms) this.#fail('query-too-many-terms', { most: mostTerms })
    const text = this.#take('text')
    if (text !== null) {
      closed(text)
      // `version <0.17`: an operator belongs to the word before it, without space.
      if (!text.quoted && /^[<>=,]/.test(text.text))
        throw new MistakeFound('query-operator-alone', text.start, text.end, { text: text.text })
      return this.#text(fold(text.text))
    }
    const field = this.#take('field')
    if (field !== null) return this.#field(field)
    return this.#fail('query-term-missing')
  }

  #text(text: string): Tree<Leaf | L> {
    const leaf = { kind: 'text', text } as const
    return this.#own === null ? leaf : { kind: 'any', of: [leaf, this.#own.text(text)] }
  }

  #inParentheses(open: Token, depth: number): Tree<Leaf | L> {
    if (depth > deepest) throw new MistakeFound('query-too-deep', open.start, open.end, { most: deepest })
    const inner = this.#query(depth)
    if (this.#take('close') === null)
      throw new MistakeFound('query-parenthesis-unclosed', open.start, open.end)
    return inner
  }

  #field(token: Token): Tree<Leaf | L> {
    const operator = this.#take('operator')
    if (operator === null) throw new Error('a field is a token because an operator follows it')
    const { name, read } = this.#reader(token, operator)
    const choices: Tree<Leaf | L>[] = []
    do {
      const value = this.#take('value')
      if (value === null || (value.text === '' && !value.quoted)) {
        const end = this.#tokens[this.#at - 1]?.end ?? operator.end
        throw new MistakeFound('query-value-missing', token.start, end, { field: name })
      }
      closed(value)
      if (++this.#terms > mostTerms) this.#fail('query-too-many-terms', { most: mostTerms })
      choices.push(read(value))
    } while (this.#take('comma') !== null)
    return joined('any', choices)
  }

  #reader(token: Token, operator: Token): { name: string; read: (value: Token) => Leaf | L } {
    const own = this.#own
    const ownName = own?.names.find(each => each === token.text.toLowerCase())
    if (own !== null && ownName !== undefined)
      return { name: ownName, read: value => own.read(ownName, operator, value) }
    const name = fieldNamed(token.text)
    if (name === null) throw unknownField(token)
    return { name, read: value => readLeaf(name, operator, value) }
  }

  /** At the next token, or behind the last one. */
  #fail(code: Mistake['code'], details: Mistake['details'] = {}): never {
    const last = this.#tokens.at(-1)?.end ?? 0
    const token = this.#next ?? { start: last, end: last }
    throw new MistakeFound(code, token.start, token.end, details)
  }
}

function joined<L>(kind: 'all' | 'any', of: readonly Tree<L>[]): Tree<L> {
  const [only] = of
  return only !== undefined && of.length === 1 ? only : { kind, of }
}

function closed(token: Token): void {
  if (token.isOpen) throw new MistakeFound('query-quote-unclosed', token.start, token.end)
}

function unknownField({ start, end, text }: Token): MistakeFound {
  const similar = similarField(text)
  return similar === null
    ? new MistakeFound('query-field-unknown', start, end, { field: text })
    : new MistakeFound('query-field-misspelt', start, end, { field: text, similar })
}
