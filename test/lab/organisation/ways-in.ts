import { behindNginx } from '../front/nginx.ts'
import { behindTls } from '../front/tls.ts'
import { defaultPort, type LabHost, labHost } from '../host.ts'
import { ollama } from '../ollama/server.ts'
import { type Known, openOllama } from '../truth.ts'
import { issueCertificate } from '../wire/certificate.ts'
import { held, loaded } from './held.ts'
import { chatTools, chatToolsThinking, known } from './known-models.ts'

const qwenTruth = {
  version: '0.32.15',
  models: [known('qwen3:8b', chatToolsThinking)],
  capabilities: ['completion', 'thinking', 'tools'],
  toolCalling: true,
  running: [],
}
const qwen = (server?: string): Known => openOllama({ ...qwenTruth, ...(server !== undefined && { server }) })

const onTwoPorts = ollama({
  version: '0.32.15',
  holds: [held('qwen3:8b', '2026-09-10T09:12:33.118273645+02:00')],
})

const shared = ollama({
  version: '0.32.15',
  holds: [held('qwen3:8b', '2026-09-11T17:44:02.660382917+02:00')],
})

const busy = ollama({
  version: '0.24.0',
  holds: [held('llama3.1:8b', '2026-06-20T08:17:26.330918264+02:00')],
  running: [loaded('llama3.1:8b', 6654289920, 8192)],
})
const busyTruth = openOllama({
  version: '0.24.0',
  models: [known('llama3.1:8b', chatTools)],
  capabilities: ['completion', 'tools'],
  toolCalling: true,
  running: ['llama3.1:8b'],
  server: 'two addresses',
})

const image = ollama({
  version: '0.32.15',
  holds: [held('qwen3:8b', '2026-08-01T12:00:00.904417268+02:00')],
})

/** One server with several ways in, and several servers that look like one. */
export const waysIn: readonly LabHost[] = [
  {
    at: 130,
    title: 'One server: directly, and through nginx with TLS',
    scope: 'inside',
    services: [
      {
        port: defaultPort,
        serves: onTwoPorts,
        known: openOllama({ ...qwenTruth, server: 'two ports', tls: true }),
      },
      {
        port: 8443,
        serves: behindTls(
          behindNginx(onTwoPorts),
          issueCertificate({ commonName: 'llm.example.internal', names: ['llm.example.internal'] }),
          'nginx',
        ),
        known: openOllama({ ...qwenTruth, server: 'two ports', tls: true }),
      },
    ],
  },
  {
    at: 131,
    title: 'Two containers that share one folder of models',
    scope: 'inside',
    services: [
      { port: defaultPort, serves: shared, known: qwen() },
      { port: 11435, serves: shared, known: qwen() },
    ],
  },
  labHost(132, 'One server with two addresses: the first', busy, busyTruth),
  labHost(133, 'One server with two addresses: the second', busy, busyTruth),
  labHost(134, 'Made from a golden image: the first', image, qwen()),
  labHost(135, 'Made from a golden image: the second', image, qwen()),
]
