import type { AdvisoryBasis, AdvisoryMatch } from '#shared/domain/advisory-match.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'
import { adviseOn, countAffected, trustOf } from '../governance/advisories.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { AdvisoryShelf } from './advisory-shelf.ts'

/** What the advisories in force say about one instance, and what that rests on. */
export function advisoriesFor(
  store: ReadableStore,
  shelf: AdvisoryShelf,
  facts: StableFacts,
): { readonly advisories: AdvisoryMatch[] | null; readonly advisoryBasis: AdvisoryBasis | null } {
  const trust = trustOf(facts)
  if (trust === null) return { advisories: null, advisoryBasis: null }
  const { edition } = shelf.inForce(store)
  const advisories = trust === 'trusted' ? adviseOn(edition.data.advisories, facts.version) : null
  return { advisories, advisoryBasis: { edition: edition.about, version: facts.version, trust } }
}

/** Whether the advisories can say anything of an instance's version. */
export function isAdvised(facts: StableFacts): boolean {
  return trustOf(facts) === 'trusted'
}

/** More different version texts than all releases there are: whatever is beyond is somebody's invention. */
const mostCounts = 1000

/** In how many affected ranges an instance's version lies; null: it is no Ollama, or its version says nothing. */
export function advisoryCounter(
  store: ReadableStore,
  shelf: AdvisoryShelf,
): (facts: StableFacts) => number | null {
  // Which edition is in force is the same for a whole list.
  const affected = affectedBy(store, shelf)
  return facts => (isAdvised(facts) ? affected(facts.version ?? '') : null)
}

/** In how many affected ranges each version lies, by the edition in force. */
export function affectedBy(store: ReadableStore, shelf: AdvisoryShelf): (version: string) => number {
  const { data, counts } = shelf.inForce(store).edition
  return version => {
    const known = counts.get(version)
    if (known !== undefined) return known
    const count = countAffected(data.advisories, version)
    if (counts.size >= mostCounts) counts.clear()
    counts.set(version, count)
    return count
  }
}
