import type { Theme } from '../client.ts'
import type { Scheme } from './tokens.ts'

/** The colours a person's theme means on a system that prefers dark or light. */
export function schemeOf(theme: Theme, prefersDark: boolean): Scheme {
  if (theme !== 'system') return theme
  return prefersDark ? 'dark' : 'light'
}
