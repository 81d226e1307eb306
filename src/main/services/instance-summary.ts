import { parseAddress } from '#shared/domain/address.ts'
import type { Presence } from '#shared/domain/exposure.ts'
import type { Model } from '#shared/domain/model.ts'
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
import { addressKey, versionKey } from '../store/keys.ts'
import { readSnapshot } from '../store/snapshots.ts'
import type { ReadableStore, WritableStore } from '../store/statement.ts'
import { departedFacts } from './departed.ts'

/** A way in as the store has it, with the facts it last showed. */
export interface KnownFacts extends EndpointFacts {
  readonly record: EndpointRecord
  /** The snapshot the facts are of. */
  readonly snapshot: number
}

/** The endpoints of an instance with their last known facts. */
export function endpointFacts(store: ReadableStore, instance: number): KnownFacts[] {
  const reached = endpointsOfInstances(store, { ids: JSON.stringify([instance]) })
  if (reached.length === 0) return departedFacts(store, instance)
  return reached.flatMap(record => {
    const last = lastSnapshotOf(store, { endpoint: record.id })
    if (last?.snapshot_id == null) return []
    return {
      record,
      snapshot: last.snapshot_id,
      address: record.address,
      port: record.port,
      scheme: record.scheme,
      basePath: record.base_path,
      presence: record.presence as Presence,
      confidence: record.confidence,
      lastSeenAt: record.last_seen_at,
      facts: readSnapshot(store, last.snapshot_id),
    }
  })
}

/** The models of an instance with what is known of their capabilities, from the endpoint that shows it best. */
export function modelsOf(store: ReadableStore, endpoints: readonly KnownFacts[]): Model[] | null {
  const { record, facts } = leadingEndpoint(endpoints)
  const generation = generationOf(facts.version)
  return describeModels(facts.models, record.id, digest =>
    claimsFor(store, { site: record.site_id, digest, generation }).map(claim => ({
      holder: claim.endpoint_id,
      capabilities: JSON.parse(claim.capabilities) as string[],
    })),
  )
}

/** Brings the derived columns of an instance up to date with its endpoints and the claims about its models. */
export function refreshInstance(store: WritableStore, id: number): void {
  const known = instanceById(store, { id })
  const endpoints = endpointFacts(store, id)
  if (known === undefined || endpoints.length === 0) return
  const summary = summarise(known.site, endpoints, modelsOf(store, endpoints))
  updateInstance(store, { id, ...columnsOf(summary, known.zone) })
  showSnapshot(store, { instance: id, snapshot: leadingEndpoint(endpoints).snapshot })
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
