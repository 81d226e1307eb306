import type { CertificateDetail } from '#shared/domain/certificate.ts'
import type { ExposureFact, ExposureName, exposureValues } from '#shared/domain/exposure-fact.ts'
import type { RunningModel } from '#shared/domain/model.ts'
import type { ListedModel } from '#shared/domain/observation.ts'
import { type Probe, type SentKind, withoutPrefix } from '#shared/domain/probe.ts'
import { type Guard, managementKinds, managementRoutes } from '#shared/domain/protection.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'
import type { SystemPrompt } from '#shared/domain/system-prompt.ts'

/** What is known of one endpoint, as far as its exposure goes. */
export interface ExposedEndpoint {
  readonly facts: StableFacts
  readonly running: readonly RunningModel[] | null
  readonly certificate: CertificateDetail | null
  readonly probes: readonly Probe[]
  /** null: the model has none; undefined: nobody was asked. */
  readonly promptOf: (model: ListedModel) => SystemPrompt | null | undefined
}

/** Everything an endpoint exposes and what protects it, each with what it rests on. */
export function exposureFacts(endpoint: ExposedEndpoint): ExposureFact[] {
  return [...doorFacts(endpoint), ...contentFacts(endpoint)]
}

type Value<N extends ExposureName> = (typeof exposureValues)[N][number]

function fact<N extends ExposureName>(
  { probes }: ExposedEndpoint,
  name: N,
  value: Value<N>,
  kinds: readonly SentKind[],
  details: readonly string[] = [],
): ExposureFact {
  // Of a question asked twice the later answer counts.
  const last = new Map(probes.map(probe => [withoutPrefix(probe.kind), probe]))
  const evidence = kinds.flatMap(kind => {
    const probe = last.get(kind)
    return probe === undefined ? [] : [`${probe.request} → ${probe.status ?? probe.failure ?? 'ok'}`]
  })
  return { name, value, details: [...details], evidence }
}

/** What stands before it. */
function doorFacts(endpoint: ExposedEndpoint): ExposureFact[] {
  const { access, cors, front, protection } = endpoint.facts
  const { guards, hostCheck } = protection
  const { api, v1 } = access
  const isKnown = api !== 'unknown' && v1 !== 'unknown'
  const namespaces = isKnown ? (api === v1 ? 'alike' : 'partly-guarded') : 'unknown'
  return [
    fact(endpoint, 'access-api', api, ['tags'], guardText(guards.api)),
    fact(endpoint, 'access-v1', v1, ['v1-models'], guardText(guards.v1)),
    fact(endpoint, 'namespaces', namespaces, ['tags', 'v1-models']),
    managementFact(endpoint),
    fact(endpoint, 'web-sites', cors, ['origin']),
    fact(endpoint, 'host-names', hostCheck, ['host']),
    transportFact(endpoint),
    fact(endpoint, 'front', front === null ? 'none' : 'some', ['root'], front === null ? [] : [front]),
  ]
}

function guardText(guard: Guard | null): string[] {
  if (guard === null) return []
  return [guard.leadsTo === null ? guard.kind : `${guard.kind} ${guard.leadsTo}`]
}

function managementFact(endpoint: ExposedEndpoint): ExposureFact {
  const { management } = endpoint.facts.protection
  const having = (reach: string) => managementRoutes.filter(route => management[route] === reach)
  const [open, closed] = [having('reachable'), having('blocked')]
  const value =
    open.length === 0
      ? closed.length === 0
        ? 'unknown'
        : 'blocked'
      : closed.length === 0
        ? 'reachable'
        : 'partly'
  const kinds = managementRoutes.map(route => managementKinds[route])
  return fact(
    endpoint,
    'management',
    value,
    kinds,
    open.map(route => `/api/${route}`),
  )
}

const flaws = {
  selfSigned: 'self-signed',
  expired: 'expired',
  notYetValid: 'not-yet-valid',
  nameMismatch: 'name-mismatch',
} as const

function transportFact(endpoint: ExposedEndpoint): ExposureFact {
  const { certificate } = endpoint
  if (certificate === null) return fact(endpoint, 'transport', 'clear-text', ['root'])
  const found = (Object.keys(flaws) as (keyof typeof flaws)[]).filter(flaw => certificate[flaw])
  const details = [certificate.protocol ?? 'TLS', ...found.map(flaw => flaws[flaw])]
  return fact(endpoint, 'transport', 'tls', ['tls'], details)
}

/** What can be had behind it. */
function contentFacts(endpoint: ExposedEndpoint): ExposureFact[] {
  const { cloudDisabled, models, protection } = endpoint.facts
  const cloud = cloudDisabled === null ? 'unknown' : cloudDisabled ? 'off' : 'on'
  const source = protection.cloudSource === null ? [] : [protection.cloudSource]
  const remote = models?.filter(model => model.remoteHost !== null) ?? null
  const foreign = models?.filter(model => registryOf(model.name) !== null) ?? null
  return [
    fact(endpoint, 'cloud', cloud, ['status'], source),
    listFact(
      endpoint,
      'remote-models',
      'tags',
      remote?.map(model => `${model.name} → ${model.remoteHost}`),
    ),
    listFact(
      endpoint,
      'foreign-models',
      'tags',
      foreign?.map(model => model.name),
    ),
    listFact(endpoint, 'in-memory', 'ps', endpoint.running?.map(runningText)),
    promptFact(endpoint),
  ]
}

function listFact(
  endpoint: ExposedEndpoint,
  name: 'remote-models' | 'foreign-models' | 'in-memory',
  kind: SentKind,
  found: readonly string[] | undefined,
): ExposureFact {
  return fact(
    endpoint,
    name,
    found === undefined ? 'unknown' : found.length > 0 ? 'some' : 'none',
    [kind],
    found,
  )
}

/** `hf.co/user/model:tag` → `hf.co`; null: from Ollama's own registry. */
export function registryOf(name: string): string | null {
  const parts = name.split('/')
  const host = parts.length >= 3 ? (parts[0] ?? '') : ''
  return host === '' || host.toLowerCase() === 'registry.ollama.ai' ? null : host
}

function runningText({ name, sizeBytes, vramBytes, expiresAt }: RunningModel): string {
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`
  const memory = sizeBytes === null ? [] : [gigabytes(sizeBytes)]
  const graphics = vramBytes === null ? [] : [`${gigabytes(vramBytes)} VRAM`]
  return [name, ...memory, ...graphics, ...(expiresAt === null ? [] : [expiresAt])].join(', ')
}

/** Asked once per model of the whole site, not of each endpoint: the evidence is with the claims. */
function promptFact(endpoint: ExposedEndpoint): ExposureFact {
  const local = endpoint.facts.models?.filter(model => model.remoteHost === null)
  const told = (local ?? []).map(model => ({ name: model.name, prompt: endpoint.promptOf(model) }))
  const details = told.flatMap(({ name, prompt }) =>
    prompt == null
      ? []
      : [
          `${name}: ${prompt.length}, SHA-256 ${prompt.sha256}${prompt.template === null ? '' : `, ${prompt.template}`}`,
        ],
  )
  const isWhole = told.every(({ prompt }) => prompt !== undefined)
  const some =
    details.length > 0
      ? 'some'
      : told.some(({ prompt }) => prompt !== undefined)
        ? 'partly-unknown'
        : 'unknown'
  const value = local === undefined ? 'unknown' : isWhole && details.length === 0 ? 'none' : some
  return fact(endpoint, 'system-prompts', value, [], details)
}
