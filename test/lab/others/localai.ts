import { createHash } from 'node:crypto'
import { type HttpBehaviour, http } from '../behaviour.ts'
import { goDialect } from '../wire/go.ts'
import { goJson } from '../wire/go-json.ts'
import { headerOf, type Request } from '../wire/request.ts'
import { type Response, respond } from '../wire/response.ts'
import { byRoute } from './routes.ts'

/**
 * LocalAI from 4.2.0 on, with its Ollama root switched on: version fixed at 0.9.0, digests that are the hash of the name,
 * and a modified_at that is always now (facts, section 12). Echo on Go's net/http.
 */
export function localAi(): HttpBehaviour {
  const answer = byRoute(
    {
      'GET /': respond(200, [['Content-Type', 'text/plain; charset=UTF-8']], 'Ollama is running'),
      'GET /api/version': json({ version: '0.9.0' }),
      'GET /readyz': respond(200, [], ''),
      'GET /healthz': respond(200, [], ''),
      'GET /v1/models': json({
        object: 'list',
        data: names.map(name => ({ id: name, object: 'model' })),
      }),
    },
    otherwise,
  )
  return http(goDialect, answer)
}

const names = ['gemma-3-4b-it-qat', 'bert-embeddings']

/** Echo ends its JSON with a line break. */
function json(value: unknown, status = 200): Response {
  return respond(status, [['Content-Type', 'application/json']], `${goJson(value)}\n`)
}

function otherwise(request: Request): Response {
  if (request.method === 'GET' && request.path === '/api/tags') return json({ models: names.map(entry) })
  if (request.method === 'GET' && request.path === '/api/ps') return json({ models: null })
  if (request.method === 'POST' && request.path === '/api/show') return show(request)
  return json({ error: { code: 404, message: 'Resource not found', type: '' } }, 404)
}

function entry(name: string): Record<string, unknown> {
  return {
    name: `${name}:latest`,
    model: `${name}:latest`,
    modified_at: new Date().toISOString().replace('Z', '123456Z'),
    size: 0,
    digest: `sha256:${createHash('sha256').update(name).digest('hex')}`,
    details: detailsOf(name),
    capabilities: name.includes('bert') ? ['embedding'] : ['completion', 'vision'],
  }
}

/** No parent_model; the family is the backend. */
function detailsOf(name: string): Record<string, unknown> {
  const backend = name.includes('bert') ? 'sentencetransformers' : 'llama-cpp'
  return {
    format: 'gguf',
    family: backend,
    families: [backend],
    parameter_size: name.includes('bert') ? '' : '4b',
    quantization_level: '',
  }
}

function show(request: Request): Response {
  const length = Number(headerOf(request.headers, 'content-length') ?? '0')
  if (length === 0) return json({ error: 'name is required' }, 400)
  const name = names.find(known => request.body.toString('utf8').includes(`"${known}`))
  if (name === undefined) return json({ error: "model 'x' not found" }, 404)
  return json({
    modelfile: `FROM ${name}.gguf`,
    parameters: '',
    template: '',
    details: detailsOf(name),
    model_info: { 'general.architecture': 'llama-cpp' },
  })
}
