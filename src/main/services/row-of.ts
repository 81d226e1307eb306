import { type Cors, mostOpen, type Presence, type Severity, severities } from '#shared/domain/exposure.ts'
import type { EndpointRow, InstanceRow } from '#shared/domain/instance.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { InventoryPageRow } from '#shared/domain/inventory.ts'
import { capabilitiesOf, type Model, type RunningModel, toolCallingOf } from '#shared/domain/model.ts'
import type { HostName } from '#shared/domain/observation.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'
import type { Zone } from '#shared/domain/range.ts'
import type { InstanceId } from '#shared/ids.ts'
import { type EndpointFacts, leadingEndpoint } from '../governance/summarise.ts'
import type { EndpointRecord } from '../store/endpoints.ts'
import type { InstanceRecord } from '../store/instances.ts'
import type { Said } from './said.ts'

/** A way in with what the store knows of it. */
interface KnownEndpoint extends EndpointFacts {
  readonly record: EndpointRecord
}

/** What a row says by itself; what advisories say of it depends on the edition in force. */
export type StoredRow = Omit<InventoryPageRow, 'advisories' | keyof Said>

/** A row of the inventory from the instance's own columns, its endpoints and what is known of its models. */
export function rowOf(
  record: InstanceRecord,
  endpoints: readonly KnownEndpoint[],
  models: Model[] | null,
  owner: string | null,
): StoredRow {
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
    running: runningOf(leadingEndpoint(endpoints))?.map(model => model.name) ?? null,
    hostnames: [...new Set(endpoints.flatMap(hostNamesOf).map(host => host.name))],
    firstSeenAt: isoInstant(record.first_seen_at),
    lastSeenAt: isoInstant(record.last_seen_at),
    presence: record.presence as Presence,
    owner,
    severity: severityOfRecord(record),
    score: record.risk_score,
  }
}

/** The level of its score; at first sight, before it is judged, what its exposure says. */
export function severityOfRecord({
  risk_level,
  severity_rank,
}: Pick<InstanceRecord, 'severity_rank' | 'risk_level'>): Severity {
  return severities.find(each => each === risk_level) ?? severities[severity_rank] ?? 'none'
}

export function endpointRow({ record, facts }: KnownEndpoint): EndpointRow {
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

export function runningOf({ record }: KnownEndpoint): RunningModel[] | null {
  return record.running === null ? null : JSON.parse(record.running)
}

export function hostNamesOf({ record }: KnownEndpoint): HostName[] {
  return record.host_names === '[]' ? [] : JSON.parse(record.host_names)
}
