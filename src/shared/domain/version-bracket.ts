import * as z from 'zod'
import { type Build, hasReached } from './build.ts'
import { ProbeKind } from './probe.ts'
import { compareVersions, parseVersion, type Version } from './version.ts'

/** One thing seen that only some releases do: a route, a field, a form. */
export const BracketEvidence = z.object({
  kind: ProbeKind,
  /** Key of the words, `terms:bracketFinding.<finding>`. */
  finding: z.enum(['route', 'no-route', 'field', 'no-field', 'form']),
  /** The route or field. */
  about: z.string(),
  /** The first release that does it, and the first that no longer does; null: no limit at that end. */
  atLeast: z.string().nullable(),
  below: z.string().nullable(),
})
export type BracketEvidence = z.infer<typeof BracketEvidence>

/**
 * Between which releases a server is, told by what it does and not by what it says. Evidence that fits no release leaves
 * `atLeast` at or above `below`.
 */
export const VersionBracket = z.object({
  atLeast: z.string().nullable(),
  below: z.string().nullable(),
  evidence: z.array(BracketEvidence),
})
export type VersionBracket = z.infer<typeof VersionBracket>

/** What all the evidence together leaves. */
export function bracketOf(evidence: readonly BracketEvidence[]): VersionBracket {
  let atLeast: string | null = null
  let below: string | null = null
  for (const seen of evidence) {
    if (seen.atLeast !== null && (atLeast === null || order(seen.atLeast, atLeast) > 0))
      atLeast = seen.atLeast
    if (seen.below !== null && (below === null || order(seen.below, below) < 0)) below = seen.below
  }
  return { atLeast, below, evidence: [...evidence] }
}

/** Whether some release does all that was seen. */
export function isPossible({ atLeast, below }: Pick<VersionBracket, 'atLeast' | 'below'>): boolean {
  return atLeast === null || below === null || order(atLeast, below) < 0
}

/**
 * Whether what a server does fits what it says it is; null: it does not say, or not in a way that can be compared. A
 * candidate of a release, or a build behind one, may or may not have what the next release has: it fits both.
 */
export function fits(bracket: VersionBracket, build: Build): boolean | null {
  if (build.kind !== 'placed') return null
  if (!isPossible(bracket)) return false
  const tooOld = bracket.atLeast !== null && hasReached(build, release(bracket.atLeast)) === false
  const tooNew = bracket.below !== null && hasReached(build, release(bracket.below)) === true
  return !tooOld && !tooNew
}

function order(a: string, b: string): number {
  return compareVersions(release(a), release(b))
}

function release(text: string): Version {
  const version = parseVersion(text)
  if (version === null) throw new Error(`not a release: ${text}`)
  return version
}
