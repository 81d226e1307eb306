import { type HttpBehaviour, http } from '../behaviour.ts'
import { goDialect } from '../wire/go.ts'
import { goJson } from '../wire/go-json.ts'
import type { Request } from '../wire/request.ts'
import { type Response, respond } from '../wire/response.ts'
import { byRoute } from './routes.ts'

/**
 * Docker Model Runner: says on `/` what it is; version fixed at 0.1.0, size 0, digests with prefix, no parent_model, plain
 * text errors, a line break after its JSON (facts, section 12).
 */
export function dockerModelRunner(): HttpBehaviour {
  return http(
    goDialect,
    byRoute(
      {
        'GET /': respond(
          200,
          [['Content-Type', 'text/plain; charset=utf-8']],
          'Docker Model Runner is running',
        ),
        'GET /api/version': json({ version: '0.1.0' }),
        'GET /api/tags': json({ models: [entry] }),
        'GET /api/ps': json({ models: [] }),
        'GET /models': json([{ id: digest, tags: ['ai/smollm2:latest'], created: 1742816981, config }]),
        'GET /engines': json({ 'llama.cpp': 'running llama.cpp latest-cpu' }),
        'GET /engines/status': json({ 'llama.cpp': 'running llama.cpp latest-cpu' }),
        'GET /engines/v1/models': json(openaiList),
        'GET /v1/models': json(openaiList),
      },
      otherwise,
    ),
  )
}

const digest = 'sha256:354bf30d0aa3af413d2aa5ae4f23c66d78980072d1e07a5b0d776e9606a2f0b9'
const config = {
  format: 'gguf',
  quantization: 'IQ2_XXS/Q4_K_M',
  parameters: '361.82 M',
  architecture: 'llama',
  size: '256.35 MiB',
}
const openaiList = {
  object: 'list',
  data: [{ id: 'ai/smollm2:latest', object: 'model', created: 1742816981, owned_by: 'docker' }],
}
const entry = {
  name: 'ai/smollm2:latest',
  model: 'ai/smollm2:latest',
  modified_at: '2025-03-24T11:49:41Z',
  size: 0,
  digest,
  details: {
    format: 'gguf',
    family: 'llama',
    families: ['llama'],
    parameter_size: '361.82 M',
    quantization_level: 'IQ2_XXS/Q4_K_M',
  },
}

function json(value: unknown): Response {
  return respond(200, [['Content-Type', 'application/json']], `${goJson(value)}\n`)
}

/** Go's http.Error: another charset than gin's 404, nosniff, and a line break. */
function httpError(status: number, message: string): Response {
  const headers = [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['X-Content-Type-Options', 'nosniff'],
  ] as const
  return respond(status, headers, `${message}\n`)
}

function otherwise(request: Request): Response {
  if (request.method !== 'POST' || request.path !== '/api/show') return httpError(404, '404 page not found')
  const body = request.body.toString('utf8')
  if (body.trim() === '') return httpError(400, 'Invalid request: EOF')
  return body.includes('smollm2')
    ? json({ details: entry.details })
    : httpError(404, 'Model not found: model not found')
}
