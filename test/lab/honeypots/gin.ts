import { type HttpBehaviour, http } from '../behaviour.ts'
import { catalogModel } from '../catalog/catalog.ts'
import { goDialect } from '../wire/go.ts'
import { goJson } from '../wire/go-json.ts'
import type { Request } from '../wire/request.ts'
import { type Response, respond } from '../wire/response.ts'

/**
 * A honeypot on the same gin as Ollama, after pedxyuyuko/ollama_honeypot (facts, section 12): root and 404 are right to the
 * byte, but there is no CORS, no Host check, no 405 though it claims 0.13.0, everything is always loaded, and lists show the
 * names of manifest fields instead of the API's. It lists a digest that genuine hosts hold too, and says other things of it:
 * what one host says of a digest must not decide what is said of another.
 */
export function ginHoneypot(): HttpBehaviour {
  return http(goDialect, answer)
}

const named = ['qwen3:8b', 'llama3.1:8b', 'nomic-embed-text:latest'].map(catalogModel)
const gin404 = respond(404, [['Content-Type', 'text/plain']], '404 page not found')

function answer(request: Request): Response {
  if (request.method === 'HEAD' && request.path !== '/') return gin404
  const method = request.method === 'HEAD' ? 'GET' : request.method
  switch (`${method} ${request.path}`) {
    case 'GET /':
      return respond(200, [['Content-Type', 'text/plain; charset=utf-8']], 'Ollama is running')
    case 'GET /api/version':
      return respond(200, [['Content-Type', 'application/json']], '{\n    "version": "0.13.0"\n}\n')
    case 'GET /api/tags':
      return respond(
        200,
        [['Content-Type', 'application/json']],
        `${JSON.stringify({ models: tags }, null, 4)}\n`,
      )
    case 'GET /api/ps':
      return ginJson({ models: running() })
    case 'GET /v1/models':
    case 'GET /models':
      return ginJson({ object: 'list', data: openaiList })
    case 'POST /api/show':
      return show(request)
    default:
      return gin404
  }
}

function ginJson(value: unknown, status = 200): Response {
  return respond(status, [['Content-Type', 'application/json; charset=utf-8']], goJson(value))
}

const tags = named.map(model => ({
  name: model.name,
  model: model.name,
  modified_at: '2025-11-02T08:00:00.000000000Z',
  size: model.sizeBytes,
  digest: model.digest,
  details: {
    format: 'gguf',
    family: model.family,
    families: [model.family],
    parameter_size: model.parameterSize,
    quantization_level: model.quantization,
  },
}))

const manifests = new Map(
  named.map(model => [
    model.name,
    {
      model_format: 'gguf',
      model_family: model.family,
      model_families: [model.family],
      model_type: model.parameterSize,
      file_type: model.quantization,
      architecture: 'amd64',
      os: 'linux',
      rootfs: { type: 'layers', diff_ids: [`sha256:${model.digest}`] },
    },
  ]),
)

/** All of them, always, for two and a half hours from now. */
function running(): unknown[] {
  const expires = new Date(Date.now() + 9_000_000).toISOString().replace(/\.\d+Z/, 'Z')
  return tags.map(({ name, size, digest }) => ({
    name,
    model: name,
    size,
    digest,
    details: manifests.get(name),
    expires_at: expires,
    size_vram: size,
    context_length: 65536,
  }))
}

const openaiList = named.map(({ name }) => ({
  id: name,
  object: 'model',
  created: 1762070400,
  owned_by: 'library',
}))

function show(request: Request): Response {
  const asked = /"(?:name|model)"\s*:\s*"([^"]*)"/.exec(request.body.toString('utf8'))?.[1]
  if (asked === undefined) return ginJson({ error: 'Invalid request' }, 400)
  const details = manifests.get(asked)
  if (details === undefined) return ginJson({ error: 'Model not found' }, 404)
  return ginJson({
    license: 'MIT',
    modelfile: '',
    parameters: 'temperature 0.7\nnum_ctx 2048',
    template: '{{ .Prompt }}',
    details,
    model_info: { 'general.architecture': 'amd64', 'general.parameter_count': '7B' },
    capabilities: ['completion', 'vision', 'audio'],
    modified_at: '2025-11-02T08:00:00.000000000Z',
  })
}
