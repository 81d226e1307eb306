import type { EndpointDetail, InstanceDetail } from '#shared/domain/instance.ts'
import type { Model } from '#shared/domain/model.ts'
import type { EndpointId, InstanceId } from '#shared/ids.ts'

const at = '2026-11-23T09:36:12.000Z'

export function model(more: Partial<Model> = {}): Model {
  return {
    name: 'llama3.1:8b',
    digest: 'a'.repeat(64),
    family: 'llama',
    parameterSize: '8.0B',
    quantization: 'Q4_K_M',
    sizeBytes: 4_920_753_328,
    capabilities: ['completion'],
    remoteHost: null,
    ...more,
  }
}

export function endpoint(more: Partial<EndpointDetail> = {}): EndpointDetail {
  return {
    id: 1 as EndpointId,
    address: '10.1.4.9',
    port: 11434,
    scheme: 'http',
    basePath: '',
    access: 'open',
    accessApi: 'open',
    accessV1: 'open',
    linkReason: 'first-seen',
    front: null,
    hardwareAddress: null,
    certificate: null,
    tls: false,
    cors: 'restricted',
    seenFrom: '10.1.4.7 (office)',
    observedAt: at,
    exposure: [],
    signals: [],
    evidence: [],
    spells: [],
    ...more,
  }
}

/** A plain open Ollama with one model, and what differs from it. */
export function instance(more: Partial<InstanceDetail> = {}): InstanceDetail {
  return {
    id: 1 as InstanceId,
    site: 'Plant 7',
    zone: 'server',
    address: '10.1.4.9',
    port: 11434,
    product: 'ollama',
    confidence: 100,
    suspected: null,
    version: '0.12.6',
    access: 'open',
    tls: false,
    cors: 'restricted',
    models: [model()],
    capabilities: ['completion'],
    toolCalling: false,
    running: [],
    hostnames: [],
    firstSeenAt: at,
    lastSeenAt: at,
    presence: 'present',
    owner: null,
    score: null,
    severity: 'high',
    cloudDisabled: null,
    bracket: null,
    advisories: null,
    advisoryBasis: null,
    hostnameSources: [],
    runningModels: [],
    endpoints: [endpoint()],
    claims: [],
    ownerships: [],
    tags: [],
    note: null,
    disposition: null,
    ...more,
  }
}
