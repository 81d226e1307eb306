import { severities } from '../domain/exposure.ts'
import { type FindingStatus, findingStatuses, openStatuses } from '../domain/finding.ts'
import type { Leaf, Tree } from './condition.ts'
import { type Comparison, type Interval, intervalOf } from './interval.ts'
import { MistakeFound } from './mistake.ts'
import { type OwnFields, type ParsedQuery, parseWith } from './parse.ts'
import { fold, type Pattern } from './pattern.ts'
import { quote, type Token } from './tokens.ts'

/** What a query over findings can ask for besides the fields of their instances. */
export const findingFieldNames = [
  'severity',
  'status',
  'rule',
  'subject',
  'due',
  'opened',
  'instance',
] as const
export type FindingField = (typeof findingFieldNames)[number]

/** `active`: whatever somebody still has to do something about. */
export const statusWords = ['active', ...findingStatuses] as const
export const severityWords = severities.filter(severity => severity !== 'none')
export const dueWords = ['overdue', 'none'] as const

export type FindingLeaf =
  | { readonly kind: 'severity'; readonly value: string }
  | { readonly kind: 'status'; readonly values: readonly FindingStatus[] }
  | { readonly kind: 'finding-names'; readonly field: 'rule' | 'subject'; readonly pattern: Pattern }
  /** Free text in the rule or the subject. */
  | { readonly kind: 'finding-text'; readonly text: string }
  | { readonly kind: 'instance'; readonly id: number }
  /** How long ago it was opened, in milliseconds. */
  | { readonly kind: 'opened'; readonly interval: Interval }
  /** In how many milliseconds it is due: less than none, and it is overdue; null: it has no date. */
  | { readonly kind: 'due'; readonly interval: Interval | null }

export type FindingCondition = Tree<Leaf | FindingLeaf>

export function parseFindingQuery(text: string): ParsedQuery<Leaf | FindingLeaf> {
  return parseWith(text, findingFields)
}

const findingFields: OwnFields<FindingLeaf> = {
  names: findingFieldNames,
  text: text => ({ kind: 'finding-text', text }),
  read: (name, operator, value) => readers[name as FindingField](operator, value),
}

type Reader = (operator: Token, value: Token) => FindingLeaf

const readers: Readonly<Record<FindingField, Reader>> = {
  severity(operator, value) {
    onlyEqual('severity', operator)
    return { kind: 'severity', value: wordOf('severity', value, severityWords) }
  },
  status(operator, value) {
    onlyEqual('status', operator)
    const word = wordOf('status', value, statusWords)
    return { kind: 'status', values: word === 'active' ? openStatuses : [word] }
  },
  rule: namesReader('rule', 'is'),
  subject: namesReader('subject', 'has'),
  instance(operator, value) {
    onlyEqual('instance', operator)
    const { text, start, end } = value
    if (!/^\d{1,9}$/.test(text))
      throw new MistakeFound('query-number-malformed', start, end, { field: 'instance', value: text })
    return { kind: 'instance', id: Number(text) }
  },
  due(operator, value) {
    const comparison = comparisonOf(operator)
    if (comparison === '=') {
      const word = wordOf('due', value, dueWords)
      return { kind: 'due', interval: word === 'none' ? null : intervalOf('<', 0) }
    }
    return { kind: 'due', interval: intervalOf(comparison, durationOf('due', value)) }
  },
  opened(operator, value) {
    const comparison = comparisonOf(operator)
    if (comparison === '=')
      throw new MistakeFound('query-comparison-missing', operator.start, operator.end, { field: 'opened' })
    return { kind: 'opened', interval: intervalOf(comparison, durationOf('opened', value)) }
  },
}

/** `rule:` names the whole key, `subject:` any part of it; `*` stands for any text. */
function namesReader(field: 'rule' | 'subject', match: 'is' | 'has'): Reader {
  return (operator, value) => {
    onlyEqual(field, operator)
    const text = fold(value.text)
    const hasStar = !value.quoted && text.includes('*')
    const kind = match === 'has' && operator.text === ':' ? 'has' : 'is'
    return {
      kind: 'finding-names',
      field,
      pattern: hasStar ? { kind: 'like', parts: text.split('*') } : { kind, text },
    }
  }
}

function comparisonOf({ text }: Token): Comparison {
  const sign = text.replace(/^:(?=.)/, '')
  return sign === ':' ? '=' : (sign as Comparison)
}

function onlyEqual(field: FindingField, operator: Token): void {
  const comparison = comparisonOf(operator)
  if (comparison !== '=')
    throw new MistakeFound('query-operator-wrong', operator.start, operator.end, {
      field,
      operator: comparison,
    })
}

function wordOf<W extends string>(field: FindingField, { text, start, end }: Token, words: readonly W[]): W {
  const wanted = text.toLowerCase()
  const found = words.find(word => word === wanted)
  if (found !== undefined) return found
  throw new MistakeFound('query-value-unknown', start, end, { field, value: text, values: words.join(', ') })
}

const units: Readonly<Record<string, number>> = {
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
}

function durationOf(field: FindingField, { text, start, end }: Token): number {
  const match = /^(\d{1,9})([a-z]+)$/i.exec(text)
  const unit = units[match?.[2]?.toLowerCase() ?? '']
  if (match === null || unit === undefined)
    throw new MistakeFound('query-age-malformed', start, end, {
      field,
      value: text,
      units: Object.keys(units).join(', '),
    })
  return Number(match[1]) * unit
}

/** The term that asks for exactly this subject. */
export function subjectTerm(label: string): string {
  return `subject=${quote(label)}`
}
