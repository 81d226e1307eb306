import type { Advisory, AdvisoryRange } from '#shared/domain/advisory.ts'
import type { AdvisoryReason, AdvisoryState } from '#shared/domain/advisory-match.ts'
import { type Build, hasReached, isBeyond, type PlacedBuild } from '#shared/domain/build.ts'
import { parseVersion, type Version } from '#shared/domain/version.ts'

export interface AdvisoryVerdict {
  readonly state: AdvisoryState
  readonly reason: AdvisoryReason
}

/**
 * Whether a build's version lies in the range an advisory names. Nothing more can be said from outside: the text may be
 * spoofed, and a distribution may have mended it without changing the number.
 */
export function matchAdvisory(advisory: Advisory, build: Build): AdvisoryVerdict {
  if (advisory.rule === 'configuration') return { state: 'unknown', reason: 'configuration' }
  if (build.kind !== 'placed') return { state: 'unknown', reason: build.kind }
  const affected = within(build, advisory.affected)
  if (affected === true) {
    return advisory.component === 'server'
      ? { state: 'affected', reason: 'in-range' }
      : { state: 'unknown', reason: 'other-component' }
  }
  if (affected === null) return { state: 'unknown', reason: 'between-releases' }
  return within(build, advisory.disputed) === false
    ? { state: 'not-affected', reason: 'outside-range' }
    : { state: 'unknown', reason: 'sources-disagree' }
}

/** In any of the ranges: true; in none: false; null: a build between two releases, of which one is in and one is not. */
function within(build: PlacedBuild, ranges: readonly AdvisoryRange[]): boolean | null {
  const answers = ranges.map(range => isIn(build, range))
  if (answers.includes(true)) return true
  return answers.includes(null) ? null : false
}

function isIn(build: PlacedBuild, { atLeast, below, atMost }: AdvisoryRange): boolean | null {
  const conditions = [
    atLeast === undefined ? true : hasReached(build, release(atLeast)),
    below === undefined ? true : not(hasReached(build, release(below))),
    atMost === undefined ? true : not(isBeyond(build, release(atMost))),
  ]
  if (conditions.includes(false)) return false
  return conditions.includes(null) ? null : true
}

function not(answer: boolean | null): boolean | null {
  return answer === null ? null : !answer
}

function release(text: string): Version {
  const version = parseVersion(text)
  if (version === null) throw new Error(`not a release: ${text}`)
  return version
}
