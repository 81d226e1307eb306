import type { Access, Cors, Presence } from '#shared/domain/exposure.ts'
import type { Facts, ModelFact } from '#shared/domain/facts.ts'
import { isNonCommercial, licenceExpression, type ModelLicence } from '#shared/domain/licence.ts'
import type { Model } from '#shared/domain/model.ts'
import type { Duty } from '#shared/domain/owner.ts'
import type { Ownership } from '#shared/domain/ownership.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'
import { managementRoutes, type Protection } from '#shared/domain/protection.ts'
import type { Zone } from '#shared/domain/range.ts'
import type { SystemPrompt } from '#shared/domain/system-prompt.ts'

/** What the facts are made of: an instance as the inventory has it, and what is known beside it. */
export interface FactSources {
  readonly instance: {
    readonly site: string
    readonly zone: Zone
    readonly product: Product
    readonly confidence: number
    readonly suspected: Suspected
    readonly version: string | null
    readonly access: Access
    readonly cors: Cors
    readonly models: readonly ModelFact[] | null
    readonly toolCalling: boolean | null
    readonly cloudDisabled: boolean | null
    readonly hostNames: readonly string[]
    readonly presence: Presence
    readonly advisories: Facts['advisories'] | null
    readonly publicAddress: boolean
  }
  readonly endpoints: readonly {
    readonly port: number
    readonly scheme: 'http' | 'https'
    readonly access: Access
    readonly protection: Protection
    readonly isPresent: boolean
  }[]
  /** Whoever answers first. */
  readonly owner: Ownership | null
  /** Which duties somebody answers for. */
  readonly ownedDuties: readonly Duty[]
  readonly exceptions: Facts['exceptions']
  readonly firstSeenAt: number
  readonly lastSeenAt: number
  readonly scanCount: number
  readonly now: number
}

/** What is known of a model beside what its server lists. */
export interface AboutModel {
  readonly approved: boolean | null
  readonly drifted: boolean | null
  /** undefined: nobody was asked. */
  readonly system: SystemPrompt | null | undefined
  readonly licence: ModelLicence
}

const dayMs = 86_400_000

/**
 * The facts of an instance: the only place that makes them. What is unknown is left out. Facts that other parts learn to
 * tell are added here and in shared/domain/facts.ts.
 */
export function factsOf(sources: FactSources): Facts {
  const { instance, owner, now } = sources
  return known<Facts>({
    version: instance.version,
    instance: known<Facts['instance']>({
      product: instance.product,
      suspected: instance.suspected ?? '',
      confidence: instance.confidence,
      ageDays: days(sources.firstSeenAt, now),
      toolCalling: instance.toolCalling,
      cloudDisabled: instance.cloudDisabled,
      hostNames: [...instance.hostNames],
    }),
    exposure: exposureOf(sources),
    endpoints: sources.endpoints.map(({ port, scheme, access }) =>
      known<Facts['endpoints'][number]>({ port, scheme, tls: scheme === 'https', access: accessOf(access) }),
    ),
    models: instance.models === null ? null : (instance.models as ModelFact[]),
    advisories: instance.advisories ?? null,
    exceptions: sources.exceptions,
    owner: {
      isOwned: owner?.isOwned ?? false,
      isAcknowledged: owner?.state === 'acknowledged',
      state: owner?.state ?? 'unowned',
      name: owner?.isOwned ? (owner.owner ?? '') : '',
      duties: [...sources.ownedDuties],
    },
    site: { name: instance.site },
    zone: instance.zone,
    presence: { state: instance.presence, lastSeenDays: days(sources.lastSeenAt, now) },
    history: { scanCount: sources.scanCount },
  })
}

function exposureOf({ instance, endpoints }: FactSources): Facts['exposure'] {
  const there = endpoints.filter(endpoint => endpoint.isPresent)
  const deciding = there.length > 0 ? there : endpoints
  return known<Facts['exposure']>({
    access: accessOf(instance.access),
    unauthenticated: instance.access === 'unknown' ? null : instance.access === 'open',
    originsOpen: instance.cors === 'unknown' ? null : instance.cors === 'any',
    managementReachable: anyOf(deciding.map(({ protection }) => isManageable(protection))),
    foreignHostAccepted: anyOf(deciding.map(({ protection }) => hostAnswers[protection.hostCheck])),
    plainText: deciding.length === 0 ? null : deciding.some(endpoint => endpoint.scheme === 'http'),
    publicAddress: instance.publicAddress,
  })
}

const hostAnswers = { any: true, checked: false, unknown: null } as const

/** One route that can be reached is enough; for "no" all of them must be known to be closed. */
function isManageable({ management }: Protection): boolean | null {
  const reaches = managementRoutes.map(route => management[route])
  return anyOf(reaches.map(reach => (reach === 'unknown' ? null : reach === 'reachable')))
}

/** Whether one is; null: none is known to be, and some are unknown. */
function anyOf(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(true)) return true
  return answers.length === 0 || answers.includes(null) ? null : false
}

function accessOf(access: Access): Exclude<Access, 'unknown'> | null {
  return access === 'unknown' ? null : access
}

/** A model as rules see it. */
export function modelFactOf(model: Model, { approved, drifted, system, licence }: AboutModel): ModelFact {
  return known<ModelFact>({
    name: model.name,
    digest: model.digest,
    family: model.family,
    quantization: model.quantization,
    sizeBytes: model.sizeBytes,
    tools: model.capabilities?.includes('tools') ?? null,
    capabilities: model.capabilities,
    remote: model.remoteHost !== null,
    remoteHost: model.remoteHost,
    registry: registryOf(model.name),
    licence: licenceExpression(licence),
    nonCommercial: isNonCommercial(licence),
    approved,
    drifted,
    systemPromptReadable: system === undefined ? null : system !== null,
    // A match is sure; prompts of one's own are in no list.
    uncensoredTemplate: system === undefined ? null : system?.template === 'uncensored' || null,
  })
}

export const ownRegistry = 'registry.ollama.ai'

/** The host a model's name begins with (`hf.co/…`, `10.0.0.9:5000/…`); names without one are of Ollama's own registry. */
export function registryOf(name: string): string {
  const [first = '', ...rest] = name.split('/')
  return rest.length > 0 && /[.:]/.test(first) ? first.toLowerCase() : ownRegistry
}

/** Whole days. */
export function days(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / dayMs))
}

/** The instant at which a fact that counts days says so much more. */
export function daysOn(from: number, now: number, count: number): number {
  return from + (days(from, now) + count) * dayMs
}

type Nullable<T> = { [K in keyof T]-?: T[K] | null }

/** null is what a source does not know; in facts that is absence. */
function known<T extends object>(values: Nullable<T>): T {
  const facts: Partial<T> = {}
  for (const name of Object.keys(values) as (keyof T)[]) {
    const value = values[name]
    if (value !== null && value !== undefined) facts[name] = value as T[keyof T]
  }
  return facts as T
}
