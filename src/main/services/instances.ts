import type { CertificateDetail } from '#shared/domain/certificate.ts'
import type { ExposureFact } from '#shared/domain/exposure-fact.ts'
import type {
  ClaimRow,
  EndpointDetail,
  InstanceDetail,
  LinkReason,
  SpellRow,
} from '#shared/domain/instance.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { SystemPrompt } from '#shared/domain/system-prompt.ts'
import type { EndpointId } from '#shared/ids.ts'
import { type Result, succeed } from '#shared/result.ts'
import { judgeCertificate } from '../governance/certificate.ts'
import { promptFor } from '../governance/claims.ts'
import { exposureFacts } from '../governance/exposure-facts.ts'
import { leadingEndpoint } from '../governance/summarise.ts'
import { generationOf } from '../scanner/products/ollama-show.ts'
import { claimsFor } from '../store/claims.ts'
import { readProbes, readSignals } from '../store/evidence.ts'
import { readLicence } from '../store/licence-texts.ts'
import { spellsOfEndpoint } from '../store/spells.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { findInstance } from './find-instance.ts'
import { advisoriesFor } from './instance-advisories.ts'
import { instanceRow } from './instance-rows.ts'
import { endpointFacts, type KnownFacts } from './instance-summary.ts'
import { ownershipBasis, ownershipsOf } from './ownership.ts'
import { endpointRow, hostNamesOf, runningOf } from './row-of.ts'

/** Everything known of one instance, named by its id or by where it answers: `17`, `10.0.0.1:11434`, `[fd00::1]:11434`. */
export function showInstance({ store, advisories }: Reading, name: string): Result<InstanceDetail> {
  const found = findInstance(store, name)
  if (!found.ok) return found
  const record = found.value
  const endpoints = endpointFacts(store, record.id)
  const leading = leadingEndpoint(endpoints)
  return succeed({
    ...instanceRow(store, advisories, record),
    cloudDisabled: leading.facts.cloudDisabled,
    bracket: leading.facts.bracket,
    hostnameSources: endpoints.flatMap(hostNamesOf),
    runningModels: runningOf(leading),
    endpoints: endpoints.map(endpoint => endpointDetail(store, endpoint)),
    claims: claimsAbout(store, leading),
    ...advisoriesFor(store, advisories, leading.facts),
    ownerships: ownershipsOf(store, record, ownershipBasis(store, true)),
  })
}

/** One way in, with its facts and their evidence. */
export function endpointDetail(store: ReadableStore, endpoint: KnownFacts): EndpointDetail {
  const { record, facts } = endpoint
  return {
    ...endpointRow(endpoint),
    id: record.id as EndpointId,
    linkReason: record.link_reason as LinkReason,
    front: facts.front,
    hardwareAddress: record.hardware_address,
    accessApi: facts.access.api,
    accessV1: facts.access.v1,
    certificate: certificateOf(endpoint),
    seenFrom: record.vantage_prefix === null ? '' : `${record.vantage_prefix} (${record.vantage_interface})`,
    observedAt: isoInstant(record.seen_at),
    exposure: exposureOf(store, endpoint),
    signals: readSignals(store, record.signals),
    evidence: readProbes(store, record.probes),
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

function exposureOf(store: ReadableStore, endpoint: KnownFacts): ExposureFact[] {
  const { record, facts } = endpoint
  const generation = generationOf(facts.version)
  return exposureFacts({
    facts,
    running: runningOf(endpoint),
    certificate: certificateOf(endpoint),
    probes: readProbes(store, record.probes),
    promptOf({ digest }) {
      const claims = digest === null ? [] : claimsFor(store, { site: record.site_id, digest, generation })
      const told = claims.map(claim => ({
        holder: claim.endpoint_id,
        system: claim.system_prompt === null ? null : (JSON.parse(claim.system_prompt) as SystemPrompt),
      }))
      return promptFor(record.id, told)
    },
  })
}

function certificateOf(endpoint: KnownFacts): CertificateDetail | null {
  const { record, facts } = endpoint
  if (facts.certificate === null) return null
  const names = hostNamesOf(endpoint).filter(host => host.source !== 'certificate')
  return judgeCertificate(
    facts.certificate,
    record.address,
    names.map(host => host.name),
    isoInstant(record.seen_at),
  )
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
      system: claim.system_prompt === null ? null : JSON.parse(claim.system_prompt),
      licence: readLicence(store, claim.licence),
      askedAt: isoInstant(claim.asked_at),
      askedOf: `${claim.address}:${claim.port}`,
    })),
  )
}
