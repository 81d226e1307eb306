import type { VersionBracket } from '#shared/domain/version-bracket.ts'
import { isPossible } from '#shared/domain/version-bracket.ts'
import type { Words } from './words.ts'

type Line = readonly [string, string]

/** One line: the releases an instance can be by what it does. */
export function bracketLines(bracket: VersionBracket | null, words: Words): readonly Line[] {
  return bracket === null ? [] : [[words('cli:instance.bracket'), bracketText(bracket, words)]]
}

/** What that rests on, each indented below. */
export function bracketEvidence(bracket: VersionBracket | null, words: Words): readonly string[] {
  return (bracket?.evidence ?? []).map(({ finding, about, atLeast, below }) => {
    const limits = rangeText(atLeast, below, words)
    return `  ${words(`terms:bracketFinding.${finding}`, { about })}: ${limits}`
  })
}

function bracketText(bracket: VersionBracket, words: Words): string {
  if (!isPossible(bracket)) return words('cli:instance.bracketMixed')
  return rangeText(bracket.atLeast, bracket.below, words)
}

function rangeText(atLeast: string | null, below: string | null, words: Words): string {
  if (atLeast !== null && below !== null) return words('cli:instance.bracketBetween', { atLeast, below })
  if (atLeast !== null) return words('cli:instance.bracketAtLeast', { atLeast })
  return below === null ? words('cli:instance.bracketNone') : words('cli:instance.bracketBelow', { below })
}
