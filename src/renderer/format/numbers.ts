import type { Language } from './language.ts'

const formats = new Map<string, Intl.NumberFormat>()

function formatOf(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.NumberFormat(language, options)
  formats.set(key, known)
  return known
}

/** `16,777,216`, `16.777.216` */
export function formatNumber(value: number | bigint, language: Language): string {
  return formatOf(language, {}).format(value)
}

/** At most so many digits after the point. */
export function formatDecimal(value: number, digits: number, language: Language): string {
  return formatOf(language, { maximumFractionDigits: digits }).format(value)
}

/** Always so many digits after the point: figures that stand beside each other. */
export function formatFixed(value: number, digits: number, language: Language): string {
  return formatOf(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
}

/** A share of 0 to 1 as whole per cent. Only what is complete is 100 %, only nothing is 0 %. */
export function formatShare(share: number, language: Language): string {
  const honest = share <= 0 ? 0 : share >= 1 ? 1 : Math.min(0.99, Math.max(0.01, share))
  return formatOf(language, { style: 'percent', maximumFractionDigits: 0 }).format(honest)
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** Decimal units, as Ollama itself shows sizes of models: `4.9 GB`. */
export function formatBytes(bytes: number, language: Language): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const value = bytes / 1000 ** power
  return `${formatDecimal(value, power > 0 && value < 100 ? 1 : 0, language)}\u00a0${units[power]}`
}
