import type { ListedModel } from '#shared/domain/observation.ts'
import { type Holder, type KnownClaim, planQuestions, questionKey } from '../governance/claims.ts'
import type { Enquiry, EnquiryBatch } from '../scanner/enquire.ts'
import { generationOf } from '../scanner/products/ollama-show.ts'
import type { WritableStore } from '../store/statement.ts'
import { claimsKnownToWriter, type KnownClaims, mayAsk } from './known-claims.ts'
import type { SeenHolder } from './recording.ts'

/** At most so often are new questions drawn from answers: once for two holders, once more where they disagree, once spare. */
const mostRounds = 3

/**
 * Asks for the details of models nobody has been asked about yet, or not about all of them: who is asked is decided from
 * what the whole scan has seen and from earlier answers.
 */
export async function* askDetails(
  store: WritableStore,
  holders: ReadonlyMap<string, SeenHolder>,
  ask: (enquiries: Enquiry[]) => AsyncIterable<EnquiryBatch>,
): AsyncGenerator<EnquiryBatch, void, void> {
  const bySite = Map.groupBy(holders.values(), holder => holder.site)
  const sites = [...bySite].map(([site, members]) => questionsAt(store, site, members))
  for (let round = 0; round < mostRounds; round++) {
    const enquiries = sites.flatMap(site => site.next())
    if (enquiries.length === 0) return
    yield* ask(enquiries)
  }
}

interface Questions {
  /** Who is asked now, from the answers there are. */
  next(): Enquiry[]
}

/** What the holders at a site are asked, round by round. */
function questionsAt(store: WritableStore, site: number, members: readonly SeenHolder[]): Questions {
  const known = claimsKnownToWriter(store)
  const byEndpoint = new Map(members.map(holder => [holder.endpoint, holder]))
  // Asked now, whether answered or not: once in a scan is enough.
  const asked = new Set<string>()
  let open = holdersOf(members)
  return {
    next() {
      open = stillOpen(known, site, open)
      const questions = planQuestions(open, answersTo(known, site, open), asked, mayAsk)
      const digests = new Set<string>()
      const enquiries = questions.flatMap(({ holder, models }) => {
        for (const { digest } of models) asked.add(questionKey(holder, digest))
        for (const { digest } of models) digests.add(digest)
        const seen = byEndpoint.get(holder)
        return seen === undefined ? [] : [{ place: seen.place, version: seen.version, models }]
      })
      // Answers bring up no questions but about what they are about.
      open = only(open, ({ digest }) => digest !== null && digests.has(digest))
      return enquiries
    },
  }
}

function holdersOf(members: readonly SeenHolder[]): Holder<number>[] {
  const generations = new Map<string | null, string>()
  return members.map(({ endpoint, version, models }) => {
    const generation = generations.get(version) ?? generationOf(version)
    generations.set(version, generation)
    return { id: endpoint, generation, models }
  })
}

/** Holders with the models about which not everything is said yet. */
function stillOpen(known: KnownClaims, site: number, holders: readonly Holder<number>[]): Holder<number>[] {
  const settled = new Map<string, (digest: string) => boolean>()
  return only(holders, ({ digest }, generation) => {
    const isSettled = settled.get(generation) ?? known.settledAt(site, generation)
    settled.set(generation, isSettled)
    return digest !== null && !isSettled(digest)
  })
}

function only(
  holders: readonly Holder<number>[],
  isMeant: (model: ListedModel, generation: string) => boolean,
): Holder<number>[] {
  return holders.flatMap(({ id, generation, models }) => {
    const meant = models.filter(model => isMeant(model, generation))
    return meant.length === 0 ? [] : [{ id, generation, models: meant }]
  })
}

/** What is said of the models so far. A holder that was not seen this time still has had its say. */
function answersTo(
  known: KnownClaims,
  site: number,
  holders: readonly Holder<number>[],
): KnownClaim<number>[] {
  return contentsOf(holders).flatMap(content =>
    known.of(site, content.digest, content.generation).map(answer => ({ ...content, ...answer })),
  )
}

/** What the models are, each once. */
function contentsOf(holders: readonly Holder<number>[]) {
  const digests = new Map<string, Set<string>>()
  for (const { generation, models } of holders) {
    const there = digests.get(generation) ?? new Set<string>()
    digests.set(generation, there)
    for (const { digest } of models) if (digest !== null) there.add(digest)
  }
  return [...digests].flatMap(([generation, there]) => [...there].map(digest => ({ digest, generation })))
}
