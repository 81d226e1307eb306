import type { Model } from '#shared/domain/model.ts'
import type { Held } from '../ollama/host.ts'
import { held } from './held.ts'
import { chat, chatTools, chatToolsThinking, chatVision, embedding, known } from './known-models.ts'

/** What gpu-01 offers to everybody: a public library as the field study counts it, twenty models and more. */
export const library: readonly Held[] = [
  held('llama3.3:70b', '2026-08-19T08:00:00.447712783+02:00'),
  held('llama3.1:8b', '2026-08-19T11:07:13.523938491+02:00'),
  held('llama3.2:3b', '2026-08-19T14:14:26.177777869+02:00'),
  held('llama3.2:1b', '2026-08-19T17:21:39.201071366+02:00'),
  held('qwen2.5:7b', '2026-08-20T08:28:52.725763861+02:00'),
  held('qwen2.5-coder:7b', '2026-08-20T11:35:05.644854974+02:00'),
  held('qwen3:4b', '2026-08-20T14:42:18.140260662+02:00'),
  held('qwen3:8b', '2026-08-20T17:49:31.565623517+02:00'),
  held('qwen3:32b', '2026-08-21T08:56:44.175006694+02:00'),
  held('qwen3-coder:30b', '2026-08-21T11:03:57.197402359+02:00'),
  held('gpt-oss:20b', '2026-08-21T14:10:10.555824001+02:00'),
  held('deepseek-r1:14b', '2026-08-21T17:17:23.987825702+02:00'),
  held('gemma2:9b', '2026-08-22T08:24:36.339701011+02:00'),
  held('gemma3:1b', '2026-08-22T11:31:49.719659577+02:00'),
  held('gemma3:4b', '2026-08-22T14:38:02.153246114+02:00'),
  held('gemma3:27b', '2026-08-22T17:45:15.150017779+02:00'),
  held('gemma4:e4b', '2026-08-23T08:52:28.242995375+02:00'),
  held('mistral:7b', '2026-08-23T11:59:41.550047123+02:00'),
  held('mistral-small3.2:24b', '2026-08-23T14:06:54.680557052+02:00'),
  held('devstral:24b', '2026-08-23T17:13:07.713013915+02:00'),
  held('phi4:14b', '2026-08-24T08:20:20.701571673+02:00'),
  held('llava:7b', '2026-08-24T11:27:33.210655224+02:00'),
  held('nomic-embed-text:latest', '2026-08-24T14:34:46.499858812+02:00'),
  held('bge-m3:latest', '2026-08-24T17:41:59.688136132+02:00'),
]

export const libraryKnown: readonly Model[] = [
  known('llama3.3:70b', chatTools),
  known('llama3.1:8b', chatTools),
  known('llama3.2:3b', chatTools),
  known('llama3.2:1b', chatTools),
  known('qwen2.5:7b', chatTools),
  known('qwen2.5-coder:7b', ['completion', 'insert', 'tools']),
  known('qwen3:4b', chatToolsThinking),
  known('qwen3:8b', chatToolsThinking),
  known('qwen3:32b', chatToolsThinking),
  known('qwen3-coder:30b', chatTools),
  known('gpt-oss:20b', chatToolsThinking),
  known('deepseek-r1:14b', ['completion', 'thinking']),
  known('gemma2:9b', chat),
  known('gemma3:1b', chat),
  known('gemma3:4b', chatVision),
  known('gemma3:27b', chatVision),
  known('gemma4:e4b', ['audio', 'completion', 'thinking', 'tools', 'vision']),
  known('mistral:7b', chatTools),
  known('mistral-small3.2:24b', ['completion', 'tools', 'vision']),
  known('devstral:24b', chatTools),
  known('phi4:14b', chat),
  known('llava:7b', chatVision),
  known('nomic-embed-text:latest', embedding),
  known('bge-m3:latest', embedding),
]
