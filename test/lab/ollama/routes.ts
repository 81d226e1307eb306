import type { Release } from './release.ts'

/** What answers a route. Every route that changes, computes or calls out is `effect`: the lab does none of it. */
export type Handler =
  | 'root'
  | 'version'
  | 'tags'
  | 'ps'
  | 'show'
  | 'status'
  | 'openai-list'
  | 'openai-model'
  | 'blob'
  | 'recommendations'
  | 'aliases'
  | 'effect'

export interface Route {
  readonly method: 'HEAD' | 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly since: string
  readonly until?: string
  readonly handler: Handler
}

/**
 * Every route of every release, with the first release that has it and the first that no longer does (facts, sections 8
 * and 9; the registrations in server/routes.go of 0.1.3 to 0.33.0-rc2). `:x` is one path segment.
 */
export const routes: readonly Route[] = [
  { method: 'HEAD', path: '/', since: '0.0.13', handler: 'root' },
  { method: 'GET', path: '/', since: '0.0.1', handler: 'root' },
  { method: 'HEAD', path: '/api/version', since: '0.1.14', handler: 'version' },
  { method: 'GET', path: '/api/version', since: '0.1.14', handler: 'version' },
  { method: 'HEAD', path: '/api/tags', since: '0.0.13', handler: 'tags' },
  { method: 'GET', path: '/api/tags', since: '0.0.6', handler: 'tags' },
  { method: 'GET', path: '/api/status', since: '0.16.2', handler: 'status' },
  { method: 'POST', path: '/api/show', since: '0.0.18', handler: 'show' },
  { method: 'GET', path: '/api/ps', since: '0.1.38', handler: 'ps' },
  { method: 'GET', path: '/v1/models', since: '0.2.0', handler: 'openai-list' },
  { method: 'GET', path: '/v1/models/:model', since: '0.2.0', handler: 'openai-model' },
  { method: 'HEAD', path: '/api/blobs/:digest', since: '0.1.10', handler: 'blob' },
  {
    method: 'GET',
    path: '/api/experimental/model-recommendations',
    since: '0.22.1',
    handler: 'recommendations',
  },
  { method: 'GET', path: '/api/experimental/aliases', since: '0.15.5', until: '0.18.0', handler: 'aliases' },
  ...effects('POST', '0.0.1', ['/api/pull', '/api/generate', '/api/create', '/api/push', '/api/embeddings']),
  ...effects('POST', '0.0.9', ['/api/copy']),
  ...effects('DELETE', '0.0.6', ['/api/delete']),
  ...effects('POST', '0.1.10', ['/api/blobs/:digest']),
  ...effects('POST', '0.1.14', ['/api/chat']),
  ...effects('POST', '0.1.24', ['/v1/chat/completions']),
  ...effects('POST', '0.2.0', ['/v1/completions']),
  ...effects('POST', '0.2.6', ['/api/embed', '/v1/embeddings']),
  ...effects('POST', '0.12.0', ['/api/me']),
  ...effects('DELETE', '0.12.0', ['/api/user/keys/:key']),
  ...effects('POST', '0.12.1', ['/api/signout']),
  ...effects('POST', '0.13.3', ['/v1/responses']),
  ...effects('POST', '0.14.0', ['/v1/messages']),
  ...effects('POST', '0.14.3', ['/v1/images/generations'], '0.32.6'),
  ...effects('POST', '0.15.0', ['/v1/images/edits'], '0.32.6'),
  ...effects('POST', '0.15.5', ['/api/experimental/aliases'], '0.18.0'),
  ...effects('DELETE', '0.15.5', ['/api/experimental/aliases'], '0.18.0'),
  ...effects('POST', '0.18.0', ['/api/experimental/web_search', '/api/experimental/web_fetch']),
  ...effects('POST', '0.20.0', ['/v1/audio/transcriptions']),
]

function effects(method: Route['method'], since: string, paths: readonly string[], until?: string): Route[] {
  return paths.map(path => ({
    method,
    path,
    since,
    handler: 'effect',
    ...(until === undefined ? {} : { until }),
  }))
}

/** The routes one release has. */
export function routesOf(release: Release): Route[] {
  return routes.filter(
    ({ since, until }) => release.since(since) && (until === undefined || !release.since(until)),
  )
}
