import { type HttpBehaviour, http } from '../behaviour.ts'
import { httplib } from '../wire/plain.ts'
import { headerOf, type Request } from '../wire/request.ts'
import { type Response, respond } from '../wire/response.ts'
import { byRoute } from './routes.ts'

const dialect = httplib('llama.cpp')

/**
 * llama.cpp's own server. Builds of 2025 also answered the Ollama routes, with empty texts where Ollama has numbers and
 * digests; current ones dropped them (facts, section 12).
 */
export function llamaCpp(build: '2025' | 'current'): HttpBehaviour {
  const answer = byRoute(
    { ...commonRoutes(build), ...(build === '2025' ? ollamaRoutes : {}) },
    () => notFound,
  )
  return http(dialect, request => allowingOrigin(request, answer(request)))
}

/** It echoes any Origin; without one the header is there and empty. */
function allowingOrigin(request: Request, response: Response): Response {
  const origin = headerOf(request.headers, 'origin') ?? ''
  return { ...response, headers: [...response.headers, ['Access-Control-Allow-Origin', origin]] }
}

const jsonType = 'application/json; charset=utf-8'
const modelPath = '/models/Qwen3-8B-Q4_K_M.gguf'

function json(value: unknown, status = 200): Response {
  return respond(status, [['Content-Type', jsonType]], JSON.stringify(value))
}

const notFound = json({ error: { code: 404, message: 'File Not Found', type: 'not_found_error' } }, 404)

const openaiEntry = {
  id: modelPath,
  object: 'model',
  created: 1758009600,
  owned_by: 'llamacpp',
  meta: {
    vocab_type: 2,
    n_vocab: 151936,
    n_ctx_train: 40960,
    n_embd: 4096,
    n_params: 8190735360,
    size: 5022000000,
  },
}

/** The 2025 builds answer all list routes with one object that is both shapes at once. */
const bothLists = {
  models: [
    {
      name: modelPath,
      model: modelPath,
      modified_at: '',
      size: '',
      digest: '',
      type: 'model',
      description: '',
      tags: [''],
      capabilities: ['completion', 'multimodal'],
      parameters: '',
      details: {
        parent_model: '',
        format: 'gguf',
        family: '',
        families: [''],
        parameter_size: '',
        quantization_level: '',
      },
    },
  ],
  object: 'list',
  data: [openaiEntry],
}

function commonRoutes(build: '2025' | 'current'): Record<string, Response> {
  return {
    'GET /': respond(
      200,
      [['Content-Type', 'text/html; charset=utf-8']],
      '<!doctype html>\n<title>llama.cpp</title>\n',
    ),
    'GET /health': json({ status: 'ok' }),
    'GET /props': json({
      default_generation_settings: { id: 0, n_ctx: 8192, is_processing: false },
      total_slots: 1,
      model_path: modelPath,
      modalities: { vision: false, audio: false },
      build_info: build === '2025' ? 'b6500-b8fc5e2c1' : 'b9214-4f1d0a77e',
    }),
    'GET /v1/models': json(build === '2025' ? bothLists : { object: 'list', data: [openaiEntry] }),
  }
}

const ollamaRoutes: Record<string, Response> = {
  'GET /api/tags': json(bothLists),
  'POST /api/show': json({
    template: '{%- for message in messages %}{{ message.content }}{%- endfor %}',
    model_info: { 'llama.context_length': 8192 },
    modelfile: '',
    parameters: '',
    details: bothLists.models[0]?.details,
    capabilities: ['completion'],
  }),
}
