import * as z from 'zod'
import type { Instant } from './instant.ts'

/** Monday first, as the week is counted (ISO 8601). */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** Hours in which a range may be scanned, in this machine's local time. One that ends before it begins runs over midnight. */
export const ScanWindow = z.object({
  days: z.array(z.enum(weekdays)).min(1),
  /** Minutes since midnight, 0 to 1440. */
  from: z.int().min(0).max(1440),
  to: z.int().min(0).max(1440),
})
export type ScanWindow = z.infer<typeof ScanWindow>

const part = /^([a-z]{3}(?:-[a-z]{3})?(?:,[a-z]{3}(?:-[a-z]{3})?)*) (\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/

/** Reads `mon-fri 20:00-06:00; sat,sun 00:00-24:00`. null: that is none. */
export function parseScanWindows(text: string): ScanWindow[] | null {
  const windows = text.split(';').map(piece => parseWindow(piece.trim().toLowerCase()))
  return windows.every(window => window !== null) ? windows : null
}

function parseWindow(text: string): ScanWindow | null {
  const match = part.exec(text)
  if (match === null) return null
  const days = (match[1] ?? '').split(',').map(parseDays)
  const from = minutesOf(match[2], match[3])
  const to = minutesOf(match[4], match[5])
  if (from === null || to === null || from === to || days.includes(null)) return null
  return { days: weekdays.filter(day => days.some(list => list?.includes(day))), from, to }
}

/** `mon`, or `fri-mon`, which goes over the weekend. */
function parseDays(text: string): Weekday[] | null {
  const [first = '', last = first] = text.split('-')
  const start = weekdays.indexOf(first as Weekday)
  const end = weekdays.indexOf(last as Weekday)
  if (start === -1 || end === -1) return null
  const length = ((end - start + 7) % 7) + 1
  return Array.from({ length }, (_, offset) => weekdays[(start + offset) % 7] ?? 'mon')
}

function minutesOf(hours: string | undefined, minutes: string | undefined): number | null {
  const total = Number(hours) * 60 + Number(minutes)
  return Number(minutes) > 59 || total > 1440 ? null : total
}

export function formatScanWindows(windows: readonly ScanWindow[]): string {
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  return windows.map(({ days, from, to }) => `${days.join(',')} ${clock(from)}-${clock(to)}`).join('; ')
}

/** Whether it is allowed at this instant. No windows: always. */
export function isWindowOpen(windows: readonly ScanWindow[] | null, at: Instant): boolean {
  if (windows === null) return true
  const local = new Date(at)
  const minute = local.getHours() * 60 + local.getMinutes()
  const today = weekdays[(local.getDay() + 6) % 7] ?? 'mon'
  const yesterday = weekdays[(local.getDay() + 5) % 7] ?? 'mon'
  return windows.some(({ days, from, to }) =>
    from < to
      ? days.includes(today) && from <= minute && minute < to
      : (days.includes(today) && minute >= from) || (days.includes(yesterday) && minute < to),
  )
}

/** The next full minute at which a window is open, within eight days; null: there is none. */
export function nextWindowOpening(windows: readonly ScanWindow[], at: Instant): Instant | null {
  const start = Math.ceil(at / 60_000) * 60_000
  for (let minute = 0; minute <= 8 * 1440; minute++) {
    if (isWindowOpen(windows, start + minute * 60_000)) return start + minute * 60_000
  }
  return null
}
