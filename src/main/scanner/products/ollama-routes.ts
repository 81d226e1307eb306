import type { ProbeKind } from '#shared/domain/probe.ts'
import { atLeast } from '#shared/domain/version.ts'
import { type BracketEvidence, bracketOf, type VersionBracket } from '#shared/domain/version-bracket.ts'
import { headerOf } from '../answer.ts'
import { type Answers, json, text } from '../product.ts'
import { modelEntries, objectOf, openAiEntries, textField } from '../readers.ts'

/**
 * Which releases can have given these answers, whatever version they state. Only answers in the server's own form count:
 * a 404 of a proxy says nothing about the routes behind it. First releases: docs/facts/ollama-api.md, sections 8, 9
 * and 15 (read in the source of all releases, measured at 23 of them).
 */
export function bracketFrom(answers: Answers): VersionBracket {
  const plain = [
    ...route(answers, 'version', '/api/version', '0.1.14', isVersionAnswer),
    ...route(answers, 'ps', '/api/ps', '0.1.38', body => Array.isArray(objectOf(body)?.['models'])),
    ...route(answers, 'v1-models', '/v1/models', '0.2.0', body => openAiEntries(body) !== null),
    ...route(answers, 'status', '/api/status', '0.16.2', isStatusAnswer),
    ...listEvidence(answers),
    ...routeQuestions.flatMap(question => method(answers, question)),
  ]
  return bracketOf([...plain, ...imagesEvidence(answers, bracketOf(plain))])
}

function evidence(
  kind: ProbeKind,
  finding: BracketEvidence['finding'],
  about: string,
  limits: { readonly atLeast?: string; readonly below?: string },
): BracketEvidence[] {
  return [{ kind, finding, about, atLeast: limits.atLeast ?? null, below: limits.below ?? null }]
}

/** A route that is read with GET: there, or answered as one that is not. */
function route(
  answers: Answers,
  kind: ProbeKind,
  path: string,
  since: string,
  isOwn: (body: unknown) => boolean,
): BracketEvidence[] {
  const body = json(answers, kind)
  if (body !== undefined && isOwn(body)) return evidence(kind, 'route', path, { atLeast: since })
  return isNoRoute(answers, kind) ? evidence(kind, 'no-route', path, { below: since }) : []
}

function isVersionAnswer(body: unknown): boolean {
  const version = objectOf(body)
  return version !== null && Object.keys(version).length === 1 && typeof version['version'] === 'string'
}

function isStatusAnswer(body: unknown): boolean {
  return typeof objectOf(objectOf(body)?.['cloud'])?.['disabled'] === 'boolean'
}

/** gin's own "no such route": what proxies and other servers say in its place is longer or typed otherwise. */
export function isNoRoute(answers: Answers, kind: ProbeKind): boolean {
  const answer = answers.get(kind)
  return (
    answer?.ok === true &&
    answer.status === 404 &&
    headerOf(answer, 'content-type') === 'text/plain' &&
    text(answers, kind) === '404 page not found'
  )
}

/** A route that takes POST only and the first release in which a GET of it is answered "not with this method". */
export interface RouteQuestion {
  readonly kind: ProbeKind
  readonly path: string
  readonly since: string
}

/** `pull` is as old as Ollama: it tells since when wrong methods are told from wrong paths. */
export const routeQuestions: readonly RouteQuestion[] = [
  { kind: 'route-pull', path: '/api/pull', since: '0.7.0' },
  { kind: 'route-responses', path: '/v1/responses', since: '0.13.3' },
  { kind: 'route-messages', path: '/v1/messages', since: '0.14.0' },
  { kind: 'route-web-search', path: '/api/experimental/web_search', since: '0.18.0' },
  { kind: 'route-transcriptions', path: '/v1/audio/transcriptions', since: '0.20.0' },
]

function method(answers: Answers, { kind, path, since }: RouteQuestion): BracketEvidence[] {
  if (takesPost(answers, kind)) return evidence(kind, 'route', path, { atLeast: since })
  return isNoRoute(answers, kind) ? evidence(kind, 'no-route', path, { below: since }) : []
}

/** Since 0.7.0 gin names the methods a path does take, even where the Host or Origin is refused (measured). */
function takesPost(answers: Answers, kind: ProbeKind): boolean {
  const answer = answers.get(kind)
  if (answer?.ok !== true || headerOf(answer, 'allow') !== 'POST') return false
  return answer.status === 405
    ? text(answers, kind) === '405 method not allowed'
    : answer.status === 403 && answer.body.length === 0
}

/** The image route came and went: its absence means "before" or "after", and other evidence must say which. */
export const imagesRoute = {
  kind: 'route-images',
  path: '/v1/images/generations',
  since: '0.14.3',
  until: '0.32.6',
} as const

function imagesEvidence(answers: Answers, known: VersionBracket): BracketEvidence[] {
  const { kind, path, since, until } = imagesRoute
  if (takesPost(answers, kind)) return evidence(kind, 'route', path, { atLeast: since, below: until })
  if (!isNoRoute(answers, kind)) return []
  if (atLeast(known.atLeast, since) === true) return evidence(kind, 'no-route', path, { atLeast: until })
  const isBefore = known.below !== null && atLeast(until, known.below) === true
  return isBefore ? evidence(kind, 'no-route', path, { below: since }) : []
}

type Entry = Readonly<Record<string, unknown>>

/** Which keys the entries of the model list have. An empty list tells only by its form. */
function listEvidence(answers: Answers): BracketEvidence[] {
  const body = json(answers, 'tags')
  const entries = modelEntries(body) ?? []
  if (entries.length === 0) {
    // Empty as `null` until 0.1.3 and again from 0.1.35 to 0.1.37.
    return objectOf(body)?.['models'] === null
      ? evidence('tags', 'form', 'models: null', { below: '0.1.38' })
      : []
  }
  const some = (has: (entry: Entry) => boolean) => entries.some(has)
  return [
    ...field(
      some(entry => objectOf(entry['details']) !== null),
      'details',
      '0.1.15',
    ),
    ...field(
      some(entry => typeof entry['model'] === 'string'),
      'model',
      '0.1.21',
    ),
    // One type served both lists for four releases: entries show when they leave a memory they are not in.
    ...(some(entry => 'expires_at' in entry)
      ? evidence('tags', 'field', 'expires_at', { atLeast: '0.1.38', below: '0.1.42' })
      : []),
    ...(some(entry => textField(entry['remote_host']) !== null)
      ? evidence('tags', 'field', 'remote_host', { atLeast: '0.12.0' })
      : []),
    ...capabilityEvidence(entries),
  ]
}

function field(isThere: boolean, about: string, since: string): BracketEvidence[] {
  return isThere
    ? evidence('tags', 'field', about, { atLeast: since })
    : evidence('tags', 'no-field', about, { below: since })
}

/**
 * The list declares capabilities since 0.30.0. That none does means "before" only where there are two different models of
 * its own: a stub has none in any release (measured), and a model may be broken.
 */
function capabilityEvidence(entries: readonly Entry[]): BracketEvidence[] {
  const isNew = entries.some(
    entry => Array.isArray(entry['capabilities']) || 'context_length' in (objectOf(entry['details']) ?? {}),
  )
  if (isNew) return evidence('tags', 'field', 'capabilities', { atLeast: '0.30.0' })
  const local = entries.filter(
    entry => !('remote_host' in entry) && objectOf(entry['details'])?.['format'] === 'gguf',
  )
  const isTelling = new Set(local.map(entry => entry['digest'])).size >= 2
  return isTelling ? evidence('tags', 'no-field', 'capabilities', { below: '0.30.0' }) : []
}
