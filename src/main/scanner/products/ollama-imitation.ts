import type { Signal } from '#shared/domain/product.ts'
import { atLeast } from '#shared/domain/version.ts'
import { headerOf } from '../answer.ts'
import { type Answers, anyHeader, json, ok, serverHeader, signal, statusOf, text } from '../product.ts'
import { modelEntries, objectOf, readRunning, startsWith } from '../readers.ts'
import { isBanner, isGinNotFound, ollama } from './ollama.ts'
import { isNoRoute } from './ollama-routes.ts'

/**
 * What speaks against a server that says it is Ollama. Two kinds, because a proxy in front of a genuine one may change
 * the first but not the second: how it talks (headers, HTTP version, lost CORS), and what it says (digests, keys,
 * routes that do not fit the version it claims). Sources: three public honeypots read in their own code.
 */
export interface Contradictions {
  readonly signals: readonly Signal[]
  readonly suspicious: boolean
}

export function contradictionsOf(answers: Answers): Contradictions {
  const manner = mannerOf(answers)
  const content = contentOf(answers)
  const points = (signals: readonly Signal[]) => signals.reduce((sum, each) => sum - each.points, 0)
  // Content alone convicts; manner only together with content, or every odd proxy would be called a honeypot.
  const suspicious =
    points(content) >= 25 || (points(content) >= 10 && points(content) + points(manner) >= 40)
  return { signals: [...content, ...manner], suspicious }
}

/** Programs people write imitations with, and nobody puts in front of a server. */
const frameworks = /basehttp|python|crow|werkzeug|waitress|cheroot|tornado|express|simplehttp/

function mannerOf(answers: Answers): readonly Signal[] {
  const framework = [serverHeader(answers), anyHeader(answers, 'x-powered-by')?.toLowerCase() ?? '']
  const named = framework.find(header => frameworks.test(header))
  const old = [...answers.values()].find(answer => answer.ok && answer.httpVersion === '1.0')
  const origin = ok(answers, 'origin')
  const ignoresOrigin = origin !== null && headerOf(origin, 'access-control-allow-origin') === null
  const asked = statusOf(answers, 'unknown-path') !== null
  return [
    ...signal(named !== undefined, 'framework-header', -30, named ?? null),
    ...signal(old !== undefined, 'http-1.0', -15, 'HTTP/1.0'),
    ...signal(ignoresOrigin, 'origin-ignored', -15, '200 without Access-Control-Allow-Origin'),
    ...signal(asked && !isGinNotFound(answers), 'not-found-form', -10, text(answers, 'unknown-path')),
  ]
}

function contentOf(answers: Answers): readonly Signal[] {
  const version = ollama.readVersion(answers)
  const entries = modelEntries(json(answers, 'tags')) ?? []
  const prefixed = entries.map(entry => entry['digest']).find(digest => startsWith(digest, 'sha256:'))
  const banner = ok(answers, 'root') !== null && text(answers, 'root').startsWith('Ollama is running')
  return [
    ...signal(banner && !isBanner(answers), 'banner-form', -10, text(answers, 'root')),
    ...signal(prefixed !== undefined, 'digest-prefix', -25, prefixed ?? null),
    ...signal(hasOddVersionBody(answers), 'version-form', -15, text(answers, 'version')),
    ...signal(lacksKeys(entries, version), 'missing-keys', -20, 'entries without model or parent_model'),
    ...signal(hasForeignKeys(entries), 'foreign-keys', -15, 'model_format, model_type'),
    ...signal(isPretty(answers), 'json-spacing', -10, text(answers, 'tags').slice(0, 20)),
    ...signal(
      runsEverything(answers, entries.length),
      'all-running',
      -10,
      `${entries.length} of ${entries.length}`,
    ),
    ...routeSignals(answers, version, entries),
  ]
}

/** Ollama writes exactly `{"version":"…"}` as `application/json; charset=utf-8`. */
function hasOddVersionBody(answers: Answers): boolean {
  const answer = ok(answers, 'version')
  const version = ollama.readVersion(answers)
  if (answer === null || version === null) return false
  const exact = text(answers, 'version') === JSON.stringify({ version })
  return !exact || headerOf(answer, 'content-type') !== 'application/json; charset=utf-8'
}

type Entries = NonNullable<ReturnType<typeof modelEntries>>

/** `model` and `details.parent_model` are always there since 0.1.21. */
function lacksKeys(entries: Entries, version: string | null): boolean {
  if (atLeast(version, '0.1.21') !== true) return false
  return entries.some(entry => !('model' in entry) || !('parent_model' in (objectOf(entry['details']) ?? {})))
}

/** Keys of a model's configuration file, which Ollama never sends. */
function hasForeignKeys(entries: Entries): boolean {
  return entries.some(entry => {
    const details = objectOf(entry['details']) ?? {}
    return 'model_format' in details || 'model_type' in details
  })
}

function isPretty(answers: Answers): boolean {
  return (
    ok(answers, 'tags') !== null &&
    /^\s*\{\s*"models"/.test(text(answers, 'tags')) &&
    !text(answers, 'tags').startsWith('{"models":')
  )
}

/** Memory is scarce: a server that holds three or more models and runs them all at once is drawn, not run. */
function runsEverything(answers: Answers, modelCount: number): boolean {
  return modelCount >= 3 && readRunning(json(answers, 'ps'))?.length === modelCount
}

/** Routes and fields that the claimed version must have, or cannot have. A 404 of a proxy that lets few paths through is no lack. */
function routeSignals(answers: Answers, version: string | null, entries: Entries): readonly Signal[] {
  const missing = (since: string, kind: 'ps' | 'status' | 'v1-models') =>
    atLeast(version, since) === true && isNoRoute(answers, kind)
  const early = (since: string, kind: 'ps' | 'status') =>
    atLeast(version, since) === false && ok(answers, kind) !== null
  const listed = entries.some(entry => 'capabilities' in entry)
  // A stub for a remote model may have none (measured, 0.33.0).
  const local = entries.filter(entry => !('remote_host' in entry))
  const claim = version ?? ''
  return [
    ...signal(missing('0.1.38', 'ps'), 'route-missing', -15, `${claim} without /api/ps`),
    ...signal(missing('0.2.0', 'v1-models'), 'route-missing', -15, `${claim} without /v1/models`),
    ...signal(missing('0.16.2', 'status'), 'route-missing', -20, `${claim} without /api/status`),
    ...signal(early('0.1.38', 'ps'), 'route-early', -15, `${claim} with /api/ps`),
    ...signal(early('0.16.2', 'status'), 'route-early', -15, `${claim} with /api/status`),
    ...signal(
      atLeast(version, '0.30.0') === false && listed,
      'field-early',
      -15,
      `${claim} lists capabilities`,
    ),
    ...signal(
      atLeast(version, '0.30.0') === true && local.length > 0 && !listed,
      'field-missing',
      -10,
      `${claim} lists no capabilities`,
    ),
  ]
}
