import { compareVersions, parseVersion, type Version } from './version.ts'

/**
 * What a version text says about the build that sent it. Only a `placed` build can be compared with releases: `0.6.5-3-gabc`
 * is three commits behind the release 0.6.5, `0.33.0-rc2` before the release 0.33.0. `-dirty` says nothing: Ollama's own
 * container images of 0.5.7 called themselves `0.5.7-0-ga420a45-dirty`.
 */
export type Build =
  | { readonly kind: 'placed'; readonly version: Version; readonly commits: number }
  | { readonly kind: BuildProblem }

/**
 * `development`: `0.0.0`, a build nobody stamped, of any age. `foreign`: somebody else's name behind the number
 * (`0.5.4-ipexllm-2025`), who may have changed or fixed what they like.
 */
export const buildProblems = ['unstated', 'unreadable', 'development', 'foreign'] as const
export type BuildProblem = (typeof buildProblems)[number]

const shape = /^v?\d{1,9}\.\d{1,9}\.\d{1,9}(?:-rc\.?\d{1,9})?(?:-(\d{1,9})-g[0-9a-f]{4,40})?(?:-dirty)?$/i

export function readBuild(text: string | null): Build {
  if (text === null) return { kind: 'unstated' }
  const whole = text.trim()
  if (/^v?0{1,9}\.0{1,9}\.0{1,9}(?![0-9])/.test(whole)) return { kind: 'development' }
  const version = parseVersion(whole)
  if (version === null) return { kind: 'unreadable' }
  const match = shape.exec(whole)
  return match === null ? { kind: 'foreign' } : { kind: 'placed', version, commits: Number(match[1] ?? 0) }
}

export type PlacedBuild = Extract<Build, { kind: 'placed' }>

/**
 * Whether a build has what came with a release. null: it cannot be said, because the change lies between two releases and
 * so does the build: a candidate of that very release, or commits after the release before it.
 */
export function hasReached(build: PlacedBuild, release: Version): boolean | null {
  const { version, commits } = build
  if (compareVersions(version, release) >= 0) return true
  if (version.candidate !== null && sameNumbers(version, release)) {
    if (release.candidate === null) return null
    return commits > 0 && release.candidate === version.candidate + 1 ? null : false
  }
  return commits > 0 && version.candidate === null && mayFollow(version, release) ? null : false
}

/** Whether a build is beyond a release and so, perhaps, without what that release still had; null: it cannot be said. */
export function isBeyond(build: PlacedBuild, release: Version): boolean | null {
  const { version, commits } = build
  const order = compareVersions(version, release)
  if (order < 0) return false
  if (order === 0) return commits > 0 ? null : false
  return version.candidate !== null && mayFollow(release, version) ? null : true
}

function sameNumbers(a: Version, b: Version): boolean {
  return a.numbers.every((number, index) => number === b.numbers[index])
}

/**
 * Whether `next` may be the release right after `version`: the next patch, or the first of a later line. Lines jump (0.24.0
 * was followed by 0.30.0), so any later line may be the next one.
 */
function mayFollow({ numbers: [major, minor, patch] }: Version, next: Version): boolean {
  const [nextMajor, nextMinor, nextPatch] = next.numbers
  if (nextMajor === major && nextMinor === minor) return nextPatch === patch + 1
  return nextPatch === 0 && (nextMajor > major || (nextMajor === major && nextMinor > minor))
}
