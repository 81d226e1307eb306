import { formatPlace, type ListedModel } from '#shared/domain/observation.ts'
import { type Holder, type KnownClaim, planQuestions, questionKey } from '../governance/claims.ts'
import { isCloudName } from '../scanner/allow-list.ts'
import type { Enquiry, EnquiryBatch } from '../scanner/enquire.ts'
import { generationOf, needsShow } from '../scanner/products/ollama-show.ts'
import type { WritableStore } from '../store/statement.ts'
import { claimsKnownToWriter } from './known-claims.ts'
import type { SeenHolder } from './recording.ts'

/** At most so often are new questions drawn from answers: once for two holders, once more where they disagree, once spare. */
const mostRounds = 3

/**
 * Asks for the details of models nobody has been asked about yet, or not about all of them: who is asked is decided from what the whole scan
 * has seen and from earlier answers.
 */
export async function* askDetails(
  store: WritableStore,
  holders: ReadonlyMap<string, SeenHolder>,
  ask: (enquiries: Enquiry[]) => AsyncIterable<EnquiryBatch>,
): AsyncGenerator<EnquiryBatch, void, void> {
  const unanswered = new Set<string>()
  for (let round = 0; round < mostRounds; round++) {
    const enquiries = planEnquiries(store, holders, unanswered)
    if (enquiries.length === 0) return
    // Asked now, whether answered or not: once in a scan is enough.
    for (const { place, models } of enquiries) {
      for (const { digest } of models) unanswered.add(questionKey(formatPlace(place), digest))
    }
    yield* ask(enquiries)
  }
}

function planEnquiries(
  store: WritableStore,
  holders: ReadonlyMap<string, SeenHolder>,
  unanswered: ReadonlySet<string>,
): Enquiry[] {
  const bySite = Map.groupBy(holders, ([, holder]) => holder.site)
  return [...bySite].flatMap(([site, members]) => {
    const listed = openQuestions(store, site, members)
    const questions = planQuestions(listed, knownClaims(store, site, listed, holders), unanswered, mayAsk)
    return questions.flatMap(({ holder, models }) => {
      const asked = holders.get(holder)
      return asked === undefined ? [] : [{ place: asked.place, version: asked.version, models }]
    })
  })
}

/** Holders with the models about which not everything is said yet. */
function openQuestions(
  store: WritableStore,
  site: number,
  members: readonly (readonly [string, SeenHolder])[],
): Holder<string>[] {
  const known = claimsKnownToWriter(store)
  const generations = new Map<string | null, string>()
  return members.flatMap(([id, { version, models }]) => {
    const generation = generations.get(version) ?? generationOf(version)
    generations.set(version, generation)
    const open = models.filter(({ digest }) => digest !== null && !known.isSettled(site, digest, generation))
    return open.length === 0 ? [] : [{ id, generation, models: open }]
  })
}

/**
 * Never of a model that runs elsewhere: the question would travel on to its host. Nor of one tagged `local`: since 0.18.0
 * the server reads that as "not the cloud" and answers about the tag `latest` instead (measured).
 */
function mayAsk(model: ListedModel): boolean {
  return needsShow(model) && !isCloudName(model.name) && !model.name.endsWith(':local')
}

function knownClaims(
  store: WritableStore,
  site: number,
  listed: readonly Holder<string>[],
  holders: ReadonlyMap<string, SeenHolder>,
): KnownClaim<string>[] {
  const keyOf = new Map([...holders].map(([key, holder]) => [holder.endpoint, key]))
  const pairs = new Map<string, { digest: string; generation: string }>()
  for (const { generation, models } of listed) {
    for (const { digest } of models)
      if (digest !== null) pairs.set(`${digest} ${generation}`, { digest, generation })
  }
  const known = claimsKnownToWriter(store)
  return [...pairs.values()].flatMap(pair =>
    known.of(site, pair.digest, pair.generation).map(claim => ({
      ...pair,
      // A holder that was not seen this time still has had its say.
      holder: keyOf.get(claim.holder) ?? `endpoint ${claim.holder}`,
      capabilities: claim.capabilities,
      licence: claim.licence,
    })),
  )
}
