import type { ReportLanguage } from '#shared/domain/report.ts'
import type { WordFor } from './model.ts'

/** A key of the locales, filled in. */
export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string

/** Texts of one language. Written out here: the language data of runtimes differ, and a report must not. */
export interface ReportText {
  readonly language: ReportLanguage
  readonly t: Words
  /** A term every surface shares: `terms:access.open`. */
  readonly term: Words
  readonly word: WordFor
  number(value: number): string
  percent(part: number, whole: number): string
  date(at: number): string
  instant(at: number): string
  /** Of an ISO date. */
  day(date: string): string
  orNone(at: number | null): string
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number) => String(value).padStart(2, '0')

export function createText(language: ReportLanguage, words: Words): ReportText {
  const number = (value: number) =>
    String(value).replace(/\B(?=(\d{3})+(?!\d))/g, language === 'de' ? '.' : ',')
  const date = (at: number) => {
    const day = new Date(at)
    const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()]
    return language === 'de' ? `${two(date)}.${two(month + 1)}.${year}` : `${date} ${months[month]} ${year}`
  }
  const instant = (at: number) => {
    const time = new Date(at)
    return `${date(at)}, ${two(time.getUTCHours())}:${two(time.getUTCMinutes())} UTC`
  }
  return {
    language,
    t: (key, values) => words(`reports:${key}`, values),
    term: (key, values) => words(`terms:${key}`, values),
    word: (group, code) => words(`${group}${group.includes(':') ? '.' : ':'}${code}`),
    number,
    date,
    instant,
    day: text => date(Date.parse(`${text}T00:00:00Z`)),
    orNone: at => (at === null ? '–' : date(at)),
    percent(part, whole) {
      if (whole === 0) return '–'
      // 99.6 % is not everything, 0.2 % is not nothing.
      const share = (part / whole) * 100
      const rounded = share > 99 && share < 100 ? 99 : share > 0 && share < 1 ? 1 : Math.round(share)
      return language === 'de' ? `${rounded}\u00a0%` : `${rounded}%`
    },
  }
}
