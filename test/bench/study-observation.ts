import type { ListedModel, Observation } from '#shared/domain/observation.ts'
import type { Probe } from '#shared/domain/probe.ts'
import type { Protection } from '#shared/domain/protection.ts'
import { type BracketEvidence, bracketOf } from '#shared/domain/version-bracket.ts'
import type { StudyHost } from './study-hosts.ts'
import type { StudyModel } from './study-models.ts'

/** Releases as they came out while the study ran, in order. */
const versions = Array.from({ length: 48 }, (_, index) => `0.${5 + Math.floor(index / 4)}.${index % 4}`)

/** What one host shows in one scan: as the scanner tells it of a server of that version, down to the size of its answers. */
export function observationOf(host: StudyHost, scan: number, scans: number, at: number): Observation {
  const version = versionAt(host, scan, scans)
  const models = modelsAt(host, scan, at)
  return {
    target: { address: host.address, port: 11434 },
    scheme: 'http',
    basePath: '',
    certificate: null,
    observedAt: at,
    identity: {
      product: 'ollama',
      confidence: 100,
      suspected: null,
      signals: signalsOf(version, models.length),
    },
    version,
    bracket: bracketsOf(version),
    access: { api: 'open', v1: 'open' },
    cors: host.index % 5 === 0 ? 'any' : 'restricted',
    protection,
    front: null,
    models,
    running: runningAt(host, models, at),
    cloudDisabled: null,
    hostNames: [],
    hardwareAddress: null,
    vacantPaths: [],
    probes: probesOf(host, scan, models.length),
  }
}

/** The newest at its last upgrade; some hosts keep what they were set up with. */
export function versionAt(host: StudyHost, scan: number, scans: number): string {
  const begun = host.turns[0] ?? 0
  const every = host.upgradesEvery
  const last =
    every === 0 ? begun : Math.max(begun, Math.floor((scan + host.phase) / every) * every - host.phase)
  const newest = Math.floor((Math.max(0, last) / scans) * versions.length)
  return versions[Math.max(0, newest - (host.phase % 4))] ?? '0.5.0'
}

/** How many of its scans before this one it answered in. */
function seenBefore(host: StudyHost, scan: number): number {
  let seen = 0
  for (let turn = 0; turn < host.turns.length; turn += 2) {
    const [from, to] = [host.turns[turn] ?? 0, host.turns[turn + 1] ?? 0]
    if (scan >= from) seen += Math.min(scan, to) - from
  }
  return seen
}

/** Who is seen often begins with fewer models than it has in the end: in the study, 3 became 4. */
function countAt({ models, observations }: StudyHost, seen: number): number {
  if (observations < 10) return models.length
  const first = Math.max(1, Math.round(models.length * 0.65))
  return first + Math.floor((models.length - first) * Math.sqrt(seen / (observations - 1)))
}

function modelsAt(host: StudyHost, scan: number, at: number): ListedModel[] {
  const count = countAt(host, seenBefore(host, scan))
  return host.models.slice(0, count).map((model, position) => listed(host, model, position, at))
}

/** Pulled at an instant of its own, to the nanosecond. */
function listed(host: StudyHost, { listed }: StudyModel, position: number, _at: number): ListedModel {
  const mixed = Math.imul(host.index + 1, 0x9e3779b1) ^ Math.imul(position + 1, 0x85ebca6b)
  const drawn = mixed >>> 0
  const day = String(1 + (drawn % 28)).padStart(2, '0')
  const hour = String((drawn >>> 8) % 24).padStart(2, '0')
  const nanoseconds = String(100_000_000 + (drawn % 899_999_999)).padStart(9, '0')
  return { ...listed, modifiedAt: `2026-01-${day}T${hour}:07:41.${nanoseconds}Z` }
}

function runningAt(host: StudyHost, models: readonly ListedModel[], at: number): Observation['running'] {
  const [first] = models
  if (!host.isBusy || first === undefined) return []
  const nanoseconds = String((host.index * 7919 + (at % 1e9)) % 1e9).padStart(9, '1')
  return [
    {
      name: first.name,
      digest: first.digest,
      sizeBytes: first.sizeBytes,
      vramBytes: first.sizeBytes,
      expiresAt: `${new Date(at + 300_000).toISOString().slice(0, 19)}.${nanoseconds}Z`,
      contextLength: 4096,
    },
  ]
}

const protection: Protection = {
  guards: { api: null, v1: null },
  hostCheck: 'any',
  management: {
    pull: 'reachable',
    push: 'reachable',
    create: 'reachable',
    copy: 'reachable',
    delete: 'reachable',
  },
  cloudSource: null,
}

function signalsOf(version: string, models: number) {
  return [
    { name: 'banner', points: 25, saw: 'Ollama is running' },
    { name: 'version', points: 15, saw: version },
    { name: 'model-list', points: 25, saw: `${models} models with bare SHA-256 digests` },
    { name: 'v1-list', points: 10, saw: `${models} models` },
    { name: 'not-found', points: 15, saw: '404 page not found' },
    { name: 'origin-refused', points: 15, saw: '403, empty' },
    { name: 'plain-headers', points: 5, saw: 'no Server, no X-Powered-By' },
  ]
}

const brackets = new Map<string, Observation['bracket']>()

function bracketsOf(version: string): Observation['bracket'] {
  const known = brackets.get(version)
  if (known !== undefined) return known
  const minor = Number(version.split('.')[1])
  const route = (
    kind: BracketEvidence['kind'],
    about: string,
    from: string,
    isThere: boolean,
  ): BracketEvidence =>
    isThere
      ? { kind, finding: 'route', about, atLeast: from, below: null }
      : { kind, finding: 'no-route', about, atLeast: null, below: from }
  const made = bracketOf([
    route('version', '/api/version', '0.1.14', true),
    route('ps', '/api/ps', '0.1.38', true),
    route('v1-models', '/v1/models', '0.2.0', true),
    route('status', '/api/status', '0.16.2', minor > 16),
    { kind: 'tags', finding: 'field', about: 'details', atLeast: '0.1.15', below: null },
    { kind: 'tags', finding: 'field', about: 'model', atLeast: '0.1.21', below: null },
    { kind: 'tags', finding: 'no-field', about: 'capabilities', atLeast: null, below: '0.30.0' },
    route('route-pull', '/api/pull', '0.7.0', minor >= 7),
    route('route-responses', '/v1/responses', '0.13.3', minor > 13),
  ])
  brackets.set(version, made)
  return made
}

const asked: readonly (readonly [Probe['kind'], string, number])[] = [
  ['root', 'GET /', 200],
  ['version', 'GET /api/version', 200],
  ['tags', 'GET /api/tags', 200],
  ['v1-models', 'GET /v1/models', 200],
  ['unknown-path', 'GET /', 404],
  ['ps', 'GET /api/ps', 200],
  ['status', 'GET /api/status', 404],
  ['origin', 'GET /api/version', 403],
  ['route-pull', 'GET /api/pull', 405],
  ['route-responses', 'GET /v1/responses', 404],
  ['host', 'GET /api/version', 200],
  ['route-push', 'GET /api/push', 405],
  ['route-create', 'GET /api/create', 405],
  ['route-copy', 'GET /api/copy', 405],
  ['route-delete', 'GET /api/delete', 405],
]

const about: Partial<Record<Probe['kind'], string>> = {
  origin: 'Origin: https://scan.invalid',
  host: 'Host: scan.invalid',
}

function probesOf(host: StudyHost, scan: number, models: number): Probe[] {
  // The path nobody has is another one each time.
  const path = (host.index * 293 + scan).toString(16).padStart(12, 'a')
  const bytes: Partial<Record<Probe['kind'], number>> = {
    tags: 11 + 330 * models,
    'v1-models': 24 + 80 * models,
  }
  return asked.map(([kind, request, status], index) => ({
    kind,
    about: about[kind] ?? null,
    request: kind === 'unknown-path' ? `GET /${path}` : request,
    status,
    failure: null,
    truncated: false,
    bytes: bytes[kind] ?? 18,
    durationMs: ((host.index * 31 + scan * 17 + index * 7) % 900) / 10,
  }))
}
