import { parseAddress } from '#shared/domain/address.ts'
import { isPublic } from '#shared/domain/address-kind.ts'
import { type Access, type Cors, mostOpen, type Presence } from '#shared/domain/exposure.ts'
import type { Facts } from '#shared/domain/facts.ts'
import { toolCallingOf } from '#shared/domain/model.ts'
import type { HostName } from '#shared/domain/observation.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'
import type { Zone } from '#shared/domain/range.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'
import type { KnownClaim } from '../governance/claims.ts'
import { factsOf } from '../governance/facts.ts'
import { describeModels, leadingEndpoint } from '../governance/summarise.ts'
import { generationOf } from '../scanner/products/ollama-show.ts'
import { claimsFor } from '../store/claims.ts'
import * as judging from '../store/judging.ts'
import { readSnapshot } from '../store/snapshots.ts'
import type { ReadableStore } from '../store/statement.ts'
import { leading, type OwnershipBasis, ownershipsOf } from './ownership.ts'

type Claim = Pick<KnownClaim<number>, 'holder' | 'capabilities'>

/** What many instances have in common, read once: snapshots, and what was said about models. */
export interface FactCache {
  readonly snapshots: Map<number, StableFacts>
  readonly claims: Map<string, readonly Claim[]>
}

export function factCache(): FactCache {
  return { snapshots: new Map(), claims: new Map() }
}

export interface JudgedInstance {
  readonly record: judging.JudgedRecord
  readonly facts: Facts
  readonly endpoints: readonly judging.JudgedEndpoint[]
}

/** The facts of instances as the store has them now, without exceptions; instances nothing is known of are left out. */
export function readFacts(
  store: ReadableStore,
  ids: readonly number[],
  now: number,
  basis: OwnershipBasis,
  cache: FactCache,
): Map<number, JudgedInstance> {
  const among = { ids: JSON.stringify(ids) }
  const endpoints = Map.groupBy(judging.judgedEndpoints(store, among), each => each.instance_id)
  const stated = Map.groupBy(judging.judgedOwnerships(store, among), each => each.instance_id)
  const withStated = { ...basis, stated }
  return new Map(
    judging.judgedInstances(store, among).flatMap(record => {
      const own = (endpoints.get(record.id) ?? []).filter(({ snapshot_id }) => snapshot_id !== null)
      if (own.length === 0) return []
      const facts = factsOfRecord(store, record, own, now, withStated, cache)
      return [[record.id, { record, facts, endpoints: own }] as const]
    }),
  )
}

function factsOfRecord(
  store: ReadableStore,
  record: judging.JudgedRecord,
  endpoints: readonly judging.JudgedEndpoint[],
  now: number,
  basis: OwnershipBasis,
  cache: FactCache,
): Facts {
  const known = endpoints.map(endpoint => ({
    record: endpoint,
    address: endpoint.address,
    port: endpoint.port,
    presence: endpoint.presence as Presence,
    confidence: endpoint.confidence,
    lastSeenAt: endpoint.last_seen_at,
    facts: snapshotOf(store, endpoint.snapshot_id ?? 0, cache),
  }))
  const lead = leadingEndpoint(known)
  const generation = generationOf(lead.facts.version)
  const models = describeModels(lead.facts.models, lead.record.id, digest =>
    claimsAbout(store, record.site_id, digest, generation, cache),
  )
  const ownerships = ownershipsOf(store, record, basis)
  return factsOf({
    instance: {
      site: record.site,
      zone: record.zone as Zone,
      product: record.product as Product,
      confidence: record.confidence,
      suspected: record.suspected as Suspected,
      version: record.version,
      access: record.access as Access,
      cors: record.cors as Cors,
      models,
      toolCalling: toolCallingOf(models),
      cloudDisabled: lead.facts.cloudDisabled,
      hostNames: [...new Set(endpoints.flatMap(hostNamesOf))],
      presence: record.presence as Presence,
      publicAddress: endpoints.some(endpoint => isPublicAddress(endpoint.address)),
    },
    endpoints: known.map(({ record: endpoint, facts, presence, port }) => ({
      port,
      scheme: endpoint.scheme as 'http' | 'https',
      access: mostOpen([facts.access.api, facts.access.v1]),
      isPresent: presence === 'present',
    })),
    owner: leading(ownerships) ?? ownerships.find(({ duty }) => duty === 'technical') ?? null,
    exceptions: [],
    firstSeenAt: record.first_seen_at,
    lastSeenAt: record.last_seen_at,
    scanCount: Math.max(0, ...endpoints.map(({ sightings }) => sightings ?? 0)),
    now,
  })
}

function snapshotOf(store: ReadableStore, id: number, { snapshots }: FactCache): StableFacts {
  const facts = snapshots.get(id) ?? readSnapshot(store, id)
  snapshots.set(id, facts)
  return facts
}

function claimsAbout(
  store: ReadableStore,
  site: number,
  digest: string,
  generation: string,
  { claims }: FactCache,
): readonly Claim[] {
  const key = `${site} ${generation} ${digest}`
  const known = claims.get(key)
  if (known !== undefined) return known
  const read = claimsFor(store, { site, digest, generation }).map(claim => ({
    holder: claim.endpoint_id,
    capabilities: JSON.parse(claim.capabilities) as string[],
  }))
  claims.set(key, read)
  return read
}

function hostNamesOf({ host_names }: judging.JudgedEndpoint): string[] {
  return host_names === '[]' ? [] : (JSON.parse(host_names) as HostName[]).map(({ name }) => name)
}

function isPublicAddress(text: string): boolean {
  const address = parseAddress(text)
  return address !== null && isPublic({ first: address, last: address })
}
