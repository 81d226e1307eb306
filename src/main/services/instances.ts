import { parseAddress } from '#shared/domain/address.ts'
import type { ClaimRow, EndpointDetail, InstanceDetail, SpellRow } from '#shared/domain/instance.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { EndpointId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { leadingEndpoint } from '../governance/summarise.ts'
import { generationOf } from '../scanner/products/ollama-show.ts'
import { claimsFor } from '../store/claims.ts'
import { spellsOfEndpoint } from '../store/endpoints.ts'
import { instanceById, instancesAt } from '../store/instances.ts'
import { addressKey } from '../store/keys.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { endpointRow, hostNamesOf, instanceRow, runningOf, severityOfRecord } from './instance-rows.ts'
import { endpointFacts, type KnownFacts } from './instance-summary.ts'
import { ownershipBasis, ownershipsOf } from './ownership.ts'

/** Everything known of one instance, named by its id or by where it answers: `17`, `10.0.0.1:11434`, `[fd00::1]:11434`. */
export function showInstance({ store }: Reading, name: string): Result<InstanceDetail> {
  const id = findInstance(store, name.trim())
  const record = id === null ? undefined : instanceById(store, { id })
  if (record === undefined) return fail('instance-unknown', { instance: name })
  const endpoints = endpointFacts(store, record.id)
  const leading = leadingEndpoint(endpoints)
  return succeed({
    ...instanceRow(store, record),
    severity: severityOfRecord(record),
    cloudDisabled: leading.facts.cloudDisabled,
    hostnameSources: endpoints.flatMap(hostNamesOf),
    runningModels: runningOf(leading),
    endpoints: endpoints.map(endpoint => endpointDetail(store, endpoint)),
    claims: claimsAbout(store, leading),
    ownerships: ownershipsOf(store, record, ownershipBasis(store, true)),
  })
}

/** The id of an instance named by its id or by where it answers; null: there is none. */
export function findInstance(store: ReadableStore, name: string): number | null {
  if (/^\d{1,15}$/.test(name)) return Number(name)
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(name)
  const address = parseAddress(match?.[1] ?? match?.[2] ?? name)
  if (address === null) return null
  const found = instancesAt(store, { addressKey: addressKey(address), port: Number(match?.[3] ?? 11434) })
  return found[0]?.instance_id ?? null
}

function endpointDetail(store: ReadableStore, endpoint: KnownFacts): EndpointDetail {
  const { record, facts } = endpoint
  return {
    ...endpointRow(endpoint),
    id: record.id as EndpointId,
    accessApi: facts.access.api,
    accessV1: facts.access.v1,
    seenFrom: record.vantage_prefix === null ? '' : `${record.vantage_prefix} (${record.vantage_interface})`,
    observedAt: isoInstant(record.last_seen_at),
    signals: JSON.parse(record.signals),
    evidence: JSON.parse(record.probes),
    spells: spellsOfEndpoint(store, { endpoint: record.id }).map(spell => ({
      outcome: spell.outcome as SpellRow['outcome'],
      firstAt: isoInstant(spell.first_at),
      lastAt: isoInstant(spell.last_at),
      scanCount: spell.scan_count,
      version: spell.version,
      modelCount: spell.model_count,
    })),
  }
}

/** What was answered about this instance's models, by itself or by another holder of the same digest. */
function claimsAbout(store: ReadableStore, { record, facts }: KnownFacts): ClaimRow[] {
  const generation = generationOf(facts.version)
  const digests = new Set((facts.models ?? []).flatMap(model => model.digest ?? []))
  return [...digests].flatMap(digest =>
    claimsFor(store, { site: record.site_id, digest, generation }).map(claim => ({
      digest,
      generation,
      capabilities: JSON.parse(claim.capabilities) as string[],
      method: claim.method as ClaimRow['method'],
      askedAt: isoInstant(claim.asked_at),
      askedOf: `${claim.address}:${claim.port}`,
    })),
  )
}
