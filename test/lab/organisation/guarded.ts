import { behindCaddy } from '../front/caddy.ts'
import { behindNginx, behindNginxDeny, behindNginxLogin } from '../front/nginx.ts'
import { type LabHost, labHost } from '../host.ts'
import { ollama } from '../ollama/server.ts'
import { openOllama, other } from '../truth.ts'
import { held } from './held.ts'
import { chat, chatTools, chatToolsThinking, known } from './known-models.ts'

/** Ollamas with something in front of them: a password, a refusal, or just a proxy. */
export const guarded: readonly LabHost[] = [
  labHost(
    100,
    'The model pupil: newest version, password on everything (0.40.2 behind nginx)',
    behindNginxLogin(
      ollama({
        version: '0.40.2',
        bound: 'loopback',
        holds: [held('qwen3:8b', '2026-11-10T09:30:00.118273645+01:00')],
      }),
      () => true,
    ),
    // The only guarded host that breaks no rule at all: nothing of it can be seen, and nothing need be.
    other('unknown', 'ollama', {
      access: 'auth-required',
      accessApi: 'auth-required',
      accessV1: 'auth-required',
      firm: 'everything',
    }),
  ),
  labHost(
    101,
    'Closed to this network (403 page of nginx)',
    behindNginxDeny(),
    other('unknown', 'ollama', {
      access: 'forbidden',
      accessApi: 'forbidden',
      accessV1: 'forbidden',
      firm: 'everything',
    }),
  ),
  labHost(
    102,
    'Port forward to a loopback listener (0.24.0, bare 403 of the Host check)',
    ollama({
      version: '0.24.0',
      bound: 'forwarded',
      machineName: 'nb-2291',
      holds: [held('llama3.2:3b', '2026-06-02T10:10:10.904417268+02:00')],
    }),
    other('unknown', 'ollama', {
      access: 'forbidden',
      accessApi: 'forbidden',
      accessV1: 'forbidden',
      firm: 'everything',
    }),
  ),
  labHost(
    103,
    'Half a door: password on /v1 only (0.12.6 behind nginx)',
    behindNginxLogin(
      ollama({
        version: '0.12.6',
        holds: [
          held('llama3.1:8b', '2025-11-03T08:17:26.330918264+01:00'),
          held('mistral:7b', '2025-11-04T09:31:40.118302947+01:00'),
        ],
      }),
      path => path.startsWith('/v1/'),
    ),
    openOllama({
      version: '0.12.6',
      accessV1: 'auth-required',
      models: [known('llama3.1:8b', chatTools), known('mistral:7b', chatTools)],
      capabilities: ['completion', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    104,
    'The other half: password on /api only, / and /v1 open (0.32.15 behind nginx)',
    behindNginxLogin(
      ollama({
        version: '0.32.15',
        holds: [held('qwen3:8b', '2026-08-25T11:22:33.550918274+02:00')],
      }),
      path => path.startsWith('/api/'),
    ),
    // Root and list speak for an Ollama, but what would prove it is behind the password.
    other('unknown', 'ollama', { access: 'open', accessApi: 'auth-required', accessV1: 'open' }),
  ),
  labHost(
    105,
    'Behind nginx, which guards nothing (0.32.15)',
    behindNginx(
      ollama({
        version: '0.32.15',
        holds: [
          held('qwen3:8b', '2026-08-29T07:45:12.227190483+02:00'),
          held('phi4:14b', '2026-08-30T12:08:54.771902834+02:00'),
        ],
      }),
    ),
    openOllama({
      version: '0.32.15',
      models: [known('qwen3:8b', chatToolsThinking), known('phi4:14b', chat)],
      capabilities: ['completion', 'thinking', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    106,
    'Behind Caddy, which guards nothing (0.24.0)',
    behindCaddy(
      ollama({
        version: '0.24.0',
        holds: [held('llama3.1:8b', '2026-06-09T13:54:01.660382917+02:00')],
      }),
    ),
    openOllama({
      version: '0.24.0',
      models: [known('llama3.1:8b', chatTools)],
      capabilities: ['completion', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
]
