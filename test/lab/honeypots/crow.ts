import { type HttpBehaviour, http } from '../behaviour.ts'
import { byRoute, compactJson } from '../others/routes.ts'
import { crow } from '../wire/plain.ts'
import { respond } from '../wire/response.ts'

/**
 * A honeypot on Crow, after Sightem/ollama-honeypot (facts, section 12): it claims 0.1.43 of June 2024 and lists phi4 of
 * January 2025; entries lack `model` and `parent_model`; the Server header names the library.
 */
export function crowHoneypot(): HttpBehaviour {
  return http(
    crow,
    byRoute(
      {
        'GET /': respond(200, [['Content-Type', 'text/plain; charset=utf-8']], 'Ollama is running'),
        'GET /api/version': compactJson({ version: '0.1.43' }),
        'GET /api/tags': compactJson({
          models: [
            entry('phi4:latest', 'phi3', '14.7B', 9053116391),
            entry('llama3.1:8b', 'llama', '8.0B', 4920753328),
          ],
        }),
        'GET /api/ps': compactJson({ models: [] }),
        'POST /api/show': compactJson({ error: 'model not found' }, 404),
      },
      () => respond(404, [['Content-Type', 'text/plain']], '404 page not found'),
    ),
  )
}

function entry(name: string, family: string, parameterSize: string, size: number): Record<string, unknown> {
  return {
    name,
    modified_at: '2025-04-12T18:57:30.2454557-07:00',
    size,
    digest: `${size.toString(16)}${'ac89'.repeat(16)}`.slice(0, 64),
    details: {
      format: 'gguf',
      family,
      families: [family],
      parameter_size: parameterSize,
      quantization_level: 'Q4_K_M',
    },
  }
}
