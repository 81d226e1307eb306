import { type LabHost, labHost } from '../host.ts'
import { ollama } from '../ollama/server.ts'
import { openOllama } from '../truth.ts'
import { held, loaded } from './held.ts'
import { chat, chatTools, chatToolsThinking, embedding, known, knownRemote } from './known-models.ts'

const cloud = 'https://ollama.com:443'

/** Servers that pass prompts on: 0.12.6, where stubs began, and 0.24.0, where they can be switched off. */
export const servers: readonly LabHost[] = [
  labHost(
    50,
    'Server of the legal department (0.12.6, one model in the cloud, one damaged)',
    ollama({
      version: '0.12.6',
      holds: [
        held('gpt-oss:20b', '2025-10-20T08:26:17.330918274+02:00'),
        held('gpt-oss:120b-cloud', '2025-10-21T14:09:45.118203746+02:00'),
        { ...held('codestral:22b', '2025-10-22T16:51:03.904417268+02:00'), damaged: true },
      ],
      running: [loaded('gpt-oss:20b', 14256381952, 8192)],
    }),
    openOllama({
      version: '0.12.6',
      models: [
        known('gpt-oss:20b', chatToolsThinking),
        // Its details must not be asked for, and this release's list does not declare any.
        knownRemote('gpt-oss:120b-cloud', cloud, null),
        // Listed, but its details are not found.
        known('codestral:22b', null),
      ],
      capabilities: ['completion', 'thinking', 'tools'],
      toolCalling: true,
      running: ['gpt-oss:20b'],
    }),
  ),
  labHost(
    51,
    'Server of the sales team (0.12.6, a plain name that goes to the cloud)',
    ollama({
      version: '0.12.6',
      holds: [
        held('qwen3:8b', '2025-10-24T11:40:29.227194038+02:00'),
        held('team-assistant:latest', '2025-10-27T09:15:58.660382917+01:00'),
      ],
    }),
    openOllama({
      version: '0.12.6',
      models: [known('qwen3:8b', chatToolsThinking), knownRemote('team-assistant:latest', cloud, null)],
      capabilities: ['completion', 'thinking', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    52,
    'Server of the plant (0.12.6, a model on another machine in the building)',
    ollama({
      version: '0.12.6',
      holds: [
        held('gemma2:9b', '2025-10-28T06:02:11.118304927+01:00'),
        held('shared-llama:latest', '2025-10-29T06:30:44.771930284+01:00'),
      ],
    }),
    openOllama({
      version: '0.12.6',
      models: [known('gemma2:9b', chat), knownRemote('shared-llama:latest', 'http://10.20.0.15:11434', null)],
      capabilities: ['completion'],
      toolCalling: null,
      running: [],
    }),
  ),
  labHost(
    53,
    'Server of the works doctor (0.24.0, cloud off by environment)',
    ollama({
      version: '0.24.0',
      cloudOff: 'env',
      holds: [
        held('qwen3:8b', '2026-05-12T10:07:33.904718264+02:00'),
        held('qwen3:8b-mlx', '2026-05-13T11:28:50.227190483+02:00'),
        held('deepseek-v3.1:671b-cloud', '2026-05-14T15:44:19.550382917+02:00'),
      ],
    }),
    openOllama({
      version: '0.24.0',
      models: [
        known('qwen3:8b', chatToolsThinking),
        // Declared twice over on the wire.
        known('qwen3:8b-mlx', chatToolsThinking),
        knownRemote('deepseek-v3.1:671b-cloud', cloud, null),
      ],
      capabilities: ['completion', 'thinking', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    54,
    'Server of the archive (0.24.0, cloud off by its own file)',
    ollama({
      version: '0.24.0',
      cloudOff: 'config',
      holds: [
        held('phi4:14b', '2026-05-19T08:40:02.330917284+02:00'),
        held('nomic-embed-text:latest', '2026-05-19T08:44:58.118203746+02:00'),
      ],
    }),
    openOllama({
      version: '0.24.0',
      models: [known('phi4:14b', chat), known('nomic-embed-text:latest', embedding)],
      capabilities: ['completion', 'embedding'],
      toolCalling: false,
      running: [],
    }),
  ),
  labHost(
    55,
    'Call centre (0.24.0, in use all day)',
    ollama({
      version: '0.24.0',
      holds: [
        held('llama3.3:70b', '2026-05-26T12:18:37.660194857+02:00'),
        held('glm-4.6:cloud', '2026-05-27T09:50:21.904382716+02:00'),
      ],
      running: [
        {
          name: 'llama3.3:70b',
          bytes: 47834234880,
          vramBytes: 42949672960,
          contextLength: 32768,
          keptFor: 300,
        },
      ],
    }),
    openOllama({
      version: '0.24.0',
      models: [known('llama3.3:70b', chatTools), knownRemote('glm-4.6:cloud', cloud, null)],
      capabilities: ['completion', 'tools'],
      toolCalling: true,
      running: ['llama3.3:70b'],
    }),
  ),
]
