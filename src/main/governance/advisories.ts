import type { Advisory, AdvisoryRange } from '#shared/domain/advisory.ts'
import {
  type AdvisoryMatch,
  type AdvisoryReason,
  type AdvisoryState,
  advisoryStates,
  type VersionTrust,
} from '#shared/domain/advisory-match.ts'
import { type Build, hasReached, isBeyond, type PlacedBuild, readBuild } from '#shared/domain/build.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'
import { parseVersion, type Version } from '#shared/domain/version.ts'
import { fits } from '#shared/domain/version-bracket.ts'

export interface AdvisoryVerdict {
  readonly state: AdvisoryState
  readonly reason: AdvisoryReason
}

/**
 * Whether a build's version lies in the range an advisory names. Nothing more can be said from outside: the text may be
 * spoofed, and a distribution may have fixed it without changing the number.
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
  if (within(build, advisory.disputed) === false) return { state: 'not-affected', reason: 'outside-range' }
  return {
    state: 'unknown',
    reason: advisory.affected.length === 0 ? 'versions-unstated' : 'sources-disagree',
  }
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

/** Whether an instance's version can be held against advisories; null: it is no genuine Ollama. */
export function trustOf({
  product,
  version,
  bracket,
}: Pick<StableFacts, 'product' | 'version' | 'bracket'>): VersionTrust | null {
  if (product !== 'ollama') return null
  const build = readBuild(version)
  if (build.kind !== 'placed') return build.kind
  return bracket !== null && fits(bracket, build) === false ? 'contradicted' : 'trusted'
}

/** What all advisories say about a version: those it is in the range of first, then what cannot be said. */
export function adviseOn(advisories: readonly Advisory[], version: string | null): AdvisoryMatch[] {
  const build = readBuild(version)
  const matches = advisories.map(advisory => {
    const { id, title, fixedIn, confidence, sources } = advisory
    const source = sources.find(({ url }) => url !== null)?.url ?? null
    return { id, ...matchAdvisory(advisory, build), title, fixedIn, source, confidence }
  })
  const rank = (match: AdvisoryMatch) => advisoryStates.indexOf(match.state)
  return matches.sort((a, b) => rank(a) - rank(b))
}

export function countAffected(advisories: readonly Advisory[], version: string | null): number {
  const build = readBuild(version)
  return advisories.filter(advisory => matchAdvisory(advisory, build).state === 'affected').length
}
