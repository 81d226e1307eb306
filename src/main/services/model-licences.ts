import { agreedLicence, type ModelLicence, unaskedLicence } from '#shared/domain/licence.ts'
import type { Model } from '#shared/domain/model.ts'
import { heldLicences } from '../store/held-licences.ts'
import { raiseVersion } from '../store/inventory-rows.ts'
import { readLicence } from '../store/licence-texts.ts'
import {
  keepLicence,
  licenceOfDigest,
  licencesOfDigests,
  licencesSaid,
  markHoldersStale,
} from '../store/model-licences.ts'
import type { ReadableStore, WritableStore } from '../store/statement.ts'
import { keepText } from '../store/texts.ts'
import { keptUntilWritten } from '../store/written-since.ts'

/** The number of what an answer says of a licence. */
export function keepLicenceText(store: WritableStore, licence: ModelLicence): number {
  return keepText(store, JSON.stringify(licence))
}

export interface SaidOfLicence {
  readonly digest: string
  /** As it was kept with the answer. */
  readonly licence: number
}

/** Puts together what was answered about the licences of contents; whoever holds one of which it says something new is judged again. */
export function learnLicences(store: WritableStore, said: readonly SaidOfLicence[]): void {
  const news = said.filter(({ digest, licence }) => licenceOfDigest(store, { digest })?.licence !== licence)
  const changed = [...new Set(news.map(({ digest }) => digest))].filter(digest => {
    const answers = licencesSaid(store, { digest }).map(({ licence }) => readLicence(store, licence))
    return keepLicence(store, { digest, licence: keepLicenceText(store, agreedLicence(answers)) }).count > 0
  })
  if (changed.length === 0) return
  markHoldersStale(store, { digests: JSON.stringify(changed) })
  raiseVersion(store, {})
}

/** What is known of the licence of every content. */
export function knownLicences(store: ReadableStore): (digest: string | null) => ModelLicence {
  const { byDigest, licences } = heldLicences(store)
  return digest => licences.get(byDigest.get(digest ?? '') ?? -1) ?? unaskedLicence
}

/** The same of some of them. */
export function licencesAmong(
  store: ReadableStore,
  digests: Iterable<string | null>,
): (digest: string | null) => ModelLicence {
  const known = licencesRead(store)
  if (known.size > mostKnown) known.clear()
  const unread = [...new Set(digests)].filter(digest => digest !== null && !known.has(digest)) as string[]
  for (const digest of unread) known.set(digest, unaskedLicence)
  const found = unread.length === 0 ? [] : licencesOfDigests(store, { digests: JSON.stringify(unread) })
  for (const { digest, licence } of found) known.set(digest, readLicence(store, licence))
  return digest => known.get(digest ?? '') ?? unaskedLicence
}

/** By digest: from page to page, most are the same. */
const licencesRead = keptUntilWritten(() => new Map<string, ModelLicence>())
/** Some 3 MB. */
const mostKnown = 20_000

/** Models as people see them: with their licences. */
export function withLicences(
  models: readonly Model[] | null,
  licenceOf: (digest: string | null) => ModelLicence,
): Model[] | null {
  return models?.map(model => ({ ...model, licence: licenceOf(model.digest) })) ?? null
}
