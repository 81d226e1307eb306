import type { Presence } from '#shared/domain/exposure.ts'
import type {
  BlastRadius,
  BlastRequest,
  Concentration,
  HeldModel,
  HeldModelDetail,
  Holder,
  TagChange,
} from '#shared/domain/held-model.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import { registryOf } from '#shared/domain/model-source.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'
import type { InstanceId, ScanId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { concentrationOf } from '../governance/concentration.ts'
import * as held from '../store/held-models.ts'
import { versionKey } from '../store/keys.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'

type Stored = Pick<Reading, 'store'>

/** Every model anybody holds, the most widespread first. */
export function listModels({ store }: Stored): HeldModel[] {
  return describe(store, held.listHeldModels(store, {}))
}

/** One model by its digest, or by a beginning of it that no other has, with who holds it. */
export function showModel({ store }: Stored, text: string): Result<HeldModelDetail> {
  const digest = findDigest(store, text)
  if (!digest.ok) return digest
  const [model] = describe(store, held.listHeldModels(store, { digests: [digest.value] }))
  if (model === undefined) return fail('model-unknown', { model: text })
  const names = Map.groupBy(held.heldAs(store, { digest: digest.value }), each => each.instance_id)
  const holders = held.listHolders(store, { digests: [digest.value] }).map(record => ({
    ...holderOf(record),
    names: [...new Set(names.get(record.id)?.map(each => each.name))],
    pulledAt: names.get(record.id)?.[0]?.modified_at ?? null,
  }))
  return succeed({ ...model, holders })
}

const wholeDigest = /^[0-9a-f]{64}$/

/** The digest meant by some of its first digits. */
export function findDigest(store: ReadableStore, text: string): Result<string> {
  const start = text
    .trim()
    .toLowerCase()
    .replace(/^sha256[:-]/, '')
  if (wholeDigest.test(start)) return succeed(start)
  if (!/^[0-9a-f]{6,63}$/.test(start)) return fail('model-unknown', { model: text })
  const found = held.digestsLike(store, { from: start, below: `${start}g` })
  const digests = [...new Set(found.flatMap(each => each.digest ?? []))]
  if (digests.length > 1) return fail('model-ambiguous', { model: text, count: digests.length })
  return digests[0] === undefined ? fail('model-unknown', { model: text }) : succeed(digests[0])
}

function describe(store: ReadableStore, records: readonly held.HeldModelRecord[]): HeldModel[] {
  const said = Map.groupBy(held.capabilitiesSaid(store, {}), each => each.digest)
  return records.map(record => {
    const names: string[] = JSON.parse(record.names)
    return {
      digest: record.digest,
      names: names.sort(),
      family: record.family,
      parameterSize: record.parameter_size,
      quantization: record.quantization,
      sizeBytes: record.size_bytes,
      sources: [...new Set(names.flatMap(name => registryOf(name) ?? []))].sort(),
      remoteModel: record.remote_model,
      remoteHost: record.remote_host,
      capabilities: capabilitiesOf(record, said.get(record.digest ?? '') ?? []),
      instances: record.instances,
      present: record.present,
      sites: record.sites,
      firstSeenAt: record.first_seen_at === null ? null : isoInstant(record.first_seen_at),
      lastSeenAt: isoInstant(record.last_seen_at),
      approved:
        record.approved_at === null
          ? null
          : { at: isoInstant(record.approved_at), by: record.approved_by ?? '', note: record.note ?? '' },
    }
  })
}

/** What was answered about it goes before what lists say; a disagreement says nothing. */
function capabilitiesOf(
  { listed_capabilities: listed }: held.HeldModelRecord,
  said: readonly { readonly capabilities: string }[],
): string[] | null {
  const answers = new Set(
    said.map(({ capabilities }) => JSON.stringify((JSON.parse(capabilities) as string[]).sort())),
  )
  const [answer] = answers
  if (answers.size > 1) return null
  return answer === undefined ? (listed === null ? null : JSON.parse(listed)) : JSON.parse(answer)
}

function holderOf(record: held.HolderRecord): Holder {
  return {
    instance: record.id as InstanceId,
    site: record.site,
    address: record.address,
    port: record.port,
    product: record.product as Product,
    suspected: record.suspected as Suspected,
    version: record.version,
    presence: record.presence as Presence,
    lastSeenAt: isoInstant(record.last_seen_at),
  }
}

/** Names that silently came to mean another content, newest first. */
export function listTagChanges({ store }: Stored, limit: number): TagChange[] {
  return held.tagChanges(store, { limit }).map(record => ({
    instance: record.instance_id as InstanceId,
    site: record.site,
    address: record.address,
    port: record.port,
    product: record.product as Product,
    suspected: record.suspected as Suspected,
    name: record.name,
    from: record.from_digest,
    to: record.to_digest,
    at: isoInstant(record.at),
    scan: record.scan_id as ScanId,
    fromApproved: record.was_approved !== null,
    toApproved: record.is_approved !== null,
  }))
}

/** How much rests on how little: families, quantizations, pairs of them, and single models. */
export function showConcentration({ store }: Stored): Concentration {
  const { instances, models } = held.countHolders(store, {}) ?? { instances: 0, models: 0 }
  return {
    instances,
    models: models ?? 0,
    by: [
      concentrationOf('family', held.countHeld(store, ['family']), instances),
      concentrationOf('quantization', held.countHeld(store, ['quantization']), instances),
      concentrationOf(
        'family and quantization',
        held.countHeld(store, ['family', 'quantization']),
        instances,
      ),
      concentrationOf('digest', held.countHeld(store, ['digest']), instances),
    ],
  }
}

/** Who is hit, from what is taken to be affected. Versions must be such; digests may be beginnings. */
export function blastRadiusOf(reading: Stored, request: BlastRequest): Result<BlastRadius> {
  const { versionFrom, versionBelow, digests, ...rest } = request
  const wrong = [versionFrom, versionBelow].find(text => text !== undefined && versionKey(text) === null)
  if (wrong !== undefined) return fail('version-malformed', { version: wrong })
  const found = digests?.map(text => findDigest(reading.store, text))
  const missing = found?.find(each => !each.ok)
  if (missing !== undefined && !missing.ok) return missing
  return succeed(
    blastRadius(reading, {
      ...rest,
      digests: found?.flatMap(each => (each.ok ? [each.value] : [])),
      versionFrom: versionFrom === undefined ? undefined : (versionKey(versionFrom) ?? undefined),
      versionBelow: versionBelow === undefined ? undefined : (versionKey(versionBelow) ?? undefined),
    }),
  )
}

/** The same for any wishes about models, versions and a set of instances. */
export function blastRadius({ store }: Stored, wanted: held.HeldBy): BlastRadius {
  const instances = held.listHolders(store, wanted).map(holderOf)
  const bySite = Map.groupBy(instances, each => each.site)
  const models = held.listHeldModels(store, wanted).map(record => ({
    digest: record.digest,
    name: (JSON.parse(record.names) as string[]).sort()[0] ?? '',
    instances: record.instances,
  }))
  return {
    instances,
    sites: [...bySite].map(([site, of]) => ({ site, instances: of.length })),
    // Until instances have owners, nobody answers for any.
    owners: instances.length === 0 ? [] : [{ owner: null, instances: instances.length }],
    models,
  }
}
