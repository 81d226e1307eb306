import { type LabHost, labHost } from '../host.ts'
import { ollama } from '../ollama/server.ts'
import { openOllama } from '../truth.ts'
import { held } from './held.ts'
import { chat, chatTools, chatVision, embedding, known, knownEarly } from './known-models.ts'

/**
 * Machines somebody set up once and forgot: Ollama before 0.6.4, which declares no capabilities. What their models can do
 * follows from templates, families and file keys (facts, section 7, "Hosts without capabilities").
 */
export const oldMachines: readonly LabHost[] = [
  labHost(
    10,
    'Workstation under a desk in building C (0.1.3)',
    ollama({
      version: '0.1.3',
      folder: '/home/petra/.ollama/models',
      holds: [
        held('llama2:latest', '2023-10-21T09:12:44.120384756+02:00'),
        held('codellama:7b', '2023-10-24T16:40:02.551200941+02:00'),
        held('mistral:latest', '2023-11-06T11:03:19.907736102+01:00'),
      ],
    }),
    openOllama({
      version: null,
      accessV1: 'unknown',
      models: [
        knownEarly('llama2:latest', chat),
        knownEarly('codellama:7b', chat),
        knownEarly('mistral:latest', chat),
      ],
      capabilities: ['completion'],
      toolCalling: false,
      running: null,
    }),
  ),
  labHost(
    11,
    'Its twin, never used (0.1.3, lists null)',
    ollama({ version: '0.1.3', holds: [] }),
    openOllama({
      version: null,
      accessV1: 'unknown',
      models: [],
      capabilities: [],
      toolCalling: false,
      running: null,
    }),
  ),
  labHost(
    12,
    'Translation office (0.1.32)',
    ollama({
      version: '0.1.32',
      holds: [
        held('mistral:latest', '2024-04-18T08:21:55.014462183+02:00'),
        held('llava:7b', '2024-04-19T13:02:37.380021774+02:00'),
        held('nomic-embed-text:latest', '2024-04-18T08:30:12.771938265+02:00'),
      ],
    }),
    openOllama({
      version: '0.1.32',
      accessV1: 'unknown',
      models: [
        known('mistral:latest', chat),
        known('llava:7b', chatVision),
        known('nomic-embed-text:latest', embedding),
      ],
      capabilities: ['completion', 'embedding', 'vision'],
      toolCalling: false,
      running: null,
    }),
  ),
  labHost(
    13,
    'Intern machine of 2024 (0.1.32)',
    ollama({
      version: '0.1.32',
      folder: 'C:\\Users\\m.weber\\.ollama\\models',
      holds: [
        held('gemma:7b', '2024-04-22T10:17:41.662518904+02:00'),
        held('llama2:latest', '2024-04-22T10:44:09.118273645+02:00'),
      ],
    }),
    openOllama({
      version: '0.1.32',
      accessV1: 'unknown',
      models: [known('gemma:7b', chat), known('llama2:latest', chat)],
      capabilities: ['completion'],
      toolCalling: false,
      running: null,
    }),
  ),
  labHost(
    14,
    'Print server somebody reused (0.1.39)',
    ollama({
      version: '0.1.39',
      holds: [
        held('llama3:8b', '2024-05-27T15:11:29.043817265+02:00'),
        held('phi3:mini', '2024-05-28T07:58:50.229104773+02:00'),
      ],
      running: [
        {
          name: 'llama3:8b',
          bytes: 5428742144,
          vramBytes: 5428742144,
          contextLength: 2048,
          keptFor: 'forever',
        },
      ],
    }),
    openOllama({
      version: '0.1.39',
      accessV1: 'unknown',
      models: [known('llama3:8b', chat), known('phi3:mini', chat)],
      capabilities: ['completion'],
      toolCalling: false,
      running: ['llama3:8b'],
    }),
  ),
  labHost(
    15,
    'Lab bench PC (0.1.39, a template with tools on a server that cannot call any)',
    ollama({
      version: '0.1.39',
      holds: [
        held('mistral:7b', '2024-06-03T12:00:07.550038291+02:00'),
        held('mxbai-embed-large:latest', '2024-06-03T12:09:33.104427716+02:00'),
      ],
    }),
    openOllama({
      version: '0.1.39',
      accessV1: 'unknown',
      // The template mentions .Tools, but the server itself can call tools only from 0.2.6 on.
      models: [known('mistral:7b', chat), known('mxbai-embed-large:latest', embedding)],
      capabilities: ['completion', 'embedding'],
      toolCalling: false,
      running: [],
    }),
  ),
  labHost(
    16,
    'Developer pool, first floor (0.3.14)',
    ollama({
      version: '0.3.14',
      holds: [
        held('llama3.1:8b', '2024-10-21T09:05:16.711902348+02:00'),
        held('qwen2.5-coder:7b', '2024-11-14T17:42:58.380051926+01:00'),
        held('nomic-embed-text:latest', '2024-10-21T09:20:44.002917365+02:00'),
      ],
    }),
    openOllama({
      version: '0.3.14',
      models: [
        known('llama3.1:8b', chatTools),
        known('qwen2.5-coder:7b', ['completion', 'insert', 'tools']),
        known('nomic-embed-text:latest', embedding),
      ],
      capabilities: ['completion', 'embedding', 'insert', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    17,
    'Marketing, image descriptions (0.3.14)',
    ollama({
      version: '0.3.14',
      holds: [
        held('llava:7b', '2024-10-28T14:33:08.917264053+01:00'),
        held('llama3.2:3b', '2024-10-29T08:12:51.240583917+01:00'),
      ],
    }),
    openOllama({
      version: '0.3.14',
      models: [known('llava:7b', chatVision), known('llama3.2:3b', chatTools)],
      capabilities: ['completion', 'tools', 'vision'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    18,
    'Search index of the intranet (0.3.14, embeddings only)',
    ollama({
      version: '0.3.14',
      holds: [held('mxbai-embed-large:latest', '2024-11-04T06:00:00.338104729Z')],
    }),
    openOllama({
      version: '0.3.14',
      models: [known('mxbai-embed-large:latest', embedding)],
      capabilities: ['embedding'],
      toolCalling: false,
      running: [],
    }),
  ),
  labHost(
    19,
    'After a full disk (0.3.14, one broken manifest silences its lists)',
    ollama({
      version: '0.3.14',
      corruptManifest: 'llama3.1:8b',
      holds: [held('gemma2:9b', '2024-10-30T19:27:36.814402957+01:00')],
    }),
    openOllama({
      version: '0.3.14',
      models: null,
      capabilities: null,
      toolCalling: null,
      running: [],
      firm: 'identity',
    }),
  ),
]
