import { parseBlock } from '../domain/address-block.ts'
import { endOfDate, IsoInstant, startOfDate } from '../domain/instant.ts'
import type { Leaf } from './condition.ts'
import { type Field, type FieldName, fields } from './fields.ts'
import { type Comparison, type Interval, intervalOf } from './interval.ts'
import { type MistakeCode, MistakeFound } from './mistake.ts'
import { fold, type Pattern } from './pattern.ts'
import type { Token } from './tokens.ts'
import { readVersionBound } from './version-bound.ts'

const ageUnits: Readonly<Record<string, number>> = {
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
}

/** What one value of a field asks for. */
export function readLeaf(name: FieldName, operator: Token, value: Token): Leaf {
  const field = fields[name]
  const sign = operator.text.replace(/^:(?=.)/, '')
  const term: Term = { name, field, operator, value, comparison: sign === ':' ? '=' : (sign as Comparison) }
  return readState(term, sign) ?? readers[field.kind](term as never)
}

interface Term<F extends Field = Field> {
  readonly name: FieldName
  readonly field: F
  readonly operator: Token
  readonly value: Token
  readonly comparison: Comparison
}
type TermOf<K extends Field['kind']> = Term<Extract<Field, { kind: K }>>

/** `unknown` and `none` are words of the language unless they stand in quotes. */
function readState({ name, field, value, operator, comparison }: Term, sign: string): Leaf | null {
  const state = field.states.find(state => !value.quoted && state === value.text.toLowerCase())
  if (state === undefined) return null
  if (comparison !== '=') throw notComparable(name, operator, sign)
  return { kind: 'state', field: name, state }
}

const readers: { readonly [K in Field['kind']]: (term: TermOf<K>) => Leaf } = {
  choice: readChoice,
  names: readNames,
  version: readVersion,
  count: readCount,
  amount: readAmount,
  age: readAge,
  address: readAddress,
}

function readChoice({ name, field, operator, value, comparison }: TermOf<'choice'>): Leaf {
  if (comparison !== '=') throw notComparable(name, operator, comparison)
  const wanted = value.text.toLowerCase()
  const found = field.values.find(each => each === wanted)
  if (found !== undefined) return { kind: 'choice', field: name, value: found }
  throw wrong('query-value-unknown', value, {
    field: name,
    value: value.text,
    values: [...field.values, ...field.states].join(', '),
  })
}

function readNames({ name, field, operator, value, comparison }: TermOf<'names'>): Leaf {
  if (comparison !== '=') throw notComparable(name, operator, comparison)
  const text = fold(value.text)
  return { kind: 'names', field: name, pattern: patternOf(text, value.quoted, field.match, operator.text) }
}

function patternOf(text: string, isQuoted: boolean, match: 'whole' | 'part', operator: string): Pattern {
  if (!isQuoted && text.includes('*')) return { kind: 'like', parts: text.split('*') }
  return { kind: match === 'part' && operator === ':' ? 'has' : 'is', text }
}

/** In quotes it is the text a server sent, whatever it means. */
function readVersion({ name, operator, value, comparison }: TermOf<'version'>): Leaf {
  if (value.quoted) {
    if (comparison !== '=') throw notComparable(name, operator, comparison)
    return { kind: 'names', field: name, pattern: { kind: 'is', text: fold(value.text) } }
  }
  const bound = readVersionBound(comparison, value.text.replace(/(\.(x|\*))+$/i, ''))
  if (bound === null) throw wrong('query-version-malformed', value, { value: value.text })
  return { kind: 'version', bound }
}

function readCount({ name, value, comparison }: TermOf<'count'>): Leaf {
  if (!/^\d{1,9}$/.test(value.text))
    throw wrong('query-number-malformed', value, { field: name, value: value.text })
  return { kind: 'number', field: name, interval: intervalOf(comparison, Number(value.text)) }
}

/** In quotes it is the text a server sent. */
function readAmount({ name, field, operator, value, comparison }: TermOf<'amount'>): Leaf {
  if (comparison === '=' && value.quoted && !field.comparesOnly) {
    return { kind: 'names', field: name, pattern: { kind: 'is', text: fold(value.text) } }
  }
  if (comparison === '=' && field.comparesOnly) {
    throw new MistakeFound('query-comparison-missing', operator.start, operator.end, { field: name })
  }
  const read = readUnit(value.text, field.units)
  if (read === null) {
    const units = Object.keys(field.units).join(', ')
    throw wrong('query-amount-malformed', value, { field: name, value: value.text, units })
  }
  return { kind: 'number', field: name, interval: intervalOf(comparison, read.value, read.halfStep) }
}

/** `<30d`: less than 30 days ago. */
function readAge({ name, operator, value, comparison }: TermOf<'age'>): Leaf {
  const dated = readDated(name, value, comparison)
  if (dated !== null) return dated
  if (comparison === '=') {
    throw new MistakeFound('query-comparison-missing', operator.start, operator.end, { field: name })
  }
  const read = readUnit(value.text, ageUnits)
  if (read === null) {
    const units = Object.keys(ageUnits).join(', ')
    throw wrong('query-age-malformed', value, { field: name, value: value.text, units })
  }
  return { kind: 'age', field: name, interval: intervalOf(comparison, read.value) satisfies Interval }
}

/** `firstSeen:2026-11-23` is that day where Paddock runs; `firstSeen>=2026-11-23T08:00:00.000Z` from that instant on. */
function readDated(field: FieldName, { text }: Token, comparison: Comparison): Leaf | null {
  const instant = IsoInstant.safeParse(text).success ? Date.parse(text) : null
  const end = endOfDate(text)
  if (instant === null && end === null) return null
  const from = instant ?? startOfDate(text) ?? 0
  const until = instant === null ? (end ?? 0) : instant + 1
  switch (comparison) {
    case '=':
      return { kind: 'instant', field, from, until }
    case '<':
      return { kind: 'instant', field, from: null, until: from }
    case '<=':
      return { kind: 'instant', field, from: null, until }
    case '>':
      return { kind: 'instant', field, from: until, until: null }
    case '>=':
      return { kind: 'instant', field, from, until: null }
  }
}

function readAddress({ name, operator, value, comparison }: TermOf<'address'>): Leaf {
  if (comparison !== '=') throw notComparable(name, operator, comparison)
  const block = parseBlock(value.text)
  if (block.ok) return { kind: 'address', field: name, block: block.value }
  const { network } = block.failure.details
  throw network === undefined
    ? wrong('query-address-malformed', value, { value: value.text })
    : wrong('query-address-host-bits', value, { value: value.text, network })
}

/** `1.5gb`; a number stands for what rounds to it as far as it is written. */
function readUnit(
  text: string,
  units: Readonly<Record<string, number>>,
): { value: number; halfStep: number } | null {
  const match = /^(\d{1,9})(?:\.(\d{1,6}))?([a-z]+)$/i.exec(text)
  const unit = units[match?.[3]?.toLowerCase() ?? '']
  if (match === null || unit === undefined) return null
  const decimals = match[2]?.length ?? 0
  return { value: Number(`${match[1]}.${match[2] ?? '0'}`) * unit, halfStep: (unit / 10 ** decimals) * 0.5 }
}

function wrong(
  code: MistakeCode,
  { start, end }: Token,
  details: Record<string, string | number>,
): MistakeFound {
  return new MistakeFound(code, start, end, details)
}

function notComparable(field: FieldName, { start, end }: Token, operator: string): MistakeFound {
  return new MistakeFound('query-operator-wrong', start, end, { field, operator })
}
