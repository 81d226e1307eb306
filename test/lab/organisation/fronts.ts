import { behindCaddy } from '../front/caddy.ts'
import { behindLoginPage } from '../front/login-page.ts'
import { behindNginx, behindNginxMethods, behindNginxReading } from '../front/nginx.ts'
import { behindPrefix, behindPrefixLogin } from '../front/prefix.ts'
import { behindTls } from '../front/tls.ts'
import { type LabHost, labHost } from '../host.ts'
import { ollama } from '../ollama/server.ts'
import { nginxWelcome, webApplication } from '../others/not-ai.ts'
import { absent, type Known, openOllama, other } from '../truth.ts'
import { issueCertificate } from '../wire/certificate.ts'
import { held } from './held.ts'
import { chatTools, chatToolsThinking, known } from './known-models.ts'

const year = 365 * 86_400_000
const authority = issueCertificate({
  commonName: 'Example & Partners Root',
  organisation: 'Example & Partners AG',
})

const llama = openOllama({
  version: '0.24.0',
  tls: true,
  models: [known('llama3.1:8b', chatTools)],
  capabilities: ['completion', 'tools'],
  toolCalling: true,
  running: [],
})
const qwen = openOllama({
  version: '0.32.15',
  tls: true,
  models: [known('qwen3:8b', chatToolsThinking)],
  capabilities: ['completion', 'thinking', 'tools'],
  toolCalling: true,
  running: [],
})

/**
 * A second profile: Ollamas behind everything that people put in front of them. Not part of the organisation; start it with
 * `startLab({ hosts: fronts })`.
 */
export const fronts: readonly LabHost[] = [
  labHost(
    110,
    'TLS by nginx, self-signed for a name nobody uses (0.32.15)',
    behindTls(
      behindNginx(
        ollama({ version: '0.32.15', holds: [held('qwen3:8b', '2026-09-01T09:12:33.118273645+02:00')] }),
      ),
      issueCertificate({ commonName: 'localhost', names: ['localhost'], addresses: ['127.0.0.1'] }),
      'nginx',
    ),
    qwen,
  ),
  labHost(
    111,
    'TLS by Caddy, certificate of the own authority, expired (0.24.0)',
    behindTls(
      behindCaddy(
        ollama({ version: '0.24.0', holds: [held('llama3.1:8b', '2026-06-11T15:40:01.660382917+02:00')] }),
      ),
      issueCertificate({
        commonName: 'llm.example.internal',
        organisation: 'Example & Partners AG',
        names: ['llm.example.internal', '*.llm.example.internal'],
        validFrom: new Date(Date.now() - 2 * year),
        validUntil: new Date(Date.now() - year),
        issuer: authority,
      }),
      'go',
    ),
    llama,
  ),
  labHost(
    112,
    'TLS by something that just hangs up on clear text (0.24.0)',
    behindTls(
      ollama({ version: '0.24.0', holds: [held('llama3.1:8b', '2026-06-12T08:10:41.330918264+02:00')] }),
      issueCertificate({
        commonName: 'future.example.internal',
        validFrom: new Date(Date.now() + year),
        validUntil: new Date(Date.now() + 2 * year),
        issuer: authority,
      }),
      'none',
    ),
    llama,
  ),
  labHost(
    113,
    'TLS and single sign-on: every path leads to the login page',
    behindTls(
      behindLoginPage('https://sso.example.internal/realms/staff/protocol/openid-connect/auth'),
      issueCertificate({
        commonName: 'ai.example.internal',
        names: ['ai.example.internal'],
        issuer: authority,
      }),
      'alert',
    ),
    other('unknown', 'ollama', {
      access: 'auth-required',
      accessApi: 'auth-required',
      accessV1: 'auth-required',
      tls: true,
      firm: 'everything',
    }),
  ),
  labHost(
    114,
    'Web server with TLS that nobody configured',
    behindTls(nginxWelcome(), issueCertificate({ commonName: 'localhost' }), 'nginx'),
    absent('answered'),
  ),
  labHost(
    115,
    'Model management kept back by nginx (0.24.0)',
    behindNginxReading(
      ollama({ version: '0.24.0', holds: [held('llama3.1:8b', '2026-06-13T08:10:41.330918264+02:00')] }),
    ),
    { ...llama, tls: false } as Known,
  ),
  labHost(
    116,
    'Nothing but reading let through by nginx (0.24.0)',
    behindNginxMethods(
      ollama({ version: '0.24.0', holds: [held('llama3.1:8b', '2026-06-14T08:10:41.330918264+02:00')] }),
    ),
    { ...llama, tls: false } as Known,
  ),
  labHost(
    120,
    'Path-prefix proxy: a web page, and an Ollama below /ollama/ (0.12.6)',
    behindPrefix(
      ollama({ version: '0.12.6', holds: [held('llama3.1:8b', '2025-11-13T08:17:26.330918274+01:00')] }),
      nginxWelcome(),
    ),
    openOllama({
      version: '0.12.6',
      models: [known('llama3.1:8b', chatTools)],
      capabilities: ['completion', 'tools'],
      toolCalling: true,
      running: [],
    }),
  ),
  labHost(
    121,
    'Path-prefix proxy over TLS (0.32.15)',
    behindTls(
      behindPrefix(
        ollama({ version: '0.32.15', holds: [held('qwen3:8b', '2026-09-02T10:12:33.118273645+02:00')] }),
        nginxWelcome(),
      ),
      issueCertificate({ commonName: 'tools.example.internal', names: ['tools.example.internal'] }),
      'nginx',
    ),
    qwen,
  ),
  labHost(
    122,
    'Path-prefix proxy with a password on the path',
    behindPrefixLogin(nginxWelcome()),
    other('unknown', 'ollama', {
      access: 'auth-required',
      accessApi: 'auth-required',
      accessV1: 'auth-required',
      firm: 'everything',
    }),
  ),
  labHost(
    123,
    'Web application that answers every path with its page',
    webApplication(() => false),
    absent('answered'),
  ),
  {
    at: 124,
    title: 'Web application behind a login, but for its first page',
    scope: 'inside',
    services: [{ port: 8080, serves: webApplication(path => path !== '/'), known: absent('answered') }],
  },
]
