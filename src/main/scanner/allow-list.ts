import type { AllowedRequest } from '#shared/domain/allow-list.ts'
import { type ProbeKind, withoutPrefix } from '#shared/domain/probe.ts'
import { atLeast } from '#shared/domain/version.ts'

/** A question over HTTP. */
export interface AllowedQuestion extends AllowedRequest {
  readonly kind: ProbeKind
  readonly method: 'GET' | 'POST'
}

const get = (kind: ProbeKind, path: string, purpose: string): AllowedQuestion => ({
  kind,
  method: 'GET',
  path,
  body: null,
  header: null,
  stage: 1,
  purpose,
})

/** A GET on a route that only takes POST or DELETE: since 0.7.0 answered 405 by the router, and no handler runs. */
const route = (kind: ProbeKind, path: string, purpose: string): AllowedQuestion => ({
  ...get(kind, path, purpose),
  stage: 2,
})

/** Where proxies and Open WebUI put an Ollama that does not own the whole host. */
export const prefix = '/ollama'

/** The same questions below the prefix; `prefixed-version` finds out whether there is anything to ask. */
const prefixed = (
  kind: ProbeKind & `prefixed-${string}`,
  like: AllowedQuestion,
  purpose: string,
): AllowedQuestion => ({ ...like, kind, path: `${prefix}${like.path}`, stage: 3, purpose })

const show: AllowedQuestion = {
  kind: 'show',
  method: 'POST',
  path: '/api/show',
  body: '{"model":"{model}","name":"{model}"}',
  header: null,
  stage: 1,
  purpose:
    'Details of one local model: capabilities. Read-only in spite of POST; never for remote or cloud models',
}

const origin: AllowedQuestion = {
  ...get('origin', '/api/version', 'Whether other web sites may use it'),
  header: 'Origin: https://scan.invalid',
}

/**
 * The complete list of what Paddock may send (SECURITY.md, rule 2). `dial.ts` builds every request from it and has no
 * other way to build one. Nothing here changes anything on the other side, loads a model or makes it call out.
 * Sources: Ollama's routes and handlers, tags 0.0.1 to 0.33.0-rc2; the look-alikes' own documentation.
 */
export const allowList: readonly AllowedQuestion[] = [
  get('root', '/', 'Banner: Ollama answers "Ollama is running"'),
  get('version', '/api/version', 'Version'),
  get('tags', '/api/tags', 'List of models'),
  get('ps', '/api/ps', 'Models in memory'),
  get('status', '/api/status', 'Whether cloud models are switched off'),
  get('v1-models', '/v1/models', 'List of models on the OpenAI-compatible side'),
  get('unknown-path', '/{random}', 'How an unknown path is answered: servers differ'),
  show,
  origin,
  { ...get('host', '/api/version', 'Whether a foreign host name is accepted'), header: 'Host: scan.invalid' },
  get('llama-cpp-props', '/props', 'llama.cpp names itself'),
  get('lm-studio-models', '/api/v0/models', 'LM Studio names itself'),
  get('localai-ready', '/readyz', 'LocalAI names itself'),
  get('koboldcpp-version', '/api/extra/version', 'KoboldCpp names itself'),
  get('lemonade-live', '/live', 'Lemonade names itself'),
  get('docker-engines', '/engines', 'Docker Model Runner names itself'),
  get('sglang-info', '/get_model_info', 'SGLang names itself'),
  get('vllm-version', '/version', 'vLLM names itself'),
  get('open-webui-config', '/api/config', 'Open WebUI names itself'),
  route('route-pull', '/api/pull', 'Whether model management is reachable'),
  route('route-push', '/api/push', 'Whether model management is reachable'),
  route('route-create', '/api/create', 'Whether model management is reachable'),
  route('route-copy', '/api/copy', 'Whether model management is reachable'),
  route('route-delete', '/api/delete', 'Whether model management is reachable'),
  route('route-responses', '/v1/responses', 'Exists since 0.13.3: brackets the version'),
  route('route-messages', '/v1/messages', 'Exists since 0.14.0: brackets the version'),
  route('route-web-search', '/api/experimental/web_search', 'Exists since 0.18.0: brackets the version'),
  route('route-transcriptions', '/v1/audio/transcriptions', 'Exists since 0.20.0: brackets the version'),
  route('route-images', '/v1/images/generations', 'Exists from 0.14.3 to 0.32.5: brackets the version'),
  {
    ...get('prefixed-version', `${prefix}/api/version`, 'Whether a proxy puts an Ollama below /ollama/'),
    stage: 3,
  },
  prefixed('prefixed-root', get('root', '/', ''), 'Banner, below /ollama/'),
  prefixed('prefixed-tags', get('tags', '/api/tags', ''), 'List of models, below /ollama/'),
  prefixed(
    'prefixed-v1-models',
    get('v1-models', '/v1/models', ''),
    'OpenAI-compatible list, below /ollama/',
  ),
  prefixed('prefixed-unknown-path', get('unknown-path', '/{random}', ''), 'An unknown path, below /ollama/'),
  prefixed('prefixed-ps', get('ps', '/api/ps', ''), 'Models in memory, below /ollama/'),
  prefixed('prefixed-status', get('status', '/api/status', ''), 'Cloud models switched off, below /ollama/'),
  prefixed('prefixed-origin', origin, 'Whether other web sites may use it, below /ollama/'),
  prefixed('prefixed-show', show, 'Details of one local model, below /ollama/; as restricted as above'),
]

/**
 * What is sent besides questions. A handshake shows the certificate: where the port is one of TLS, or an answer says that
 * it wants TLS. No name is sent along, because none is known, and nothing the server sends is verified or trusted.
 */
export const besidesQuestions: readonly AllowedRequest[] = [
  {
    kind: 'tls',
    method: 'TLS',
    path: '',
    body: null,
    header: null,
    stage: 1,
    purpose: 'Certificate and protocol version, where the port speaks TLS',
  },
  {
    kind: 'reverse-dns',
    method: 'DNS',
    path: 'PTR {address}',
    body: null,
    header: null,
    stage: 1,
    purpose: 'Host name, from the name server of this machine; only at sites that switched it on',
  },
]

const byKind = new Map(allowList.map(request => [request.kind, request]))

/** What a question is about, where its kind leaves something open. */
export interface Subject {
  /** `unknown-path`: the random path. */
  readonly random?: string
  /** `show`: the model, as its host lists it. */
  readonly model?: { readonly name: string; readonly remoteHost: string | null }
}

/** What the endpoint has already been shown to be; opens the second stage. */
export interface Proven {
  readonly product: 'ollama'
  readonly confidence: number
  readonly version: string | null
}

export interface BuiltRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body: string | null
  readonly header: readonly [string, string] | null
}

/**
 * The request for a question, or null if it may not be asked. What the line has learned so far opens the later stages:
 * `proven`, and that the first question below the base path was answered by something else than "not found". `show` is refused for remote models and for every name
 * tagged `cloud` or `…-cloud`: since 0.18.0 such a name alone makes the host call ollama.com with its own key.
 */
export function buildRequest(
  kind: ProbeKind,
  subject: Subject,
  proven: Proven | null,
  answersBelow = false,
): BuiltRequest | null {
  const allowed = byKind.get(kind)
  if (allowed === undefined || !isOpen(allowed, proven, answersBelow)) return null
  const header = allowed.header?.split(': ') ?? null
  const request = {
    method: allowed.method,
    path: allowed.path,
    body: null,
    header: header === null ? null : ([header[0] ?? '', header[1] ?? ''] as const),
  }
  if (withoutPrefix(kind) === 'show') {
    const model = subject.model
    if (model === undefined || model.remoteHost !== null || isCloudName(model.name)) return null
    return { ...request, body: JSON.stringify({ model: model.name, name: model.name }) }
  }
  if (withoutPrefix(kind) === 'unknown-path') {
    const { random = '' } = subject
    if (!/^[a-z0-9]{8,32}$/.test(random)) return null
    return { ...request, path: allowed.path.replace('{random}', random) }
  }
  return request
}

function isOpen({ kind, stage }: AllowedQuestion, proven: Proven | null, answersBelow: boolean): boolean {
  if (stage === 2) return opensSecondStage(proven)
  return stage === 1 || kind === 'prefixed-version' || answersBelow
}

function opensSecondStage(proven: Proven | null): boolean {
  return proven !== null && proven.confidence >= 90 && atLeast(proven.version, '0.7.0') === true
}

/** Whether a model's tag sends it to the cloud whatever its host lists: the part after the last colon decides. */
export function isCloudName(name: string): boolean {
  const tag = name.slice(name.lastIndexOf(':') + 1).toLowerCase()
  return tag === 'cloud' || tag.endsWith('-cloud')
}
