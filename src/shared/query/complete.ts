import type { Completion } from '../domain/facet.ts'
import { factorWords } from './factor-words.ts'
import { type Field, type FieldName, fieldNamed, fieldNames, fields } from './fields.ts'
import { fold } from './pattern.ts'
import { needsQuotes } from './term.ts'
import { quote, type Token, tokenize } from './tokens.ts'

/** A field that rows have besides those of the inventory: what can follow its name, and its values that hold a text. */
export interface OwnCompletion {
  readonly signs: readonly string[]
  values(part: string): readonly string[]
}
export type OwnCompletions = ReadonlyMap<string, OwnCompletion>

/** Names of a field that hold a folded text. */
export type NamesHolding = (field: FieldName, part: string) => readonly string[]

const mostItems = 50
const operators: Readonly<Record<Field['kind'], readonly string[]>> = {
  choice: [':'],
  names: [':', '='],
  version: ['<', '<=', '>', '>=', ':', '='],
  count: [':', '<', '<=', '>', '>='],
  amount: ['<', '<=', '>', '>=', ':'],
  age: ['<', '>'],
  address: [':'],
}
const ages = ['1h', '24h', '7d', '30d', '90d', '1y']

/** What can stand where the cursor is. A function of its arguments: names come from `namesHolding`. */
export function complete(
  query: string,
  cursor: number,
  namesHolding: NamesHolding,
  own: OwnCompletions = new Map(),
): Completion {
  const tokens = tokenize(query)
  const index = tokens.findIndex(token => token.start < cursor && cursor <= token.end)
  const token = tokens[index]
  const before = tokens.slice(0, index === -1 ? 0 : index + 1).findLast(each => each.kind === 'field')
  if (token === undefined || before === undefined || !belongsToField(token)) {
    return completeName(query, cursor, token, own)
  }
  const ownField = own.get(before.text.toLowerCase())
  const field = fieldNamed(before.text)
  if (token.kind === 'field') return completeName(query, cursor, token, own)
  if (ownField !== undefined) return completeOwn(query, cursor, before.text.toLowerCase(), ownField, token)
  if (field === null) return nothing(cursor)
  return completeValue(query, cursor, field, token, namesHolding)
}

function belongsToField(token: Token): boolean {
  return ['field', 'operator', 'value', 'comma'].includes(token.kind)
}

function nothing(cursor: number): Completion {
  return { start: cursor, end: cursor, items: [] }
}

/** A name up to the cursor, with the operators that can follow it once it is complete. */
function completeName(
  query: string,
  cursor: number,
  token: Token | undefined,
  own: OwnCompletions,
): Completion {
  const isWord =
    token !== undefined && !token.quoted && ['text', 'field', 'or', 'and', 'not'].includes(token.kind)
  if (token?.quoted) return nothing(cursor)
  const start = isWord ? token.start : cursor
  // The operator of a field that is there already stays.
  const end = isWord && token.kind === 'field' ? token.end : isWord ? token.end : cursor
  const part = query.slice(start, cursor).toLowerCase()
  const names = [...own.keys(), ...fieldNames]
  const begins = names.filter(name => name.toLowerCase().startsWith(part))
  const holds = names.filter(name => part !== '' && name.toLowerCase().indexOf(part) > 0)
  const isComplete = token?.kind === 'field'
  const items = [...begins, ...holds].flatMap(name => {
    if (isComplete) return [item('field', name, null)]
    const all = own.get(name)?.signs ?? operators[fields[name as FieldName].kind]
    const signs = part === name.toLowerCase() ? all : all.slice(0, 1)
    return signs.map(sign => item('field', `${name}${sign}`, null))
  })
  return { start, end, items: items.slice(0, mostItems) }
}

function completeOwn(
  query: string,
  cursor: number,
  name: string,
  { values }: OwnCompletion,
  token: Token,
): Completion {
  const start = token.kind === 'value' ? token.start : cursor
  const part = fold(query.slice(start, cursor))
  return {
    start,
    end: token.kind === 'value' ? token.end : cursor,
    items: values(part)
      .filter(text => fold(text).includes(part))
      .slice(0, mostItems)
      .map(text => item('value', text, name)),
  }
}

function completeValue(
  query: string,
  cursor: number,
  field: FieldName,
  token: Token,
  namesHolding: NamesHolding,
): Completion {
  const isValue = token.kind === 'value'
  const start = isValue ? token.start : cursor
  const written = query.slice(start, cursor)
  const isQuoted = written.startsWith('"')
  const part = fold(isQuoted ? written.slice(1) : written)
  const items = valuesOf(field, part, namesHolding).filter(({ text }) => fold(text).includes(part))
  const states = isQuoted ? [] : fields[field].states.filter(state => state.includes(part))
  return {
    start,
    end: isValue ? token.end : cursor,
    items: [
      ...items.map(({ text, isFree }) =>
        item('value', isFree && needsQuotes(field, text) ? quote(text) : text, field),
      ),
      ...states.map(state => item('value', state, field)),
    ].slice(0, mostItems),
  }
}

/** `isFree`: text that anybody may have chosen, no word of the language. */
function valuesOf(
  field: FieldName,
  part: string,
  namesHolding: NamesHolding,
): { text: string; isFree: boolean }[] {
  const description = fields[field]
  switch (description.kind) {
    case 'choice':
      return description.values.map(text => ({ text, isFree: false }))
    case 'age':
      return ages.map(text => ({ text, isFree: false }))
    case 'names':
      if (field === 'factor') return factorWords.map(text => ({ text, isFree: false }))
      return namesHolding(field, part).map(text => ({ text, isFree: true }))
    case 'version':
      return namesHolding(field, part).map(text => ({ text, isFree: false }))
    default:
      return []
  }
}

function item(kind: 'field' | 'value', text: string, field: string | null) {
  return { kind, text, field }
}
