import type { IsoDate, IsoInstant } from '#shared/domain/instant.ts'
import type { Language } from './language.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Largest unit first. */
const steps = [
  ['year', 365 * day],
  ['month', 30 * day],
  ['day', day],
  ['hour', hour],
  ['minute', minute],
] as const

const cache = new Map<string, Intl.RelativeTimeFormat | Intl.DateTimeFormat>()

function cached<F extends Intl.RelativeTimeFormat | Intl.DateTimeFormat>(key: string, make: () => F): F {
  const known = (cache.get(key) as F | undefined) ?? make()
  cache.set(key, known)
  return known
}

/**
 * `3 minutes ago`, `1 day ago`; what is less than a minute away is now. Never "yesterday": 47 hours ago is a day and some
 * hours, and two dates back.
 */
export function formatRelative(at: number, now: number, language: Language): string {
  const format = (numeric: 'always' | 'auto') =>
    cached(`relative ${language} ${numeric}`, () => new Intl.RelativeTimeFormat(language, { numeric }))
  const distance = at - now
  for (const [unit, length] of steps) {
    if (Math.abs(distance) >= length) return format('always').format(Math.trunc(distance / length), unit)
  }
  return format('auto').format(0, 'second')
}

/** The exact local time with its zone, and the same in UTC: what a relative date says on hover. */
export function formatExact(at: number, language: Language): string {
  const local = cached(
    `exact ${language}`,
    () =>
      new Intl.DateTimeFormat(regional(language), {
        dateStyle: 'medium',
        timeStyle: 'long',
      }),
  )
  return `${local.format(at)}\n${new Date(at).toISOString().replace('T', ' ').slice(0, 19)} UTC`
}

/** Local date and time to the minute: `23 Nov 2026, 10:36`. */
export function formatMoment(at: number, language: Language): string {
  const format = cached(
    `moment ${language}`,
    () =>
      new Intl.DateTimeFormat(regional(language), {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
      }),
  )
  return format.format(at)
}

/** A calendar date in words: `22 Nov 2027`, `22. Nov. 2027`. */
export function formatDate(date: IsoDate, language: Language): string {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number)
  const format = cached(
    `date ${language}`,
    () => new Intl.DateTimeFormat(regional(language), { day: 'numeric', month: 'short', year: 'numeric' }),
  )
  return format.format(new Date(year, month - 1, dayOfMonth))
}

/** Day before month: the form that English readers everywhere read the same way. */
function regional(language: Language): string {
  return language === 'en' ? 'en-GB' : language
}

export function millisecondsOf(instant: IsoInstant): number {
  return Date.parse(instant)
}
