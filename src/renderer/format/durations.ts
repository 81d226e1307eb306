import type { Language } from './language.ts'
import { formatDecimal } from './numbers.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Two units at most, in symbols that are the same in both languages: `0.4 s`, `16.6 s`, `3 min 12 s`, `2 h 5 min`. */
export function formatDuration(ms: number, language: Language): string {
  if (Math.round(ms / second) < 60)
    return `${formatDecimal(ms / second, ms < 20 * second ? 1 : 0, language)}\u00a0s`
  if (Math.round(ms / second) < 3600) return pair(ms, minute, 'min', second, 's')
  if (Math.round(ms / minute) < 24 * 60) return pair(ms, hour, 'h', minute, 'min')
  return pair(ms, day, 'd', hour, 'h')
}

/** How long something will still take. Never more exact than it can be. */
export function formatRemaining(ms: number): string {
  if (ms <= 55 * second) {
    const seconds = ms / second
    return `${seconds < 10 ? Math.max(1, Math.ceil(seconds)) : Math.ceil(seconds / 5) * 5}\u00a0s`
  }
  if (ms <= 59 * minute) return `${Math.ceil(ms / minute)}\u00a0min`
  return pair(ms, hour, 'h', minute, 'min')
}

function pair(ms: number, large: number, largeName: string, small: number, smallName: string): string {
  const rounded = Math.round(ms / small) * small
  const whole = Math.floor(rounded / large)
  const rest = Math.round((rounded - whole * large) / small)
  const first = `${whole}\u00a0${largeName}`
  return rest === 0 ? first : `${first} ${rest}\u00a0${smallName}`
}
