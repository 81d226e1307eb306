import { type HttpBehaviour, http } from '../behaviour.ts'
import { uvicorn } from '../wire/plain.ts'
import type { Request } from '../wire/request.ts'
import { type Response, respond } from '../wire/response.ts'
import { byRoute, fastapiJson, fastapiNotFound } from './routes.ts'

/** SGLang: Ollama routes with a digest that spells its name, and the time of asking as modified_at (facts, section 12). */
export function sglang(): HttpBehaviour {
  const model = 'meta-llama/Llama-3.1-8B-Instruct'
  const routes = byRoute(
    {
      'GET /': fastapiJson('Ollama is running'),
      'GET /health': respond(200, [], ''),
      'GET /get_model_info': fastapiJson({
        model_path: model,
        tokenizer_path: model,
        is_generation: true,
        preferred_sampling_params: null,
      }),
      'GET /get_server_info': fastapiJson({ model_path: model, tp_size: 1, version: '0.5.6' }),
      'GET /server_info': fastapiJson({ model_path: model, tp_size: 1, version: '0.5.6' }),
      'GET /v1/models': fastapiJson({
        object: 'list',
        data: [
          {
            id: model,
            object: 'model',
            created: 1762000000,
            owned_by: 'sglang',
            root: model,
            max_model_len: 131072,
          },
        ],
      }),
      'POST /api/show': fastapiJson({ modelfile: '', parameters: '', template: '', details: sglangDetails }),
    },
    request => (request.path === '/api/tags' ? sglangTags(model) : fastapiNotFound),
  )
  return http(uvicorn, routes)
}

const sglangDetails = { format: 'sglang', family: 'Llama-3.1-8B-Instruct', parameter_size: 'unknown' }

function sglangTags(model: string): Response {
  const modifiedAt = new Date().toISOString().replace('Z', '123Z')
  const digest = `sha256:sglang${'0'.repeat(58)}`
  return fastapiJson({
    models: [{ name: model, model, modified_at: modifiedAt, size: 0, digest, details: sglangDetails }],
  })
}

/** vLLM: no Ollama route at all, but the OpenAI ones and a version route of its own. */
export function vllm(): HttpBehaviour {
  const model = 'mistralai/Mistral-Small-3.2-24B-Instruct-2506'
  return http(
    uvicorn,
    byRoute(
      {
        'GET /version': fastapiJson({ version: '0.11.2' }),
        'GET /health': respond(200, [], ''),
        'GET /v1/models': fastapiJson({
          object: 'list',
          data: [
            {
              id: model,
              object: 'model',
              created: 1762000000,
              owned_by: 'vllm',
              root: model,
              parent: null,
              max_model_len: 32768,
            },
          ],
        }),
      },
      () => fastapiNotFound,
    ),
  )
}

/**
 * Open WebUI: a web page for everything it does not know, a version route that looks like Ollama's but has a second key,
 * and the real Ollama behind a login under /ollama/ (facts, section 12).
 */
export function openWebUi(): HttpBehaviour {
  const routes = byRoute(
    {
      'GET /health': fastapiJson({ status: true }),
      'GET /api/version': fastapiJson({ version: '0.6.36', deployment_id: '' }),
      'GET /api/config': fastapiJson({
        status: true,
        name: 'Open WebUI',
        version: '0.6.36',
        default_locale: '',
        oauth: { providers: {} },
        features: { auth: true, auth_trusted_header: false, enable_signup: false, enable_login_form: true },
      }),
      // Public until a change of July 2026.
      'GET /ollama/api/version': fastapiJson({ version: '0.12.6' }),
    },
    openWebUiOtherwise,
  )
  return http(uvicorn, routes)
}

function openWebUiOtherwise(request: Request): Response {
  const guarded =
    request.path.startsWith('/ollama/') || request.path === '/api/models' || request.path === '/openai/models'
  if (guarded) return fastapiJson({ detail: 'Not authenticated' }, 401)
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return fastapiJson({ detail: 'Method Not Allowed' }, 405)
  return respond(200, [['content-type', 'text/html; charset=utf-8']], webPage)
}

const webPage =
  '<!doctype html>\n<html lang="en">\n\t<head>\n\t\t<meta charset="utf-8" />\n\t\t<title>Open WebUI</title>\n\t</head>\n\t<body></body>\n</html>\n'

/** LiteLLM, which asks for a key on everything that matters: an AI service, but none Paddock knows by name. */
export function liteLlm(): HttpBehaviour {
  const needsKey = fastapiJson(
    {
      error: {
        message: 'Authentication Error, No api key passed in.',
        type: 'auth_error',
        param: 'None',
        code: '401',
      },
    },
    401,
  )
  return http(
    uvicorn,
    byRoute(
      {
        'GET /': respond(
          200,
          [['content-type', 'text/html; charset=utf-8']],
          '<!DOCTYPE html><title>LiteLLM API - Swagger UI</title>',
        ),
        'GET /health/liveliness': fastapiJson("I'm alive!"),
        'GET /v1/models': needsKey,
        'GET /models': needsKey,
      },
      () => fastapiNotFound,
    ),
  )
}
