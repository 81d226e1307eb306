import type { RunningModel } from '#shared/domain/model.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'

/** Why two endpoints are said to lead to one server. */
export type SameServerProof = 'same-running' | 'same-models-proxied'

/** One endpoint as one scan saw it. */
export interface Sighting {
  readonly endpoint: number
  readonly instance: number
  readonly address: string
  readonly scheme: string
  readonly basePath: string
  readonly facts: StableFacts
  readonly running: readonly RunningModel[] | null
}

export interface SameServer<S> {
  readonly members: readonly S[]
  readonly proof: SameServerProof
}

/**
 * Which endpoints of one site lead to the same server. Equal models prove nothing: golden images and shared model folders
 * have them. Two things do, each together with the same version and the same models with the same instants of change:
 * - the same models in memory that expire at the same nanosecond: every use of a model sets that instant anew;
 * - the same address, and something in front of one of them: Ollama speaks neither TLS nor below a path nor with a `Server`
 *   header, so a second way in is there. Unless the models in memory differ.
 */
export function sameServers<S extends Sighting>(sightings: readonly S[]): SameServer<S>[] {
  const known = sightings.flatMap(sighting => {
    const key = fingerprintOf(sighting.facts)
    return key === null ? [] : [{ sighting, key: `${key} ${runningKey(sighting.running)}` }]
  })
  const alike = [...Map.groupBy(known, ({ key }) => key).values()]
  return alike.flatMap(group => provenAmong(group.map(({ sighting }) => sighting)))
}

/** Of endpoints with the same version, models and running models. */
function provenAmong<S extends Sighting>(alike: readonly S[]): SameServer<S>[] {
  if (alike.length < 2) return []
  if (isPrecise(runningKey(alike[0]?.running ?? null))) return [{ members: alike, proof: 'same-running' }]
  const byAddress = [...Map.groupBy(alike, ({ address }) => address).values()]
  return byAddress
    .filter(there => there.length > 1 && there.some(isProxied))
    .map(members => ({ members, proof: 'same-models-proxied' as const }))
}

/** Whether two endpoints that were said to lead to one server cannot: other products, other versions, nothing in common. */
export function areDifferent(a: StableFacts, b: StableFacts): boolean {
  if (a.product !== b.product) return a.product !== 'unknown' && b.product !== 'unknown'
  if (a.version !== null && b.version !== null && a.version !== b.version) return true
  const [mine, others] = [pairsOf(a), new Set(pairsOf(b))]
  return mine.length > 0 && others.size > 0 && !mine.some(pair => others.has(pair))
}

/** Version and (digest, instant of change) of every model; null where one of them is not known. */
function fingerprintOf(facts: StableFacts): string | null {
  const { product, version, models, cloudDisabled } = facts
  if (product !== 'ollama' || version === null || models === null || models.length === 0) return null
  const pairs = pairsOf(facts)
  return pairs.length < models.length ? null : JSON.stringify([version, cloudDisabled, ...pairs.sort()])
}

function pairsOf({ models }: StableFacts): string[] {
  return (models ?? []).flatMap(({ digest, modifiedAt }) =>
    digest === null || modifiedAt === null ? [] : [`${digest} ${modifiedAt}`],
  )
}

function runningKey(running: readonly RunningModel[] | null): string {
  return running === null
    ? 'unknown'
    : running
        .map(({ digest, expiresAt }) => `${digest} ${expiresAt}`)
        .sort()
        .join('\n')
}

/** An instant that a clock gave, not a round number somebody wrote down. */
function isPrecise(key: string): boolean {
  return /\.\d{9}Z/.test(key) && !/\.\d{0,3}0{6}Z/.test(key)
}

/** Whether something stands in front: Ollama itself speaks neither TLS nor below a path, and names no server. */
export function isProxied({
  scheme,
  basePath,
  facts,
}: Pick<Sighting, 'scheme' | 'basePath' | 'facts'>): boolean {
  return scheme === 'https' || basePath !== '' || facts.front !== null
}
