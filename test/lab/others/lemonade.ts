import { type HttpBehaviour, http } from '../behaviour.ts'
import { httplib } from '../wire/plain.ts'
import { respond } from '../wire/response.ts'
import { byRoute, compactJson } from './routes.ts'

/**
 * Lemonade (AMD): version fixed at 0.16.1, digests of zeros, every model from New Year 2024, and 501 where Ollama would
 * write (facts, section 12). Its JSON library sorts keys, so they come in another order than Ollama's.
 */
export function lemonade(): HttpBehaviour {
  return http(
    httplib(null),
    byRoute(
      {
        'GET /': respond(200, [['Content-Type', 'text/plain']], 'Ollama is running'),
        'GET /live': compactJson({ status: 'ok' }),
        'GET /api/version': compactJson({ version: '0.16.1' }),
        'GET /api/tags': compactJson({ models: [entry] }),
        'GET /api/ps': compactJson({
          models: [{ ...entry, expires_at: '2099-01-01T00:00:00Z', size_vram: 0 }],
        }),
        'POST /api/show': compactJson({
          details: entry.details,
          license: '',
          modelfile: '',
          parameters: '',
          template: '',
        }),
        'GET /v1/models': compactJson({
          data: [{ created: 1234567890, id: 'Qwen3-8B-GGUF', object: 'model', owned_by: 'lemonade' }],
          object: 'list',
        }),
        'POST /api/create': notSupported,
        'POST /api/copy': notSupported,
        'POST /api/push': notSupported,
      },
      request =>
        compactJson(
          { error: { message: `The requested endpoint does not exist: ${request.path}`, type: 'not_found' } },
          404,
        ),
    ),
  )
}

const notSupported = compactJson({ error: 'not supported by Lemonade' }, 501)

const entry = {
  details: {
    families: ['llamacpp'],
    family: 'llamacpp',
    format: 'gguf',
    parameter_size: '8B',
    parent_model: '',
    quantization_level: 'Q4_1',
  },
  digest: `sha256:${'0'.repeat(64)}`,
  model: 'Qwen3-8B-GGUF:latest',
  modified_at: '2024-01-01T00:00:00Z',
  name: 'Qwen3-8B-GGUF:latest',
  size: 5637144576,
}
