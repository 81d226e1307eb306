import { parseVersion } from '../domain/version.ts'
import type { Comparison } from './interval.ts'

/**
 * A comparison with a version that may be written shorter: `0.17` is all of 0.17.x, so that `:0.17` is any of
 * them, `>0.17` later than all of them and `<=0.17` not later than the last.
 */
export interface VersionBound {
  readonly comparison: Comparison
  /** One to three numbers. */
  readonly numbers: readonly number[]
  /** The number behind `-rc`; null: the release itself. */
  readonly candidate: number | null
}

const shape = /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:-rc\.?(\d{1,9}))?$/i

export function readVersionBound(comparison: Comparison, text: string): VersionBound | null {
  const match = shape.exec(text)
  if (match === null) return null
  const numbers = match.slice(1, 4).flatMap(part => (part === undefined ? [] : [Number(part)]))
  const candidate = match[4] === undefined ? null : Number(match[4])
  return candidate !== null && numbers.length < 3 ? null : { comparison, numbers, candidate }
}

/** Whether a version as a server reports it is known to lie within. */
export function versionWithin(bound: VersionBound, text: string | null): boolean {
  const version = parseVersion(text)
  if (version === null) return false
  const order = compareWith(bound, version.numbers, version.candidate)
  switch (bound.comparison) {
    case '=':
      return order === 0
    case '<':
      return (
        order < 0 || (bound.candidate === null && isCandidateOf(bound, version.numbers, version.candidate))
      )
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return (
        order >= 0 && !(bound.candidate === null && isCandidateOf(bound, version.numbers, version.candidate))
      )
  }
}

/** Only as many numbers count as were written. */
function compareWith(
  { numbers, candidate }: VersionBound,
  theirs: readonly number[],
  theirCandidate: number | null,
): number {
  for (const [index, number] of numbers.entries()) {
    const difference = (theirs[index] ?? 0) - number
    if (difference !== 0) return difference
  }
  if (candidate === null) return 0
  return (theirCandidate ?? Number.MAX_SAFE_INTEGER) - candidate
}

/** `0.17.0-rc1` comes before 0.17.0 and so before 0.17. */
function isCandidateOf({ numbers }: VersionBound, theirs: readonly number[], theirCandidate: number | null) {
  return theirCandidate !== null && theirs.every((number, index) => number === (numbers[index] ?? 0))
}
