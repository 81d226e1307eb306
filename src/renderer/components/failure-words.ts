import type { Failure } from '#shared/result.ts'
import { formatDate } from '../format/dates.ts'
import type { Language } from '../format/language.ts'
import { formatNumber } from '../format/numbers.ts'
import type { Words } from '../i18n/use-words.ts'

export interface FailureWords {
  /** What is wrong. */
  readonly error: string
  /** What to do now. */
  readonly next: string
}

/** The words of a failure. `console` stands in for `next` where that speaks of the command line. */
export function failureWords(failure: Failure, t: Words, language: Language): FailureWords {
  const details = readable(failure.details, language)
  // which details a message needs, only the message itself knows
  const say = t as unknown as (key: string, details: object) => string
  const words: Readonly<Record<string, string>> = t(`failures:${failure.code}`, { returnObjects: true })
  const next = words['console'] === undefined ? 'next' : 'console'
  return {
    error: say(`failures:${failure.code}.error`, details),
    next: say(`failures:${failure.code}.${next}`, details),
  }
}

function readable(details: Failure['details'], language: Language): Record<string, string> {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, readableDetail(name, value, language)]),
  )
}

function readableDetail(name: string, value: string | number, language: Language): string {
  if (name === 'validUntil' && /^\d{4}-\d\d-\d\d$/.test(String(value)))
    return formatDate(String(value), language)
  if (name === 'size') return formatNumber(BigInt(value), language)
  return String(value)
}
