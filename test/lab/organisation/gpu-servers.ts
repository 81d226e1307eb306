import { type LabHost, labHost } from '../host.ts'
import { ollama } from '../ollama/server.ts'
import { openOllama } from '../truth.ts'
import { held, loaded } from './held.ts'
import {
  chat,
  chatTools,
  chatToolsThinking,
  chatVision,
  embedding,
  known,
  knownRemote,
} from './known-models.ts'
import { library, libraryKnown } from './library.ts'

const cloud = 'https://ollama.com:443'

/** The machines with the graphics cards, all on 0.32.15 or newer: their lists declare everything. */
export const gpuServers: readonly LabHost[] = [
  labHost(
    60,
    'gpu-01: the shared library (0.32.15, over twenty models)',
    ollama({
      version: '0.32.15',
      holds: library,
      running: [loaded('qwen3:32b', 24103288832, 32768)],
    }),
    openOllama({
      version: '0.32.15',
      models: libraryKnown,
      capabilities: ['audio', 'completion', 'embedding', 'insert', 'thinking', 'tools', 'vision'],
      toolCalling: true,
      running: ['qwen3:32b'],
    }),
  ),
  labHost(
    61,
    'gpu-02: chat for everybody (0.32.15, open to every web page)',
    ollama({
      version: '0.32.15',
      origins: ['*'],
      holds: [
        held('qwen3:32b', '2026-08-20T06:11:45.227193804+02:00'),
        held('gpt-oss:120b', '2026-08-21T06:40:09.118273046+02:00'),
      ],
      running: [
        loaded('gpt-oss:120b', 69793218560, 131072),
        {
          name: 'qwen3:32b',
          bytes: 24103288832,
          vramBytes: 24103288832,
          contextLength: 40960,
          keptFor: 1800,
        },
      ],
    }),
    openOllama({
      version: '0.32.15',
      cors: 'any',
      models: [known('qwen3:32b', chatToolsThinking), known('gpt-oss:120b', chatToolsThinking)],
      capabilities: ['completion', 'thinking', 'tools'],
      toolCalling: true,
      running: ['gpt-oss:120b', 'qwen3:32b'],
    }),
  ),
  labHost(
    62,
    'gpu-03: installed yesterday (0.32.15, empty)',
    ollama({ version: '0.32.15', holds: [] }),
    openOllama({
      version: '0.32.15',
      models: [],
      capabilities: [],
      toolCalling: false,
      running: [],
    }),
  ),
  labHost(
    63,
    'gpu-04: assistants of the departments (0.32.15, system prompts)',
    ollama({
      version: '0.32.15',
      holds: [
        held('hr-assistant:latest', '2026-09-07T08:30:16.550918274+02:00'),
        held('helpdesk:v2', '2026-09-08T13:12:47.904417362+02:00'),
        held('freespeech/dolphin3:8b', '2026-09-09T23:58:03.118304927+02:00'),
        held('sql-expert:latest', '2026-09-10T10:21:39.660273845+02:00'),
      ],
    }),
    openOllama({
      version: '0.32.15',
      models: [
        known('hr-assistant:latest', chatToolsThinking),
        known('helpdesk:v2', chatTools),
        known('freespeech/dolphin3:8b', chat),
        known('sql-expert:latest', chatTools),
      ],
      capabilities: ['completion', 'thinking', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    64,
    'gpu-05: models from elsewhere (0.32.15, foreign registries)',
    ollama({
      version: '0.32.15',
      holds: [
        held('hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M', '2026-09-16T14:05:52.330194827+02:00'),
        held('hf.co/unsloth/Qwen3-8B-GGUF:UD-Q4_K_XL', '2026-09-17T15:27:08.227938104+02:00'),
        held('10.1.2.3:5000/team/assistant:v3', '2026-09-18T09:44:31.771902846+02:00'),
      ],
    }),
    openOllama({
      version: '0.32.15',
      models: [
        // Manifests of foreign registries name no quantization; since 0.30 the file is asked.
        known('hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M', chatTools, { quantization: 'Q4_K_M' }),
        // The list says completion only; the details know of the tools.
        known('hf.co/unsloth/Qwen3-8B-GGUF:UD-Q4_K_XL', chatToolsThinking, { quantization: 'Q4_K_M' }),
        known('10.1.2.3:5000/team/assistant:v3', chatTools),
      ],
      capabilities: ['completion', 'thinking', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    65,
    'gpu-06: a gateway without models of its own (0.32.15, all remote)',
    ollama({
      version: '0.32.15',
      holds: [
        held('gpt-oss:120b-cloud', '2026-08-26T09:00:27.118203964+02:00'),
        held('team-assistant:latest', '2026-08-27T09:12:55.904718263+02:00'),
        held('overflow:latest', '2026-08-28T16:33:41.550382719+02:00'),
      ],
    }),
    openOllama({
      version: '0.32.15',
      models: [
        knownRemote('gpt-oss:120b-cloud', cloud, chatToolsThinking),
        knownRemote('team-assistant:latest', cloud, chatTools),
        knownRemote('overflow:latest', 'http://gpu-02.example.internal:11434', null),
      ],
      capabilities: ['completion', 'thinking', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    66,
    'gpu-07: a fork under test (0.32.15, fields and capabilities nobody knows)',
    ollama({
      version: '0.32.15',
      holds: [
        held('world-model:preview', '2026-10-12T11:49:20.660918273+02:00'),
        held('llama3.2:1b', '2026-10-13T08:25:36.227304918+02:00'),
      ],
      extraFields: { lab_build: { channel: 'nightly', commit: '8c1f0aa' }, priority: 7 },
    }),
    openOllama({
      version: '0.32.15',
      models: [
        known('world-model:preview', ['completion', 'computer-use', 'tools', 'x-embodied']),
        known('llama3.2:1b', chatTools),
      ],
      capabilities: ['completion', 'computer-use', 'tools', 'x-embodied'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    67,
    'gpu-08: documents and pictures (0.32.15)',
    ollama({
      version: '0.32.15',
      holds: [
        held('gemma3:27b', '2026-08-19T18:20:14.904382716+02:00'),
        held('mistral-small3.2:24b', '2026-08-20T19:02:58.118273904+02:00'),
        held('llama3.2-vision:11b', '2026-08-22T10:55:07.330917426+02:00'),
      ],
      running: [loaded('gemma3:27b', 21876310016, 8192)],
    }),
    openOllama({
      version: '0.32.15',
      models: [
        known('gemma3:27b', chatVision),
        known('mistral-small3.2:24b', ['completion', 'tools', 'vision']),
        known('llama3.2-vision:11b', chatVision),
      ],
      capabilities: ['completion', 'tools', 'vision'],
      toolCalling: true,
      running: ['gemma3:27b'],
    }),
  ),
  labHost(
    68,
    'gpu-09: the newest machine (0.40.2)',
    ollama({
      // Unverified: the newest version known from second hand.
      version: '0.40.2',
      holds: [
        held('gemma4:e4b', '2026-11-18T07:14:33.550194827+01:00'),
        held('nomic-embed-text:latest', '2026-11-18T07:20:49.771038264+01:00'),
      ],
    }),
    openOllama({
      version: '0.40.2',
      models: [
        known('gemma4:e4b', ['audio', 'completion', 'thinking', 'tools', 'vision']),
        known('nomic-embed-text:latest', embedding),
      ],
      capabilities: ['audio', 'completion', 'embedding', 'thinking', 'tools', 'vision'],
      toolCalling: true,
      running: [],
    }),
  ),
]
