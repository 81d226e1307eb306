import { type HttpBehaviour, http } from '../behaviour.ts'
import { express } from '../wire/plain.ts'
import { respond } from '../wire/response.ts'
import { byRoute, compactJson } from './routes.ts'

const jsonType = 'application/json; charset=utf-8'

/**
 * LM Studio. Its tell is that it answers 200 to paths it does not have, with an error in the body (facts, section 12):
 * a scanner that trusts the status finds an Ollama here.
 */
export function lmStudio(): HttpBehaviour {
  return http(
    express,
    byRoute(
      {
        'GET /v1/models': respond(200, [['Content-Type', jsonType]], JSON.stringify(openaiList, null, 2)),
        'GET /api/v0/models': respond(200, [['Content-Type', jsonType]], JSON.stringify(ownList, null, 2)),
        'GET /api/v1/models': compactJson(newList, 200, jsonType),
      },
      request =>
        compactJson(
          { error: `Unexpected endpoint or method. (${request.method} ${request.path})` },
          200,
          jsonType,
        ),
    ),
  )
}

const openaiList = {
  data: [
    { id: 'qwen/qwen3-8b', object: 'model', owned_by: 'organization_owner' },
    { id: 'text-embedding-nomic-embed-text-v1.5', object: 'model', owned_by: 'organization_owner' },
  ],
  object: 'list',
}

const ownList = {
  data: [
    {
      id: 'qwen/qwen3-8b',
      object: 'model',
      type: 'llm',
      publisher: 'qwen',
      arch: 'qwen3',
      compatibility_type: 'gguf',
      quantization: 'Q4_K_M',
      state: 'not-loaded',
      max_context_length: 40960,
    },
  ],
  object: 'list',
}

const newList = {
  models: [
    {
      type: 'llm',
      publisher: 'qwen',
      key: 'qwen/qwen3-8b',
      display_name: 'Qwen3 8B',
      architecture: 'qwen3',
      quantization: { name: 'Q4_K_M', bits_per_weight: 4 },
      size_bytes: 5027783872,
      params_string: '8B',
      loaded_instances: [],
      max_context_length: 40960,
      format: 'gguf',
    },
  ],
}
