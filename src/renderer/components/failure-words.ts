import type { Failure } from '#shared/result.ts'
import { formatDate, formatMoment, millisecondsOf } from '../format/dates.ts'
import type { Language } from '../format/language.ts'
import { formatNumber } from '../format/numbers.ts'
import { resources } from '../i18n/i18n.ts'
import type { Words } from '../i18n/use-words.ts'

export interface FailureWords {
  /** What is wrong. */
  readonly error: string
  /** What to do now. */
  readonly next: string
}

/** The words of a failure. What to do now is the console's own where the common words speak of the command line. */
export function failureWords(failure: Failure, t: Words, language: Language): FailureWords {
  const details = readable(failure.details, language)
  // which details a message needs, only the message itself knows
  const say = t as unknown as (key: string, details: object) => string
  const hasOwn = Object.hasOwn(resources.en.console.failureNext, failure.code)
  return {
    error: say(`failures:${failure.code}.error`, details),
    next: say(hasOwn ? `failureNext.${failure.code}` : `failures:${failure.code}.next`, details),
  }
}

function readable(details: Failure['details'], language: Language): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, readableDetail(name, value, language)]),
  )
}

function readableDetail(name: string, value: string | number, language: Language): string | number {
  // a word in the plural is chosen by a number, not by its text
  if (name === 'count') return value
  if (name === 'validUntil' && /^\d{4}-\d\d-\d\d$/.test(String(value)))
    return formatDate(String(value), language)
  if (name === 'opensAt' && value !== '') return formatMoment(millisecondsOf(String(value)), language)
  if (name === 'size') return formatNumber(BigInt(value), language)
  return String(value)
}
