import { parseAddress } from '#shared/domain/address.ts'
import { isPublic } from '#shared/domain/address-kind.ts'
import { type Access, mostOpen, type Presence } from '#shared/domain/exposure.ts'
import type { Facts } from '#shared/domain/facts.ts'
import { toolCallingOf } from '#shared/domain/model.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'
import type { Zone } from '#shared/domain/range.ts'
import { factsOf } from '../governance/facts.ts'
import { leadingEndpoint } from '../governance/summarise.ts'
import { sightings } from '../store/findings.ts'
import { instanceById } from '../store/instances.ts'
import type { ReadableStore } from '../store/statement.ts'
import { hostNamesOf } from './instance-rows.ts'
import { endpointFacts, type KnownFacts, modelsOf } from './instance-summary.ts'
import { leading, type OwnershipBasis, ownershipsOf } from './ownership.ts'

export interface JudgedInstance {
  readonly record: NonNullable<ReturnType<typeof instanceById>>
  readonly facts: Facts
}

/** The facts of an instance as the store has them now; null: there is nothing to go by. */
export function readFacts(
  store: ReadableStore,
  id: number,
  now: number,
  basis: OwnershipBasis,
  exceptions: Facts['exceptions'],
): JudgedInstance | null {
  const record = instanceById(store, { id })
  const endpoints = record === undefined ? [] : endpointFacts(store, id)
  if (record === undefined || endpoints.length === 0) return null
  const models = modelsOf(store, endpoints)
  const ownerships = ownershipsOf(store, record, basis)
  const facts = factsOf({
    instance: {
      site: record.site,
      zone: record.zone as Zone,
      product: record.product as Product,
      confidence: record.confidence,
      suspected: record.suspected as Suspected,
      version: record.version,
      access: record.access as Access,
      cors: record.cors as 'any' | 'restricted' | 'unknown',
      models,
      toolCalling: toolCallingOf(models),
      cloudDisabled: leadingEndpoint(endpoints).facts.cloudDisabled,
      hostNames: [...new Set(endpoints.flatMap(hostNamesOf).map(host => host.name))],
      presence: record.presence as Presence,
      publicAddress: endpoints.some(endpoint => isPublicAddress(endpoint.address)),
    },
    endpoints: endpoints.map(endpointFact),
    owner: leading(ownerships) ?? ownerships.find(({ duty }) => duty === 'technical') ?? null,
    exceptions,
    firstSeenAt: record.first_seen_at,
    lastSeenAt: record.last_seen_at,
    scanCount: sightings(store, { instance: id })?.count ?? 0,
    now,
  })
  return { record, facts }
}

function endpointFact({ record, facts, presence, port }: KnownFacts) {
  return {
    port,
    scheme: record.scheme as 'http' | 'https',
    access: mostOpen([facts.access.api, facts.access.v1]),
    isPresent: presence === 'present',
  }
}

function isPublicAddress(text: string): boolean {
  const address = parseAddress(text)
  return address !== null && isPublic({ first: address, last: address })
}
