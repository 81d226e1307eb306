import { type Build, hasReached, readBuild } from '#shared/domain/build.ts'
import type { ProbeKind } from '#shared/domain/probe.ts'
import { certainFrom, type Identity, type Signal } from '#shared/domain/product.ts'
import { atLeast, parseVersion, type Version } from '#shared/domain/version.ts'
import { fits, isPossible, type VersionBracket } from '#shared/domain/version-bracket.ts'
import type { Line } from './dial.ts'
import { guardOf } from './exposure.ts'
import { type Answers, confidenceOf, signal } from './product.ts'
import { bracketFrom, imagesRoute, routeQuestions } from './products/ollama-routes.ts'

/** More would only be noise: two next to the stated version, three where none is stated, leave nothing open. */
const mostQuestions = 3

export interface Bracketed {
  readonly identity: Identity
  /** null: this is no Ollama. */
  readonly bracket: VersionBracket | null
}

/**
 * Tells the release of a genuine Ollama by what it does, and holds that against what it says. Most of it is in the answers
 * already there; a few routes are asked whether they exist, those nearest to the stated version, where the allow-list's
 * second stage permits it.
 */
export async function bracketVersion(
  line: Pick<Line, 'prove'>,
  answers: Answers,
  ask: (kind: ProbeKind) => Promise<void>,
  identity: Identity,
  stated: string | null,
): Promise<Bracketed> {
  if (identity.product !== 'ollama') return { identity, bracket: null }
  const build = readBuild(stated)
  let bracket = bracketFrom(answers)
  // What says nothing of itself is proven by what it does.
  const version = parseVersion(stated) === null ? bracket.atLeast : stated
  line.prove({ product: 'ollama', confidence: identity.confidence, version })
  for (let asked = 0; asked < mostQuestions && fits(bracket, build) !== false; asked++) {
    const kind = nextQuestion(bracket, build, answers)
    if (kind === null) break
    await ask(kind)
    if (answers.get(kind)?.ok !== true) break
    bracket = bracketFrom(answers)
  }
  return { identity: weighed(identity, bracket, build, stated), bracket }
}

/**
 * The route that narrows the bracket most: the one that came last before the stated version, then the one that came first
 * after it; without a stated version, the middle one. null: no route lies inside the bracket.
 */
export function nextQuestion(bracket: VersionBracket, build: Build, answers: Answers): ProbeKind | null {
  const images = imagesEdge(bracket)
  const all = [...routeQuestions, ...(images === null ? [] : [{ ...imagesRoute, since: images }])]
  // Behind a login of its own that side tells nothing, and asking on would only be noise in somebody's log.
  const isGuarded = guardOf(answers, 'v1-models') !== null
  const edges = all
    .filter(({ path }) => !(isGuarded && path.startsWith('/v1/')))
    .sort((a, b) => (atLeast(a.since, b.since) === true ? 1 : -1))
  const open = edges.filter(({ kind, since }) => !answers.has(kind) && isInside(bracket, since))
  if (build.kind !== 'placed') return open[Math.floor(open.length / 2)]?.kind ?? null
  const reached = open.filter(({ since }) => hasReached(build, release(since)) === true)
  return (reached.at(-1) ?? open[0])?.kind ?? null
}

/** Which end of the image route's time the question would be about; null: that cannot be told apart. */
function imagesEdge(bracket: VersionBracket): string | null {
  if (atLeast(bracket.atLeast, imagesRoute.since) === true) return imagesRoute.until
  const isBefore = bracket.below !== null && atLeast(imagesRoute.until, bracket.below) === true
  return isBefore ? imagesRoute.since : null
}

function isInside(bracket: VersionBracket, since: string): boolean {
  const isAbove = bracket.atLeast === null || atLeast(bracket.atLeast, since) === false
  return isAbove && (bracket.below === null || atLeast(since, bracket.below) === false)
}

function release(text: string): Version {
  const version = parseVersion(text)
  if (version === null) throw new Error(`not a release: ${text}`)
  return version
}

/** Lowers the confidence where the server does not behave as the version it states. */
function weighed(identity: Identity, bracket: VersionBracket, build: Build, stated: string | null): Identity {
  const contradiction = contradictionOf(bracket, build, stated)
  if (contradiction.length === 0) return identity
  const signals = [...identity.signals, ...contradiction]
  const confidence = confidenceOf(signals)
  return confidence >= certainFrom
    ? { ...identity, signals, confidence }
    : { product: 'unknown', suspected: 'ollama', signals, confidence }
}

function contradictionOf(bracket: VersionBracket, build: Build, stated: string | null): readonly Signal[] {
  const range = `${bracket.atLeast ?? '…'} ≤ x < ${bracket.below ?? '…'}`
  if (!isPossible(bracket)) return signal(true, 'behaviour-mixed', -20, range)
  return signal(fits(bracket, build) === false, 'version-contradicted', -20, `${stated}; ${range}`)
}
