import { type HttpBehaviour, http } from '../behaviour.ts'
import { pythonJson } from '../others/routes.ts'
import { pythonServer } from '../wire/plain.ts'
import type { Request } from '../wire/request.ts'
import { type Response, respond } from '../wire/response.ts'

/**
 * A honeypot on Python's http.server, after magoo/ollama-honeypot (facts, section 12): HTTP/1.0, Server header, JSON with
 * spaces and without length, digests with a prefix, and a 404 whose charset gives it away.
 */
export function pythonHoneypot(): HttpBehaviour {
  return http(pythonServer('BaseHTTP/0.6 Python/3.11.9'), answer)
}

function answer(request: Request): Response {
  const { method, path } = request
  if (method === 'GET' && path === '/') return text(200, 'Ollama is running')
  if (method === 'GET' && path === '/api/version') return json({ version: '0.5.4' })
  if (method === 'GET' && path === '/api/tags')
    return json({ models: [entry('llama2:latest', 'llama', 'a'), entry('mistral:latest', 'mistral', 'b')] })
  if (method === 'GET' && path === '/api/ps') return json({ models: [runningEntry] })
  if (method === 'GET' && path === '/v1/models') return json({ object: 'list', data: openaiList })
  if (method === 'POST' && path === '/api/show') return json(details)
  // It takes any other POST for a success, and so is not to be asked anything but the above.
  return method === 'POST' ? json({ status: 'ok' }) : text(404, '404 page not found')
}

function json(value: unknown): Response {
  return respond(200, [['Content-Type', 'application/json']], pythonJson(value))
}

function text(status: number, body: string): Response {
  return respond(
    status,
    [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Content-Length', String(body.length)],
    ],
    body,
  )
}

function entry(name: string, family: string, first: string): Record<string, unknown> {
  return {
    name,
    modified_at: '2024-01-01T00:00:00Z',
    size: 3826793677,
    digest: `sha256:${first}${'5f'.repeat(31)}0`,
    details: { format: 'gguf', family, families: [family], parameter_size: '7B', quantization_level: 'Q4_0' },
  }
}

const runningEntry = {
  ...entry('llama2:latest', 'llama', 'a'),
  expires_at: '2024-01-01T00:05:00Z',
  size_vram: 3000000000,
}
const openaiList = ['llama2:latest', 'mistral:latest'].map(id => ({
  id,
  object: 'model',
  created: 1704067200,
  owned_by: 'library',
}))
const details = {
  parameters: 'temperature 0.7\nnum_ctx 2048',
  license: 'MIT License',
  modified_at: '2024-01-01T00:00:00Z',
  details: {
    parent_model: '',
    format: 'gguf',
    family: 'llama',
    families: ['llama'],
    parameter_size: '7B',
    quantization_level: 'Q4_0',
  },
  template: '{{ .Prompt }}',
  capabilities: ['completion'],
}
