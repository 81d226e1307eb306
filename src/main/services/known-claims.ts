import { saidOf } from '#shared/domain/licence.ts'
import type { ListedModel } from '#shared/domain/observation.ts'
import { isCloudName } from '../scanner/allow-list.ts'
import { generationOf, needsShow } from '../scanner/products/ollama-show.ts'
import { type ClaimRecord, claimsAboutEach, claimsFor } from '../store/claims.ts'
import { readLicence } from '../store/licence-texts.ts'
import type { ReadableStore, WritableStore } from '../store/statement.ts'

export interface KnownAnswer {
  readonly holder: number
  readonly capabilities: readonly string[]
  /** What was said of the licence, as a digest; null: asked before licences were read. */
  readonly licence: string | null
}

/** What is known of a model on servers of one generation at a site. */
interface Known {
  readonly answers: readonly KnownAnswer[]
  /** Two holders said the same of all that is asked today: nobody needs to be asked any more. */
  readonly isSettled: boolean
}

/** What holders said about models: each is read once. */
export interface KnownClaims {
  of(site: number, digest: string, generation: string): readonly KnownAnswer[]
  /** Tells of digests whether nobody needs to be asked any more; good until something is forgotten. */
  settledAt(site: number, generation: string): (digest: string) => boolean
  /**
   * Whether the holder of a snapshot need not be asked about anything it lists, because others or itself have said it all:
   * told at once where it was so before.
   */
  isAllSaid(endpoint: number, site: number, snapshot: number, listed: () => Listed): boolean
  forget(site: number, digest: string, generation: string): void
}

interface Listed {
  readonly version: string | null
  readonly models: readonly ListedModel[] | null
}

export type Triple = readonly [site: number, digest: string, generation: string]

/** Good for one question, or one transaction. */
export function rememberClaims(store: ReadableStore): KnownClaims {
  const known = new Map<string, Map<string, Known>>()
  const settled = new Map<number, Set<number>>()
  let count = 0
  const lookUp = (site: number, digest: string, generation: string) => {
    const key = `${site} ${generation}`
    const there = known.get(key) ?? new Map<string, Known>()
    const found = there.get(digest)
    if (found !== undefined) return found
    if (count++ > mostRemembered) {
      known.clear()
      // What lies in them is among what is known.
      settled.clear()
      count = 0
    }
    known.set(key, there)
    const read = knownFrom(store, claimsFor(store, { site, digest, generation }))
    there.set(digest, read)
    return read
  }
  const isSettled = (site: number, digest: string, generation: string) =>
    lookUp(site, digest, generation).isSettled
  const noteSettled = (site: number, snapshot: number) => {
    const there = settled.get(site) ?? new Set<number>()
    if (there.size >= mostRemembered) there.clear()
    settled.set(site, there.add(snapshot))
  }
  const spoken = new Map<number, number>()
  const noteSpoken = (endpoint: number, snapshot: number) => {
    if (spoken.size >= mostRemembered) spoken.clear()
    spoken.set(endpoint, snapshot)
  }
  const hasSpoken = (endpoint: number, site: number, model: ListedModel, generation: string) =>
    !mayAsk(model) ||
    lookUp(site, model.digest ?? '', generation).answers.some(
      ({ holder, licence }) => holder === endpoint && licence !== null,
    )
  return {
    isAllSaid(endpoint, site, snapshot, listed) {
      if (settled.get(site)?.has(snapshot) || spoken.get(endpoint) === snapshot) return true
      const { version, models } = listed()
      const asked = (models ?? []).filter(({ digest }) => digest !== null)
      const generation = generationOf(version)
      if (asked.every(({ digest }) => isSettled(site, digest ?? '', generation))) noteSettled(site, snapshot)
      else if (asked.every(model => hasSpoken(endpoint, site, model, generation)))
        noteSpoken(endpoint, snapshot)
      else return false
      return true
    },
    of: (site, digest, generation) => lookUp(site, digest, generation).answers,
    settledAt(site, generation) {
      const there = known.get(`${site} ${generation}`)
      return digest => there?.get(digest)?.isSettled ?? isSettled(site, digest, generation)
    },
    forget(site, digest, generation) {
      const there = known.get(`${site} ${generation}`)
      // What was settled may not be any more. What nobody has looked at since is in no snapshot that is.
      if (there?.get(digest)?.isSettled === true) settled.delete(site)
      there?.delete(digest)
    },
  }
}

/**
 * Never of a model that runs elsewhere: the question would travel on to its host. Nor of one tagged `local`: since 0.18.0
 * the server reads that as "not the cloud" and answers about the tag `latest` instead (measured).
 */
export function mayAsk(model: ListedModel): boolean {
  return needsShow(model) && !isCloudName(model.name) && !model.name.endsWith(':local')
}

const mostRemembered = 200_000

type Said = Pick<ClaimRecord, 'endpoint_id' | 'capabilities' | 'licence'>

type Answer = Pick<KnownAnswer, 'holder' | 'capabilities'>

/** What holders said that models can do. */
export interface SaidOfModels {
  of(site: number, digest: string, generation: string): readonly Answer[]
}

/** Of several models, from one question: no more than their list shows. */
export function saidOfModels(store: ReadableStore, triples: readonly Triple[]): SaidOfModels {
  const byPlace = new Map<string, Map<string, Answer[]>>()
  const wanted: Triple[] = []
  const said: Answer[][] = []
  for (const triple of triples) {
    const [site, digest, generation] = triple
    const key = `${site} ${generation}`
    const there = byPlace.get(key) ?? new Map<string, Answer[]>()
    byPlace.set(key, there)
    if (there.has(digest)) continue
    const answers: Answer[] = []
    there.set(digest, answers)
    wanted.push(triple)
    said.push(answers)
  }
  for (const [place, holder, capabilities] of claimsAboutEach(store, JSON.stringify(wanted))) {
    said[place]?.push({ holder, capabilities: capabilitiesIn(capabilities) })
  }
  return { of: (site, digest, generation) => byPlace.get(`${site} ${generation}`)?.get(digest) ?? [] }
}

const parsed = new Map<string, readonly string[]>()
const mostParsed = 1000

/** The same text is the same list: there are a handful of them. */
function capabilitiesIn(text: string): readonly string[] {
  const known = parsed.get(text)
  if (known !== undefined) return known
  if (parsed.size >= mostParsed) parsed.clear()
  const capabilities = JSON.parse(text) as string[]
  parsed.set(text, capabilities)
  return capabilities
}

function knownFrom(store: ReadableStore, claims: readonly Said[]): Known {
  const capabilities = new Set(claims.map(claim => claim.capabilities))
  const licences = claims.map(({ licence }) =>
    licence === null ? null : saidOf(readLicence(store, licence)),
  )
  const answered = licences.filter(licence => licence !== null)
  return {
    answers: claims.map((claim, index) => ({
      holder: claim.endpoint_id,
      capabilities: capabilitiesIn(claim.capabilities),
      licence: licences[index] ?? null,
    })),
    isSettled: answered.length > 1 && new Set(answered).size === 1 && capabilities.size === 1,
  }
}

const kept = new WeakMap<object, KnownClaims>()

/** Remembered from one scan to the next: nobody but the writer writes answers, and it says so by `forget`. */
export function claimsKnownToWriter(store: WritableStore): KnownClaims {
  const claims = kept.get(store.connection) ?? rememberClaims(store)
  kept.set(store.connection, claims)
  return claims
}
