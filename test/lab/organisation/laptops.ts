import { type LabHost, labHost } from '../host.ts'
import { ollama } from '../ollama/server.ts'
import { openOllama } from '../truth.ts'
import { held } from './held.ts'
import { chat, chatTools, chatToolsThinking, embedding, known } from './known-models.ts'

/** Laptops of this year: the desktop app with "Expose" switched on. */
export const laptops: readonly LabHost[] = [
  labHost(
    30,
    'Laptop of a project lead (0.32.15)',
    ollama({
      version: '0.32.15',
      folder: '/Users/anna.schmidt/.ollama/models',
      holds: [
        held('llama3.2:3b', '2026-08-24T07:55:41.118273645+02:00'),
        held('nomic-embed-text:latest', '2026-08-24T08:02:13.904417362+02:00'),
      ],
    }),
    openOllama({
      version: '0.32.15',
      models: [known('llama3.2:3b', chatTools), known('nomic-embed-text:latest', embedding)],
      capabilities: ['completion', 'embedding', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    31,
    'Laptop of a student worker (0.32.15)',
    ollama({
      version: '0.32.15',
      folder: 'C:\\Users\\t.nowak\\.ollama\\models',
      holds: [
        held('qwen3:4b', '2026-09-02T21:14:50.330917264+02:00'),
        held('gemma4:e4b', '2026-09-03T22:40:09.771038452+02:00'),
      ],
    }),
    openOllama({
      version: '0.32.15',
      models: [
        known('qwen3:4b', chatToolsThinking),
        known('gemma4:e4b', ['audio', 'completion', 'thinking', 'tools', 'vision']),
      ],
      capabilities: ['audio', 'completion', 'thinking', 'tools', 'vision'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    32,
    'Laptop with models of its own naming (0.24.0, details of :local cannot be had)',
    ollama({
      version: '0.24.0',
      folder: '/home/k.yilmaz/.ollama/models',
      holds: [
        held('gemma3:1b', '2026-05-18T12:20:33.118402957+02:00'),
        held('translate:local', '2026-05-20T09:08:57.660917284+02:00'),
        held('hf.co/unsloth/Qwen3-8B-GGUF:UD-Q4_K_XL', '2026-05-21T16:44:02.903718264+02:00'),
      ],
    }),
    openOllama({
      version: '0.24.0',
      models: [
        known('gemma3:1b', chat),
        known('translate:local', null),
        // Before 0.30 nobody reads the chat template inside the file, so no tools here.
        known('hf.co/unsloth/Qwen3-8B-GGUF:UD-Q4_K_XL', chat),
      ],
      capabilities: ['completion'],
      toolCalling: null,
      running: [],
    }),
  ),
  labHost(
    33,
    'Librarian (0.32.15, embeddings only)',
    ollama({
      version: '0.32.15',
      holds: [
        held('embeddinggemma:300m', '2026-09-14T10:31:08.227190364+02:00'),
        held('qwen3-embedding:0.6b', '2026-09-14T10:36:55.804417293+02:00'),
        // Its list entry says completion; only its details say what it is.
        held('hf.co/Qwen/Qwen3-Embedding-0.6B-GGUF:Q8_0', '2026-09-15T08:12:26.119037485+02:00'),
      ],
    }),
    openOllama({
      version: '0.32.15',
      models: [
        known('embeddinggemma:300m', embedding),
        known('qwen3-embedding:0.6b', embedding),
        known('hf.co/Qwen/Qwen3-Embedding-0.6B-GGUF:Q8_0', embedding, { quantization: 'Q8_0' }),
      ],
      capabilities: ['embedding'],
      toolCalling: false,
      running: [],
    }),
  ),
  labHost(
    34,
    'Laptop on the release candidate (0.33.0-rc2)',
    ollama({
      version: '0.33.0-rc2',
      holds: [
        held('gpt-oss:20b', '2026-10-05T19:03:44.550917238+02:00'),
        held('qwen3:4b', '2026-10-06T07:26:11.308402917+02:00'),
      ],
    }),
    openOllama({
      version: '0.33.0-rc2',
      models: [known('gpt-oss:20b', chatToolsThinking), known('qwen3:4b', chatToolsThinking)],
      capabilities: ['completion', 'thinking', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    35,
    'Linux desktop with the distribution’s package (0.0.0, really 0.32.15)',
    ollama({
      version: '0.0.0',
      behavesAs: '0.32.15',
      folder: '/var/lib/ollama/models',
      holds: [
        held('llama3.2:3b', '2026-09-21T17:48:30.441902873+02:00'),
        held('granite3.3:8b', '2026-09-22T08:05:17.119374062+02:00'),
      ],
    }),
    openOllama({
      version: '0.0.0',
      models: [known('llama3.2:3b', chatTools), known('granite3.3:8b', chatTools)],
      capabilities: ['completion', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    36,
    'Laptop handed out last week (0.40.2)',
    ollama({
      // Unverified: the newest version known from second hand; taken to behave like the newest release that was read.
      version: '0.40.2',
      holds: [
        held('qwen3-coder:30b', '2026-11-16T13:37:52.904718263+01:00'),
        held('qwen3:8b', '2026-11-17T09:02:28.330194857+01:00'),
      ],
    }),
    openOllama({
      version: '0.40.2',
      models: [known('qwen3-coder:30b', chatTools), known('qwen3:8b', chatToolsThinking)],
      capabilities: ['completion', 'thinking', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
]
