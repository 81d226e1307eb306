import type { HeldModel, HeldModelDetail, ModelClaim, TagChange } from '#shared/domain/held-model.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'
import type { InstanceId, ScanId } from '#shared/ids.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { valueTerm } from '#shared/query/term.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { claimsAbout } from '../store/claims.ts'
import * as held from '../store/held-models.ts'
import { firstIds } from '../store/held-rows.ts'
import { readLicence } from '../store/licence-texts.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { holderOf } from './model-holders.ts'
import { listModels } from './model-list.ts'
import { queryContext } from './query-context.ts'

type Stored = Pick<Reading, 'store'>

/** One model by its digest, by a beginning of it that no other has, or by its name if it has no digest; with who holds it. */
export function showModel(reading: Reading, text: string, most: number): Result<HeldModelDetail> {
  const { store } = reading
  const model = findModel(reading, text)
  if (!model.ok) return model
  const { digest, names } = model.value
  const query = queryFor(model.value)
  const as =
    digest === null ? held.heldUnder(store, { name: names[0] ?? '' }) : held.heldAs(store, { digest })
  return succeed({
    ...model.value,
    query,
    tags: tagsOf(as),
    holders: holdersOf(reading, query, as, most),
    changes: digest === null ? [] : held.tagChangesOf(store, { digest }).map(tagChangeOf),
    claims: digest === null ? [] : claimsOf(store, digest),
  })
}

function findModel(reading: Reading, text: string): Result<HeldModel> {
  const all = listModels(reading, '')
  if (!all.ok) return all
  const named = all.value.find(({ digest, names }) => digest === null && names[0] === text.trim())
  if (named !== undefined) return succeed(named)
  const digest = findDigest(reading.store, text)
  if (!digest.ok) return digest
  const model = all.value.find(each => each.digest === digest.value)
  return model === undefined ? fail('model-unknown', { model: text }) : succeed(model)
}

/** Finds the holders of a model in the inventory. */
export function queryFor({ digest, names }: Pick<HeldModel, 'digest' | 'names'>): string {
  if (digest !== null) return valueTerm('digest', digest)
  return `${valueTerm('model', names[0] ?? '')} digest:unknown`
}

function tagsOf(as: readonly held.HeldAsRecord[]): HeldModelDetail['tags'] {
  const byName = Map.groupBy(as, each => each.name)
  return [...byName]
    .map(([name, of]) => ({ name, instances: new Set(of.map(each => each.instance_id)).size }))
    .sort((a, b) => b.instances - a.instances || (a.name < b.name ? -1 : 1))
}

function holdersOf(
  reading: Reading,
  query: string,
  as: readonly held.HeldAsRecord[],
  most: number,
): HeldModelDetail['holders'] {
  const parsed = parseQuery(query)
  if (!parsed.ok) return []
  const names = Map.groupBy(as, each => each.instance_id)
  const ids = firstIds(queryContext(reading, reading.now()), parsed.condition, most).filter(id =>
    names.has(id),
  )
  return held.listHolders(reading.store, { ids: JSON.stringify(ids) }).map(record => ({
    ...holderOf(record),
    names: [...new Set(names.get(record.id)?.map(each => each.name))],
    pulledAt: names.get(record.id)?.[0]?.modified_at ?? null,
  }))
}

function claimsOf(store: ReadableStore, digest: string): ModelClaim[] {
  return claimsAbout(store, { digest }).map(claim => ({
    capabilities: JSON.parse(claim.capabilities),
    method: claim.method as ModelClaim['method'],
    licence: readLicence(store, claim.licence),
    site: claim.site,
    generation: claim.generation,
    askedOf: `${claim.address}:${claim.port}`,
    askedAt: isoInstant(claim.asked_at),
  }))
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

/** Names that silently came to mean another content, newest first. */
export function listTagChanges({ store }: Stored, limit: number): TagChange[] {
  return held.tagChanges(store, { limit }).map(tagChangeOf)
}

function tagChangeOf(record: held.TagChangeRecord): TagChange {
  return {
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
  }
}
