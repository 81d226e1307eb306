import { type Cors, mostOpen, type Presence, type Severity, severities } from '#shared/domain/exposure.ts'
import type { EndpointRow, InstanceRow } from '#shared/domain/instance.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import { capabilitiesOf, type RunningModel, toolCallingOf } from '#shared/domain/model.ts'
import type { HostName } from '#shared/domain/observation.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'
import type { Zone } from '#shared/domain/range.ts'
import type { InstanceId } from '#shared/ids.ts'
import { leadingEndpoint } from '../governance/summarise.ts'
import type { InstanceRecord } from '../store/instances.ts'
import type { ReadableStore } from '../store/statement.ts'
import { endpointFacts, type KnownFacts, modelsOf } from './instance-summary.ts'
import { leadingOwner, type OwnershipBasis, ownershipBasis, ownershipsOf } from './ownership.ts'

/** A row of the inventory, put together from the instance's own columns and its endpoints. */
export function instanceRow(
  store: ReadableStore,
  record: InstanceRecord,
  basis: OwnershipBasis = ownershipBasis(store, false),
): InstanceRow {
  const endpoints = endpointFacts(store, record.id)
  const leading = leadingEndpoint(endpoints)
  const models = modelsOf(store, endpoints)
  return {
    id: record.id as InstanceId,
    site: record.site,
    zone: record.zone as Zone,
    address: record.address,
    port: record.port,
    endpoints: endpoints.map(endpointRow),
    product: record.product as Product,
    confidence: record.confidence,
    suspected: record.suspected as Suspected,
    version: record.version,
    access: record.access as InstanceRow['access'],
    tls: endpoints.some(endpoint => endpoint.record.scheme === 'https'),
    cors: record.cors as Cors,
    models,
    capabilities: capabilitiesOf(models),
    toolCalling: toolCallingOf(models),
    running: runningOf(leading)?.map(model => model.name) ?? null,
    hostnames: [...new Set(endpoints.flatMap(hostNamesOf).map(host => host.name))],
    firstSeenAt: isoInstant(record.first_seen_at),
    lastSeenAt: isoInstant(record.last_seen_at),
    presence: record.presence as Presence,
    owner: leadingOwner(ownershipsOf(store, record, basis)),
  }
}

export function severityOfRecord(record: Pick<InstanceRecord, 'severity_rank'>): Severity {
  return severities[record.severity_rank] ?? 'none'
}

export function endpointRow({ record, facts }: KnownFacts): EndpointRow {
  return {
    address: record.address,
    port: record.port,
    scheme: record.scheme as EndpointRow['scheme'],
    basePath: record.base_path,
    access: mostOpen([facts.access.api, facts.access.v1]),
    tls: record.scheme === 'https',
    cors: facts.cors,
  }
}

export function runningOf({ record }: KnownFacts): RunningModel[] | null {
  return record.running === null ? null : JSON.parse(record.running)
}

export function hostNamesOf({ record }: KnownFacts): HostName[] {
  return JSON.parse(record.host_names)
}
