import type { ModelFact } from '#shared/domain/facts.ts'
import { type ModelLicence, unaskedLicence } from '#shared/domain/licence.ts'
import { type Model, toolCallingOf } from '#shared/domain/model.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'
import type { SystemPrompt } from '#shared/domain/system-prompt.ts'
import { type KnownClaim, promptFor } from '../governance/claims.ts'
import { type AboutModel, modelFactOf } from '../governance/facts.ts'
import { describeModels } from '../governance/summarise.ts'

export type Claim = Pick<KnownClaim<number>, 'holder' | 'capabilities'> & {
  readonly system: SystemPrompt | null
}

/** The models an instance lists, as rules see them; null: nobody knows them. */
export interface ModelSet {
  readonly models: readonly ModelFact[] | null
  readonly toolCalling: boolean | null
}

interface SharedSet extends ModelSet {
  /** Endpoints that were asked about one of them: what they answered themselves counts first. */
  readonly holders: ReadonlySet<number>
}

/** Sets of models by the snapshot that lists them and the site, where what was said of them is the same for all. */
export type ModelSets = Map<string, SharedSet>

export interface ModelReading {
  readonly sets: ModelSets
  /** The register of approved models; empty: nobody keeps one, and nothing can be said. */
  readonly approved: ReadonlySet<string>
  /** Names that meant an approved content once, by endpoint. */
  readonly approvedOnce: ReadonlyMap<number, ReadonlySet<string>>
  readonly claimsOf: (digest: string) => readonly Claim[]
  readonly licenceOf: (digest: string) => ModelLicence
}

/** The models of a snapshot as one endpoint shows them: shared by all that were not asked themselves. */
export function modelSetOf(
  reading: ModelReading,
  endpoint: number,
  key: string,
  listed: StableFacts['models'],
): ModelSet {
  const shared = reading.sets.get(key) ?? share(reading, listed)
  reading.sets.set(key, shared)
  const isAlone = shared.holders.has(endpoint) || reading.approvedOnce.has(endpoint)
  return isAlone ? setFor(reading, endpoint, listed) : shared
}

function share(reading: ModelReading, listed: StableFacts['models']): SharedSet {
  const claims = (listed ?? []).flatMap(({ digest }) => (digest === null ? [] : reading.claimsOf(digest)))
  return { ...setFor(reading, nobody, listed), holders: new Set(claims.map(({ holder }) => holder)) }
}

/** No endpoint has this number. */
const nobody = 0

function setFor(reading: ModelReading, endpoint: number, listed: StableFacts['models']): ModelSet {
  const models = describeModels(listed, endpoint, reading.claimsOf)
  return {
    models: models?.map(model => modelFactOf(model, aboutModel(reading, endpoint, model))) ?? null,
    toolCalling: toolCallingOf(models),
  }
}

/** What is known of a model beside what its server lists. */
function aboutModel(
  { approved, approvedOnce, claimsOf, licenceOf }: ModelReading,
  endpoint: number,
  { name, digest }: Model,
): AboutModel {
  if (digest === null) return { approved: null, drifted: null, system: undefined, licence: unaskedLicence }
  const isApproved = approved.has(digest)
  const isDrifted = !isApproved && approvedOnce.get(endpoint)?.has(name) === true
  return {
    approved: approved.size === 0 ? null : isApproved,
    // Whether others hold another content under the name is not looked at.
    drifted: isApproved ? false : isDrifted || null,
    system: promptFor(endpoint, claimsOf(digest)),
    licence: licenceOf(digest),
  }
}
