import { decodeFirst, mismatchOf, textField } from '../wire/go-decode.ts'
import { type Response, respond } from '../wire/response.ts'
import { error, json, openaiJson } from './answers.ts'
import type { OllamaHost } from './host.ts'
import { findHeld } from './names.ts'
import type { Release } from './release.ts'
import { bodyError } from './show-request.ts'

/**
 * Routes that pull, delete, compute or call out. They exist, so that a scanner can see that they do, and judge bodies like
 * the real ones, but nothing ever happens: what would have succeeded is refused, and every such request is marked in the
 * journal.
 */
export function answerEffect(path: string, body: string, host: OllamaHost, release: Release): Response {
  if (path === '/api/me' || path === '/api/signout' || path.startsWith('/api/user/')) {
    return json(401, { error: 'unauthorized', signin_url: 'https://ollama.com/connect?name=lab&key=bGFi' })
  }
  return path.startsWith('/v1/')
    ? openaiEffect(path, body, host, release)
    : nativeEffect(path, body, host, release)
}

const nothingHappens = 'simulated organisation: nothing is changed or computed here'

/** The Go type each route reads, and the field that names the model. */
const bodies: Record<string, readonly [type: string, field: string]> = {
  '/api/pull': ['PullRequest', 'model'],
  '/api/push': ['PushRequest', 'model'],
  '/api/create': ['CreateRequest', 'model'],
  '/api/copy': ['CopyRequest', 'source'],
  '/api/delete': ['DeleteRequest', 'model'],
  '/api/generate': ['GenerateRequest', 'model'],
  '/api/chat': ['ChatRequest', 'model'],
  '/api/embed': ['EmbedRequest', 'model'],
  '/api/embeddings': ['EmbeddingRequest', 'model'],
}
const needsModel = ['/api/copy', '/api/delete', '/api/generate', '/api/chat', '/api/embed', '/api/embeddings']

function nativeEffect(path: string, body: string, host: OllamaHost, release: Release): Response {
  const [type, field] = bodies[path] ?? ['Request', 'model']
  const fail = (message: string) =>
    // 0.1.3 reports errors of create under another key (facts, section 2; observed).
    path === '/api/create' && !release.since('0.1.4') ? json(400, { message }) : error(400, message)
  const decoded = decodeFirst(body)
  if ('error' in decoded) return fail(bodyError(decoded.error, release))
  const mismatch = mismatchOf(decoded.value, type)
  if (mismatch !== null) return fail(mismatch)
  const model = textField(decoded.value, field, type) || textField(decoded.value, 'name', type)
  if (typeof model !== 'string') return fail(model.error)
  if (needsModel.includes(path) && findHeld(host.holds, model, release) === null) {
    return error(404, missingModel(path, model, release))
  }
  return error(500, nothingHappens)
}

/** Three wordings, by route and release (observed, cases *-missing). */
function missingModel(path: string, model: string, release: Release): string {
  if (path === '/api/delete') return `model '${model}' not found`
  if (path === '/api/copy')
    return release.since('0.1.33') ? `model "${model}" not found` : `model '${model}' not found`
  if (!release.since('0.2.6')) return `model '${model}' not found, try pulling it first`
  const plain =
    (path === '/api/generate' && release.since('0.5.0')) || (path === '/api/chat' && release.since('0.12.0'))
  return plain ? `model '${model}' not found` : `model "${model}" not found, try pulling it first`
}

const nativeOf: Record<string, string> = {
  '/v1/completions': '/api/generate',
  '/v1/embeddings': '/api/embed',
}

function openaiEffect(path: string, body: string, host: OllamaHost, release: Release): Response {
  const decoded = decodeFirst(body)
  if ('error' in decoded) return json(400, wrap(path, decoded.error, 'invalid_request_error'))
  const model = textField(decoded.value, 'model', 'Request')
  if (typeof model !== 'string') return json(400, wrap(path, model.error, 'invalid_request_error'))
  if (findHeld(host.holds, model, release) === null) {
    const type = release.since('0.18.0') ? 'not_found_error' : 'api_error'
    const message = missingModel(nativeOf[path] ?? '/api/chat', model, release)
    return openaiJson(404, wrap(path, message, type))
  }
  return openaiJson(500, wrap(path, nothingHappens, 'api_error'))
}

/** OpenAI's error object, or Anthropic's on its own route. */
function wrap(path: string, message: string, type: string): unknown {
  if (path === '/v1/messages') {
    return { type: 'error', error: { type, message }, request_id: 'req_4d0d2005bc3556b92bb56b55' }
  }
  return { error: { message, type, param: null, code: null } }
}

/** `HEAD /api/blobs/:digest`: a malformed digest is told from a missing one since 0.1.34. */
export function answerBlob(digest: string, release: Release): Response {
  if (/^sha256[:-][0-9a-f]{64}$/.test(digest) || !release.since('0.1.34')) {
    return error(404, `blob ${JSON.stringify(digest)} not found`)
  }
  return error(400, 'invalid digest format')
}

/** What `GET /api/experimental/model-recommendations` gives before it has called ollama.com. */
export const recommendations = respond(
  200,
  [['Content-Type', 'application/json; charset=utf-8']],
  '{"recommendations":[{"model":"kimi-k2.6:cloud","description":"State-of-the-art coding, long-horizon execution, and multimodal agent swarm capability","context_length":262144,"max_output_tokens":262144}]}',
)
