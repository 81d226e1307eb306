import type { HeldModel } from '#shared/domain/held-model.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import { registryOf } from '#shared/domain/model-source.ts'
import { capabilitiesSaid } from '../store/held-models.ts'
import { approvedModels, driftCounts, modelDecisions, modelSightings } from '../store/model-catalogue.ts'
import type { ReadableStore } from '../store/statement.ts'
import { type Catalogued, namesHeld } from './model-catalogue.ts'
import { knownLicences } from './model-licences.ts'

/** What is counted of a model. */
export interface Counted {
  readonly instances: number
  readonly present: number
  readonly sites: number
  readonly lastSeenAt: number
}

/** Everything servers said about contents, by digest: each different answer once. */
export function capabilitiesSaidOf(store: ReadableStore): Map<string, string[][]> {
  const said = new Map<string, string[][]>()
  // Ten thousands of answers say one of some tens of things.
  const distinct = new Map<string, string[]>()
  const read = new Map<string, string[]>()
  for (const { digest, capabilities } of capabilitiesSaid(store, {})) {
    const answer = read.get(capabilities) ?? inOrder(capabilities, distinct)
    read.set(capabilities, answer)
    const known = said.get(digest)
    if (known === undefined) said.set(digest, [answer])
    else if (!known.includes(answer)) known.push(answer)
  }
  return said
}

/** One list for all that say the same. */
function inOrder(capabilities: string, distinct: Map<string, string[]>): string[] {
  const answer = (JSON.parse(capabilities) as string[]).sort()
  const key = JSON.stringify(answer)
  const same = distinct.get(key) ?? answer
  distinct.set(key, same)
  return same
}

/** Models as people see them: what lists and servers say of each, what people decided, how it is counted. */
export function describeModels(
  store: ReadableStore,
  counted: readonly (readonly [Catalogued, Counted])[],
): HeldModel[] {
  const said = capabilitiesSaidOf(store)
  const licenceOf = knownLicences(store)
  const names = namesHeld(
    store,
    counted.map(([model]) => model),
  )
  const seen = new Map(modelSightings(store, {}).map(({ digest, first_at }) => [digest, first_at]))
  const judgedAs = registerOf(store)
  const drift = driftOf(store)
  return counted.map(([model, { instances, present, sites, lastSeenAt }]) => {
    const { key, entries: _, ...facts } = model
    const firstAt = seen.get(key)
    const held = names.get(key) ?? []
    return {
      ...facts,
      ...{ instances, present, sites },
      names: held,
      sources: [...new Set(held.flatMap(name => registryOf(name) ?? []))].sort(),
      capabilities: capabilitiesOf(model, said.get(key) ?? []),
      licence: licenceOf(model.digest),
      firstSeenAt: firstAt === undefined ? null : isoInstant(firstAt),
      lastSeenAt: isoInstant(lastSeenAt),
      ...judgedAs(key),
      drift: drift.get(key) ?? { to: 0, from: 0 },
    }
  })
}

/** What was answered about it goes before what lists say; a disagreement says nothing. */
function capabilitiesOf({ capabilities }: Catalogued, said: readonly string[][]): string[] | null {
  if (said.length > 1) return null
  return said[0] ?? (capabilities === null ? null : [...capabilities])
}

type Judged = Pick<HeldModel, 'register' | 'approved' | 'revoked'>

/** What the register says of each digest. */
export function registerOf(store: ReadableStore): (digest: string) => Judged {
  const approved = new Map(approvedModels(store, {}).map(record => [record.digest, record]))
  const revoked = new Map(
    modelDecisions(store, {}).flatMap(({ subject, kind, at, actor, body }) => {
      const note = (JSON.parse(body) as { note?: string }).note ?? ''
      return kind === 'model.revoked' ? [[subject, { at: isoInstant(at), by: actor, note }]] : []
    }),
  )
  return digest => {
    const record = approved.get(digest)
    if (record !== undefined) {
      const { approved_at, approved_by, note } = record
      return {
        register: 'approved',
        approved: { at: isoInstant(approved_at), by: approved_by, note },
        revoked: null,
      }
    }
    const withdrawn = revoked.get(`model ${digest}`) ?? null
    return { register: withdrawn === null ? 'not-judged' : 'revoked', approved: null, revoked: withdrawn }
  }
}

function driftOf(store: ReadableStore): Map<string, { to: number; from: number }> {
  const drift = new Map<string, { to: number; from: number }>()
  const of = (digest: string) => {
    const known = drift.get(digest) ?? { to: 0, from: 0 }
    drift.set(digest, known)
    return known
  }
  for (const { from_digest, to_digest, count } of driftCounts(store, {})) {
    of(from_digest).from += count
    of(to_digest).to += count
  }
  return drift
}
