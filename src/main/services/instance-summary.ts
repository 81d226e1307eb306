import { parseAddress } from '#shared/domain/address.ts'
import type { Presence } from '#shared/domain/exposure.ts'
import type { Model } from '#shared/domain/model.ts'
import type { HostName } from '#shared/domain/observation.ts'
import { severityRank } from '../governance/exposure.ts'
import {
  describeModels,
  type EndpointFacts,
  type InstanceSummary,
  leadingEndpoint,
  summarise,
} from '../governance/summarise.ts'
import { generationOf } from '../scanner/products/ollama-show.ts'
import { claimsFor } from '../store/claims.ts'
import { type EndpointRecord, endpointsOfInstances, lastSnapshotOf } from '../store/endpoints.ts'
import { showSnapshot } from '../store/held-models.ts'
import { addInstance, instanceById, updateInstance } from '../store/instances.ts'
import { keepRow } from '../store/inventory-rows.ts'
import { addressKey, versionKey } from '../store/keys.ts'
import { readSnapshot } from '../store/snapshots.ts'
import type { ReadableStore, WritableStore } from '../store/statement.ts'
import { departedFacts } from './departed.ts'
import { isAdvised } from './instance-advisories.ts'
import { ownerOf } from './ownership.ts'
import { rowOf } from './row-of.ts'
import { saidOf } from './said.ts'

/** A way in as the store has it, with the facts it last showed. */
export interface KnownFacts extends EndpointFacts {
  readonly record: EndpointRecord
  /** The snapshot the facts are of. */
  readonly snapshot: number
}

/** The endpoints of an instance with their last known facts. */
export function endpointFacts(store: ReadableStore, instance: number): KnownFacts[] {
  const reached = endpointFactsOf(store, JSON.stringify([instance]))
  return reached.length === 0 ? departedFacts(store, instance) : reached
}

/** The same of several instances, a list of ids as JSON. */
export function endpointFactsOf(store: ReadableStore, instances: string): KnownFacts[] {
  return endpointsOfInstances(store, { ids: instances }).flatMap(record => {
    const snapshot =
      record.current_snapshot_id ?? lastSnapshotOf(store, { endpoint: record.id })?.snapshot_id ?? null
    if (snapshot === null) return []
    return {
      record,
      snapshot,
      address: record.address,
      port: record.port,
      scheme: record.scheme,
      basePath: record.base_path,
      presence: record.presence as Presence,
      confidence: record.confidence,
      lastSeenAt: record.last_seen_at,
      hostNames: (JSON.parse(record.host_names) as HostName[]).map(host => host.name),
      facts: readSnapshot(store, snapshot),
    }
  })
}

type ClaimsOf = (
  site: number,
  digest: string,
  generation: string,
) => { holder: number; capabilities: string[] }[]

/** The models of an instance with what is known of their capabilities, from the endpoint that shows it best. */
export function modelsOf(
  store: ReadableStore,
  endpoints: readonly KnownFacts[],
  claimsOf: ClaimsOf = readClaims(store),
): Model[] | null {
  const { record, facts } = leadingEndpoint(endpoints)
  const generation = generationOf(facts.version)
  return describeModels(facts.models, record.id, digest => claimsOf(record.site_id, digest, generation))
}

function readClaims(store: ReadableStore): ClaimsOf {
  return (site, digest, generation) =>
    claimsFor(store, { site, digest, generation }).map(claim => ({
      holder: claim.endpoint_id,
      capabilities: JSON.parse(claim.capabilities) as string[],
    }))
}

/** Asks once about each digest, for a list in which many instances hold the same. */
export function rememberClaims(store: ReadableStore): ClaimsOf {
  const read = readClaims(store)
  const known = new Map<string, ReturnType<ClaimsOf>>()
  return (site, digest, generation) => {
    const key = `${site} ${digest} ${generation}`
    const claims = known.get(key) ?? read(site, digest, generation)
    known.set(key, claims)
    return claims
  }
}

/** Brings the derived columns of an instance up to date with its endpoints and the claims about its models. */
export function refreshInstance(store: WritableStore, id: number): void {
  const known = instanceById(store, { id })
  const endpoints = endpointFacts(store, id)
  if (known === undefined || endpoints.length === 0) return
  const models = modelsOf(store, endpoints)
  const summary = summarise(known.site, endpoints, models)
  updateInstance(store, { id, ...columnsOf(summary, known.zone) })
  showSnapshot(store, { instance: id, snapshot: leadingEndpoint(endpoints).snapshot })
  const record = instanceById(store, { id })
  if (record !== undefined && record.merged_into === null)
    keepRow(store, record.site_id, {
      ...rowOf(record, endpoints, models, ownerOf(store, record)),
      ...saidOf(store, id),
      isAdvised: isAdvised(leadingEndpoint(endpoints).facts),
    })
}

/** A new instance, not yet linked to an endpoint: `refreshInstance` fills in the rest once it is. */
export function foundInstance(
  store: WritableStore,
  at: number,
  site: number,
  zone: string,
  first: EndpointFacts,
): number {
  const summary = summarise('', [first], null)
  return addInstance(store, { site, at, ...columnsOf(summary, zone) }).id
}

function columnsOf(summary: InstanceSummary, zone: string) {
  const address = parseAddress(summary.address)
  if (address === null) throw new Error(`instance at a broken address: ${summary.address}`)
  return {
    addressKey: addressKey(address),
    address: summary.address,
    port: summary.port,
    zone,
    product: summary.product,
    suspected: summary.suspected,
    confidence: summary.confidence,
    version: summary.version,
    versionKey: versionKey(summary.version),
    access: summary.access,
    accessRank: summary.accessRank,
    cors: summary.cors,
    modelCount: summary.modelCount,
    toolCalling: summary.toolCalling === null ? null : Number(summary.toolCalling),
    severityRank: severityRank(summary.severity),
    presence: summary.presence,
    lastSeenAt: summary.lastSeenAt,
    searchText: summary.searchText,
  }
}
