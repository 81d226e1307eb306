import * as z from 'zod'

/** Milliseconds since 1970 UTC: how instants are kept and compared. */
export type Instant = number

/** How instants are shown to machines: `2026-11-23T08:15:30.123Z`. */
export const IsoInstant = z.iso.datetime({ precision: 3 })
export type IsoInstant = z.infer<typeof IsoInstant>

/** A calendar date, `2026-11-23`; inclusive wherever it ends something. */
export const IsoDate = z.iso.date()
export type IsoDate = z.infer<typeof IsoDate>

export function isoInstant(at: Instant): IsoInstant {
  return new Date(at).toISOString()
}

/** The first instant after the given local date. `null` if the text is no calendar date. */
export function endOfDate(date: string): Instant | null {
  if (!IsoDate.safeParse(date).success) return null
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return new Date(year, month - 1, day + 1).getTime()
}

/** The first instant of the given local date. `null` if the text is no calendar date. */
export function startOfDate(date: string): Instant | null {
  if (!IsoDate.safeParse(date).success) return null
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return new Date(year, month - 1, day).getTime()
}

/** The local calendar date of an instant. */
export function dateOf(at: Instant): IsoDate {
  const local = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${String(local.getFullYear()).padStart(4, '0')}-${two(local.getMonth() + 1)}-${two(local.getDate())}`
}

/** The same date a year later, less a day: a year that includes its first day. */
export function yearFrom(at: Instant): IsoDate {
  const local = new Date(at)
  return dateOf(new Date(local.getFullYear() + 1, local.getMonth(), local.getDate() - 1).getTime())
}
