import { type HttpBehaviour, http } from '../behaviour.ts'
import { pythonServer } from '../wire/plain.ts'
import type { Request } from '../wire/request.ts'
import { type Response, respond } from '../wire/response.ts'
import { pythonJson } from './routes.ts'

/**
 * KoboldCpp: one model called koboldcpp whatever is loaded, the same list for tags and ps, version fixed at 0.7.0, and any
 * path that only ends in the right one is answered (facts, section 12).
 */
export function koboldCpp(): HttpBehaviour {
  return http(pythonServer('ConcedoLlamaForKoboldServer '), answer)
}

function answer(request: Request): Response {
  const { path } = request
  if (path === '/') return page('<!DOCTYPE html>\n<html><head><title>KoboldAI Lite</title></head></html>')
  if (path.endsWith('/api/tags') || path.endsWith('/api/ps')) return json({ models: [entry] })
  // Before the shorter ending, which is also one of its own.
  if (path.endsWith('/api/extra/version')) return json(ownVersion)
  if (path.endsWith('/api/version')) return json({ version: '0.7.0' })
  if (path.endsWith('/v1/models')) return json({ object: 'list', data: [openaiEntry] })
  if (path.endsWith('/api/show'))
    return json({ license: '', modelfile: '', parameters: '', template: '', details: entry.details })
  return missing
}

const entry = {
  name: 'koboldcpp',
  model: 'koboldcpp/Qwen3-8B-Q4_K_M:latest',
  modified_at: '2024-07-19T15:26:55.6122841+08:00',
  expires_at: '2055-06-04T19:06:25.5433636+08:00',
  size: 394998579,
  size_vram: 394998579,
  digest: 'b5dc5e784f2a3ee1582373093acf69a2f4e2ac1710b253a001712b86a61f88bb',
  details: {
    parent_model: '',
    format: 'gguf',
    family: 'koboldcpp',
    families: ['koboldcpp'],
    parameter_size: '128M',
    quantization_level: 'Q4_0',
  },
}
const ownVersion = {
  result: 'KoboldCpp',
  version: '1.98.1',
  protected: false,
  llm: true,
  txt2img: false,
  vision: false,
}
const openaiEntry = {
  id: 'koboldcpp/Qwen3-8B-Q4_K_M',
  object: 'model',
  created: 1,
  owned_by: 'koboldcpp',
  permission: [],
  root: 'koboldcpp',
}

const anyOrigin = [
  ['access-control-allow-origin', '*'],
  ['access-control-allow-methods', '*'],
  [
    'access-control-allow-headers',
    '*, Accept, Content-Type, Content-Length, Cache-Control, Accept-Encoding, X-CSRF-Token, Client-Agent, X-Fields, Content-Type, Authorization, X-Requested-With, X-HTTP-Method-Override, apikey, genkey',
  ],
  ['cache-control', 'no-store'],
] as const

function json(value: unknown): Response {
  const body = pythonJson(value)
  return respond(
    200,
    [['content-length', String(body.length)], ...anyOrigin, ['content-type', 'application/json']],
    body,
  )
}

function page(body: string, status = 200): Response {
  return respond(
    status,
    [['content-length', String(body.length)], ...anyOrigin, ['content-type', 'text/html']],
    body,
  )
}

const missing = page(
  'Error: KoboldCpp HTTP Server is running, but this endpoint does not exist. Please check the URL.',
  404,
)
