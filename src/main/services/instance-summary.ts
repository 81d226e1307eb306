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
import { type EndpointRecord, endpointsOfInstances } from '../store/endpoints.ts'
import { showSnapshot } from '../store/held-models.ts'
import {
  addInstance,
  type InstanceRecord,
  instanceById,
  instancesByIds,
  updateInstance,
  withSummary,
} from '../store/instances.ts'
import { keepRow, raiseVersion } from '../store/inventory-rows.ts'
import { addressKey, versionKey } from '../store/keys.ts'
import type { ReadableStore, WritableStore } from '../store/statement.ts'
import { departedFacts } from './departed.ts'
import { isAdvised } from './instance-advisories.ts'
import { type KnownClaims, rememberClaims, type SaidOfModels } from './known-claims.ts'
import { leadingOwner, ownershipsOf } from './ownership.ts'
import { rowOf } from './row-of.ts'
import { saidOf } from './said.ts'
import { type SharedReads, shareReads } from './shared-reads.ts'

/** A way in as the store has it, with the facts it last showed. */
export interface KnownFacts extends EndpointFacts {
  readonly record: EndpointRecord
  /** The snapshot the facts are of. */
  readonly snapshot: number
}

/** The endpoints of an instance with their last known facts. */
export function endpointFacts(
  store: ReadableStore,
  instance: number,
  shared: Pick<SharedReads, 'snapshot' | 'readAhead'> = shareReads(store),
): KnownFacts[] {
  const reached = endpointFactsOf(store, JSON.stringify([instance]), shared)
  return reached.length === 0 ? departedFacts(store, instance) : reached
}

/** The same of several instances, a list of ids as JSON. */
export function endpointFactsOf(
  store: ReadableStore,
  instances: string,
  shared: Pick<SharedReads, 'snapshot' | 'readAhead'> = shareReads(store),
): KnownFacts[] {
  const records = endpointsOfInstances(store, { ids: instances })
  if (records.length > 1) shared.readAhead(records.flatMap(each => each.shown_snapshot_id ?? []))
  return records.flatMap(record => {
    const snapshot = record.shown_snapshot_id
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
      lastSeenAt: record.seen_at,
      hostNames: record.host_names === '[]' ? [] : hostNamesIn(record.host_names),
      facts: shared.snapshot(snapshot),
    }
  })
}

function hostNamesIn(json: string): string[] {
  return (JSON.parse(json) as HostName[]).map(host => host.name)
}

/** The models of an instance with what is known of their capabilities, from the endpoint that shows it best. */
export function modelsOf(
  store: ReadableStore,
  endpoints: readonly KnownFacts[],
  claims: SaidOfModels = rememberClaims(store),
): Model[] | null {
  const { record, facts } = leadingEndpoint(endpoints)
  const generation = generationOf(facts.version)
  return describeModels(facts.models, record.id, digest => claims.of(record.site_id, digest, generation))
}

/** Of how many models nobody has said anything. */
function unaskedIn(endpoints: readonly KnownFacts[], claims: KnownClaims): number {
  const { record, facts } = leadingEndpoint(endpoints)
  const generation = generationOf(facts.version)
  const unasked = (facts.models ?? []).filter(
    ({ digest }) => digest !== null && claims.of(record.site_id, digest, generation).length === 0,
  )
  return unasked.length
}

/** Brings the derived columns of an instance up to date with its endpoints and the claims about its models. */
export function refreshInstance(
  store: WritableStore,
  id: number,
  shared = shareReads(store),
): InstanceRecord | undefined {
  const known = instanceById(store, { id })
  return known && refreshKnown(store, known, endpointFacts(store, id, shared), shared)
}

/** The same of many, which are read at once. */
export function refreshInstances(
  store: WritableStore,
  instances: readonly number[],
  shared: SharedReads,
): void {
  const ids = JSON.stringify(instances)
  // Mostly what they show was written a moment ago, and is still known.
  const reads = { snapshot: shared.snapshot, readAhead: () => {} }
  const reached = Map.groupBy(endpointFactsOf(store, ids, reads), ({ record }) => record.instance_id)
  const records = new Map(instancesByIds(store, { ids }).map(record => [record.id, record]))
  for (const id of instances) {
    const known = records.get(id)
    if (known !== undefined) refreshKnown(store, known, reached.get(id) ?? departedFacts(store, id), shared)
  }
}

function refreshKnown(
  store: WritableStore,
  known: InstanceRecord,
  endpoints: readonly KnownFacts[],
  shared: SharedReads,
): InstanceRecord {
  const { id } = known
  if (endpoints.length === 0) return known
  const models = modelsOf(store, endpoints, shared.claims)
  const zone = shared.zoneOf(leadingEndpoint(endpoints).record.range_id) ?? known.zone
  const summary = summarise(endpoints, models)
  const columns = columnsOf(summary, zone, unaskedIn(endpoints, shared.claims))
  updateInstance(store, known, columns)
  showSnapshot(store, { instance: id, snapshot: leadingEndpoint(endpoints).snapshot })
  const record = withSummary(known, columns, summary.lastSeenAt)
  if (record.merged_into === null) {
    const owner = leadingOwner(ownershipsOf(store, record, shared.ownership))
    const isNew = keepRow(store, record.site_id, {
      ...rowOf(record, endpoints, models, owner),
      ...saidOf(store, id),
      isAdvised: isAdvised(leadingEndpoint(endpoints).facts),
    })
    if (isNew && !shared.isTold) raiseVersion(store, {})
    shared.isTold ||= isNew
  }
  return record
}

/** A new instance, not yet linked to an endpoint: `refreshInstance` fills in the rest once it is. */
export function foundInstance(
  store: WritableStore,
  at: number,
  site: number,
  zone: string,
  first: EndpointFacts,
): number {
  const summary = summarise([first], null)
  return addInstance(store, { site, at, ...columnsOf(summary, zone, 0) }).id
}

function columnsOf(summary: InstanceSummary, zone: string, unaskedCount: number) {
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
    unaskedCount,
  }
}
