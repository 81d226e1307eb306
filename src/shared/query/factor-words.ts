import { factorValues } from '../domain/risk.ts'

/** A factor of the score and what it says, in one word. */
export function factorWord(name: string, value: string | null): string {
  return `${name}-${value ?? 'unknown'}`
}

export const factorWords: readonly string[] = Object.entries(factorValues).flatMap(([name, values]) =>
  [...values, null].map(value => factorWord(name, value)),
)
