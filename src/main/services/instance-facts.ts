import { parseAddress } from '#shared/domain/address.ts'
import { isPublic } from '#shared/domain/address-kind.ts'
import type { Advisory } from '#shared/domain/advisory.ts'
import { type Access, type Cors, mostOpen, type Presence } from '#shared/domain/exposure.ts'
import type { Facts } from '#shared/domain/facts.ts'
import type { ModelLicence } from '#shared/domain/licence.ts'
import type { HostName } from '#shared/domain/observation.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'
import type { Zone } from '#shared/domain/range.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'
import type { SystemPrompt } from '#shared/domain/system-prompt.ts'
import { adviseOn, trustOf } from '../governance/advisories.ts'
import { factsOf } from '../governance/facts.ts'
import { leadingEndpoint } from '../governance/summarise.ts'
import { generationOf } from '../scanner/products/ollama-show.ts'
import { claimsFor } from '../store/claims.ts'
import * as judging from '../store/judging.ts'
import { readLicence } from '../store/licence-texts.ts'
import { licenceOfDigest } from '../store/model-licences.ts'
import { readSnapshot } from '../store/snapshots.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { AdvisoryShelf } from './advisory-shelf.ts'
import { type Claim, type ModelSets, modelSetOf } from './model-set.ts'
import { leading, type OwnershipBasis, ownershipsOf } from './ownership.ts'

/** What many instances have in common, read once: snapshots, and what was said about models. */
export interface FactCache {
  /** The register of approved models; empty: nobody keeps one, and nothing can be said. */
  readonly approved: ReadonlySet<string>
  readonly advisories: readonly Advisory[] | null
  /** What they say, by version. */
  readonly advised: Map<string, Facts['advisories']>
  readonly snapshots: Map<number, StableFacts>
  readonly claims: Map<string, readonly Claim[]>
  readonly licences: Map<string, ModelLicence>
  readonly modelSets: ModelSets
  /** What findings rest on, by number. */
  readonly findingTexts: Map<number, string>
}

/** `shelf` null: what advisories say is not asked for. */
export function factCache(store: ReadableStore, shelf: AdvisoryShelf | null): FactCache {
  const approved = new Set(judging.approvedDigests(store, {}).map(({ digest }) => digest))
  const advisories = shelf?.inForce(store).edition.data.advisories ?? null
  return {
    approved,
    licences: new Map(),
    modelSets: new Map(),
    advisories,
    advised: new Map(),
    snapshots: new Map(),
    claims: new Map(),
    findingTexts: new Map(),
  }
}

/** Reads what findings rest on, as far as it is not known. */
export function readTexts(
  store: ReadableStore,
  { findingTexts }: FactCache,
  findings: readonly { readonly facts_id: number | null }[],
): void {
  const missing = new Set<number>()
  for (const { facts_id } of findings)
    if (facts_id !== null && !findingTexts.has(facts_id)) missing.add(facts_id)
  if (missing.size === 0) return
  for (const { id, content } of judging.findingTexts(store, { ids: JSON.stringify([...missing]) }))
    findingTexts.set(id, content)
}

export interface JudgedInstance {
  readonly record: judging.JudgedRecord
  readonly facts: Facts
  readonly endpoints: readonly judging.JudgedEndpoint[]
}

/** Instances as they are listed, and what was stated about who answers for them. */
export interface Subjects {
  readonly records: readonly judging.JudgedRecord[]
  readonly stated: NonNullable<OwnershipBasis['stated']>
}

export function readSubjects(store: ReadableStore, ids: readonly number[]): Subjects {
  const among = { ids: JSON.stringify(ids) }
  return {
    records: judging.judgedInstances(store, among),
    stated: Map.groupBy(judging.judgedOwnerships(store, among), each => each.instance_id),
  }
}

/** The facts of instances as the store has them now, without exceptions; instances nothing is known of are left out. */
export function readFacts(
  store: ReadableStore,
  ids: readonly number[],
  now: number,
  basis: OwnershipBasis,
  cache: FactCache,
  { records, stated } = readSubjects(store, ids),
): Map<number, JudgedInstance> {
  const among = { ids: JSON.stringify(ids) }
  const endpoints = Map.groupBy(judging.judgedEndpoints(store, among), each => each.instance_id)
  const withStated = { ...basis, stated }
  const once = new Map(
    [...Map.groupBy(judging.approvedOnce(store, among), each => each.endpoint_id)].map(
      ([endpoint, names]) => [endpoint, new Set(names.map(({ name }) => name))],
    ),
  )
  return new Map(
    records.flatMap(record => {
      const own = (endpoints.get(record.id) ?? []).filter(({ snapshot_id }) => snapshot_id !== null)
      if (own.length === 0) return []
      const facts = factsOfRecord({ store, now, basis: withStated, cache, approvedOnce: once }, record, own)
      return [[record.id, { record, facts, endpoints: own }] as const]
    }),
  )
}

/** The facts of an instance as its leading way in showed it once; all else as it is now. */
export function factsShown(
  reading: Omit<FactReading, 'approvedOnce'>,
  { record, endpoints }: JudgedInstance,
  snapshot: number,
): Facts {
  const [endpoint] = endpoints
  if (endpoint === undefined) throw new Error('an instance has a way in')
  const shown = snapshotOf(reading.store, snapshot, reading.cache)
  const then = {
    ...record,
    product: shown.product,
    suspected: shown.suspected,
    version: shown.version,
    access: mostOpen([shown.access.api, shown.access.v1]),
    cors: shown.cors,
  }
  return factsOfRecord({ ...reading, approvedOnce: new Map() }, then, [
    { ...endpoint, snapshot_id: snapshot },
  ])
}

interface FactReading {
  readonly store: ReadableStore
  readonly now: number
  readonly basis: OwnershipBasis
  readonly cache: FactCache
  /** Names of endpoints that meant an approved content once. */
  readonly approvedOnce: ReadonlyMap<number, ReadonlySet<string>>
}

function factsOfRecord(
  reading: FactReading,
  record: judging.JudgedRecord,
  endpoints: readonly judging.JudgedEndpoint[],
): Facts {
  const { store, now, basis, cache } = reading
  const known = endpoints.map(endpoint => ({
    record: endpoint,
    address: endpoint.address,
    port: endpoint.port,
    scheme: endpoint.scheme,
    basePath: endpoint.base_path,
    hostNames: hostNamesOf(endpoint),
    presence: endpoint.presence as Presence,
    confidence: endpoint.confidence,
    lastSeenAt: endpoint.last_seen_at,
    facts: snapshotOf(store, endpoint.snapshot_id ?? 0, cache),
  }))
  const lead = leadingEndpoint(known)
  const generation = generationOf(lead.facts.version)
  const claimsOf = (digest: string) => claimsAbout(store, record.site_id, digest, generation, cache)
  const set = modelSetOf(
    {
      sets: cache.modelSets,
      approved: cache.approved,
      approvedOnce: reading.approvedOnce,
      claimsOf,
      licenceOf: digest => licenceOf(store, digest, cache),
    },
    lead.record.id,
    `${record.site_id} ${lead.record.snapshot_id}`,
    lead.facts.models,
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
      models: set.models,
      toolCalling: set.toolCalling,
      cloudDisabled: lead.facts.cloudDisabled,
      hostNames: [...new Set(endpoints.flatMap(hostNamesOf))],
      presence: record.presence as Presence,
      advisories: advisedOn(lead.facts, cache),
      publicAddress: endpoints.some(endpoint => isPublicAddress(endpoint.address)),
    },
    endpoints: known.map(({ record: endpoint, facts, presence, port }) => ({
      port,
      scheme: endpoint.scheme as 'http' | 'https',
      access: mostOpen([facts.access.api, facts.access.v1]),
      protection: facts.protection,
      isPresent: presence === 'present',
    })),
    owner: leading(ownerships) ?? ownerships.find(({ duty }) => duty === 'technical') ?? null,
    ownedDuties: ownerships.filter(({ isOwned }) => isOwned).map(({ duty }) => duty),
    exceptions: [],
    firstSeenAt: record.first_seen_at,
    lastSeenAt: record.last_seen_at,
    scanCount: Math.max(0, ...endpoints.map(({ sightings }) => sightings ?? 0)),
    now,
  })
}

/** What the advisories in force say of a version; null: it says nothing that could be held against them. */
function advisedOn(facts: StableFacts, { advisories, advised }: FactCache): Facts['advisories'] | null {
  if (advisories === null || trustOf(facts) !== 'trusted') return null
  const version = facts.version ?? ''
  const known = advised.get(version) ?? adviceFor(advisories, version)
  advised.set(version, known)
  return known
}

/** What advisories say of a version, as rules see it. */
export function adviceFor(
  advisories: readonly Advisory[],
  version: string,
): NonNullable<Facts['advisories']> {
  const score = new Map(advisories.map(({ id, cvss }) => [id, Math.max(0, ...cvss.map(each => each.score))]))
  return adviseOn(advisories, version).map(({ id, state }) => ({
    id,
    severity: cvssWord(score.get(id) ?? 0),
    ...(state !== 'unknown' && { affected: state === 'affected' }),
  }))
}

/** The qualitative scale of CVSS 3.1 (section 5) and 4.0 (section 6). */
function cvssWord(score: number): string {
  if (score >= 9) return 'critical'
  if (score >= 7) return 'high'
  if (score >= 4) return 'medium'
  return score > 0 ? 'low' : 'none'
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
    system: claim.system_prompt === null ? null : (JSON.parse(claim.system_prompt) as SystemPrompt),
  }))
  claims.set(key, read)
  return read
}

function licenceOf(store: ReadableStore, digest: string, { licences }: FactCache): ModelLicence {
  const known =
    licences.get(digest) ?? readLicence(store, licenceOfDigest(store, { digest })?.licence ?? null)
  licences.set(digest, known)
  return known
}

function hostNamesOf({ host_names }: judging.JudgedEndpoint): string[] {
  return host_names === '[]' ? [] : (JSON.parse(host_names) as HostName[]).map(({ name }) => name)
}

function isPublicAddress(text: string): boolean {
  const address = parseAddress(text)
  return address !== null && isPublic({ first: address, last: address })
}
