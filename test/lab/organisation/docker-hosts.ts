import { type LabHost, labHost } from '../host.ts'
import { ollama } from '../ollama/server.ts'
import { openOllama } from '../truth.ts'
import { held, loaded } from './held.ts'
import { chat, chatTools, chatToolsThinking, chatVision, embedding, known } from './known-models.ts'

const dockerVersion = '0.5.7-0-ga420a45-dirty'
const dockerFolder = '/root/.ollama/models'

/** 0.5.7 in Docker, then 0.6.5 and 0.9.6: the generation that began to declare capabilities. */
export const dockerHosts: readonly LabHost[] = [
  labHost(
    20,
    'Container on the build server (official image of January 2025)',
    ollama({
      version: dockerVersion,
      folder: dockerFolder,
      holds: [
        held('deepseek-r1:8b', '2025-01-29T20:14:03.662718405Z'),
        held('llama3.2:3b', '2025-01-22T07:45:59.108437726Z'),
      ],
    }),
    openOllama({
      version: dockerVersion,
      models: [known('deepseek-r1:8b', chat), known('llama3.2:3b', chatTools)],
      capabilities: ['completion', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    21,
    'Container of the data team',
    ollama({
      version: dockerVersion,
      folder: dockerFolder,
      holds: [
        held('phi4:14b', '2025-01-31T10:05:48.227190436Z'),
        held('qwen2.5:7b', '2025-01-24T16:59:21.550918274Z'),
        held('bge-m3:latest', '2025-01-24T17:03:40.913820465Z'),
      ],
    }),
    openOllama({
      version: dockerVersion,
      models: [known('phi4:14b', chat), known('qwen2.5:7b', chatTools), known('bge-m3:latest', embedding)],
      capabilities: ['completion', 'embedding', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    22,
    'Container of the works council',
    ollama({
      version: dockerVersion,
      folder: dockerFolder,
      holds: [held('deepseek-r1:1.5b', '2025-02-03T09:30:15.004718263Z')],
      running: [loaded('deepseek-r1:1.5b', 2058670080, 2048)],
    }),
    openOllama({
      version: dockerVersion,
      models: [known('deepseek-r1:1.5b', chat)],
      capabilities: ['completion'],
      toolCalling: false,
      running: ['deepseek-r1:1.5b'],
    }),
  ),
  labHost(
    23,
    'Photo archive (0.6.5: declares capabilities, but not the vision of llava)',
    ollama({
      version: '0.6.5',
      holds: [
        held('llava:7b', '2025-04-08T11:26:34.918370265+02:00'),
        held('gemma3:4b', '2025-04-09T08:17:03.275104938+02:00'),
        held('llama3.2:3b', '2025-04-08T12:01:49.660283417+02:00'),
      ],
    }),
    openOllama({
      version: '0.6.5',
      models: [known('llava:7b', chat), known('gemma3:4b', chatVision), known('llama3.2:3b', chatTools)],
      capabilities: ['completion', 'tools', 'vision'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    24,
    'Code review bot (0.6.5)',
    ollama({
      version: '0.6.5',
      holds: [
        held('qwen2.5-coder:7b', '2025-04-14T15:50:27.341902756+02:00'),
        held('nomic-embed-text:latest', '2025-04-14T15:58:02.119374608+02:00'),
      ],
      running: [loaded('qwen2.5-coder:7b', 6007840768)],
    }),
    openOllama({
      version: '0.6.5',
      models: [
        known('qwen2.5-coder:7b', ['completion', 'insert', 'tools']),
        known('nomic-embed-text:latest', embedding),
      ],
      capabilities: ['completion', 'embedding', 'insert', 'tools'],
      toolCalling: true,
      running: ['qwen2.5-coder:7b'],
    }),
  ),
  labHost(
    25,
    'Research assistant of the Boston office (0.9.6)',
    ollama({
      version: '0.9.6',
      holds: [
        held('qwen3:8b', '2025-07-09T08:44:12.903817264-04:00'),
        held('deepseek-r1:14b', '2025-07-10T17:22:31.118406927-04:00'),
      ],
    }),
    openOllama({
      version: '0.9.6',
      models: [known('qwen3:8b', chatToolsThinking), known('deepseek-r1:14b', ['completion', 'thinking'])],
      capabilities: ['completion', 'thinking', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    26,
    'Designer with a browser plug-in (0.9.6, open to every web page)',
    ollama({
      version: '0.9.6',
      origins: ['*'],
      holds: [
        held('gemma3:4b', '2025-07-15T13:09:55.720184936+02:00'),
        held('qwen2.5vl:7b', '2025-07-16T09:41:18.356029174+02:00'),
      ],
    }),
    openOllama({
      version: '0.9.6',
      cors: 'any',
      models: [known('gemma3:4b', chatVision), known('qwen2.5vl:7b', chatVision)],
      capabilities: ['completion', 'vision'],
      toolCalling: false,
      running: [],
    }),
  ),
  labHost(
    27,
    'Pune development (0.9.6)',
    ollama({
      version: '0.9.6',
      holds: [
        held('devstral:24b', '2025-07-18T18:30:41.227518093+05:30'),
        held('llava:7b', '2025-07-19T11:15:06.884310297+05:30'),
      ],
    }),
    openOllama({
      version: '0.9.6',
      models: [known('devstral:24b', chatTools), known('llava:7b', chatVision)],
      capabilities: ['completion', 'tools', 'vision'],
      toolCalling: true,
      running: [],
    }),
  ),
]
