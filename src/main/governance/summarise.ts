import {
  type Access,
  accessOrder,
  type Cors,
  mostOpen,
  type Presence,
  type Severity,
} from '#shared/domain/exposure.ts'
import { type Model, toolCallingOf } from '#shared/domain/model.ts'
import type { ListedModel } from '#shared/domain/observation.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'
import { capabilitiesFor, type KnownClaim } from './claims.ts'
import { severityOf } from './exposure.ts'
import { isProxied } from './same-server.ts'

/** One way in, with what it last showed. */
export interface EndpointFacts {
  readonly address: string
  readonly port: number
  readonly scheme: string
  readonly basePath: string
  readonly presence: Presence
  readonly confidence: number
  readonly lastSeenAt: number
  readonly hostNames: readonly string[]
  readonly facts: StableFacts
}

/** What a list shows of an instance. */
export interface InstanceSummary {
  readonly address: string
  readonly port: number
  readonly product: Product
  readonly suspected: Suspected
  readonly confidence: number
  readonly version: string | null
  readonly access: Access
  readonly accessRank: number
  readonly cors: Cors
  readonly modelCount: number | null
  readonly toolCalling: boolean | null
  readonly severity: Severity
  readonly presence: Presence
  readonly lastSeenAt: number
}

/** What is nearest to being there comes first. One way in nobody looked at leaves open whether the instance is gone. */
const presenceOrder: readonly Presence[] = ['present', 'not-listening', 'unreachable', 'not-covered', 'gone']
const corsOrder: readonly Cors[] = ['any', 'restricted', 'unknown']

/**
 * One line about an instance from all its endpoints. What it *is* comes from the endpoint that showed most; how open it is
 * comes from the most open one. `endpoints` holds at least one.
 */
export function summarise(
  endpoints: readonly EndpointFacts[],
  models: readonly Model[] | null,
): InstanceSummary {
  const leading = leadingEndpoint(endpoints)
  const there = endpoints.filter(endpoint => endpoint.presence === 'present')
  const deciding = there.length > 0 ? there : endpoints
  const access = mostOpen(deciding.flatMap(({ facts }) => [facts.access.api, facts.access.v1]))
  const { product, suspected, version } = leading.facts
  const toolCalling = toolCallingOf(models)
  return {
    address: leading.address,
    port: leading.port,
    product,
    suspected,
    confidence: leading.confidence,
    version,
    access,
    accessRank: accessOrder.indexOf(access),
    cors: corsOrder.find(cors => deciding.some(({ facts }) => facts.cors === cors)) ?? 'unknown',
    modelCount: models?.length ?? null,
    toolCalling,
    severity: severityOf({ product, suspected, access, toolCalling }),
    presence:
      presenceOrder.find(presence => endpoints.some(endpoint => endpoint.presence === presence)) ??
      'not-covered',
    lastSeenAt: Math.max(...endpoints.map(endpoint => endpoint.lastSeenAt)),
  }
}

/** The endpoint an instance is named after: present before absent, surest first, direct ones first, then the lowest port. */
export function leadingEndpoint<E extends EndpointFacts>(endpoints: readonly E[]): E {
  const sorted = [...endpoints].sort(
    (a, b) =>
      presenceOrder.indexOf(a.presence) - presenceOrder.indexOf(b.presence) ||
      b.confidence - a.confidence ||
      Number(isProxied(a)) - Number(isProxied(b)) ||
      a.port - b.port,
  )
  const first = sorted[0]
  if (first === undefined) throw new Error('an instance without endpoints')
  return first
}

/** The models an instance lists, with everything known of what they can do. */
export function describeModels<Id>(
  listed: readonly ListedModel[] | null,
  holder: Id,
  claimsOf: (digest: string) => readonly Pick<KnownClaim<Id>, 'holder' | 'capabilities'>[],
): Model[] | null {
  if (listed === null) return null
  return listed.map(model => ({
    name: model.name,
    digest: model.digest,
    family: model.family,
    parameterSize: model.parameterSize,
    quantization: model.quantization,
    sizeBytes: model.sizeBytes,
    capabilities: capabilitiesFor(model, holder, model.digest === null ? [] : claimsOf(model.digest)),
    remoteHost: model.remoteHost,
  }))
}
