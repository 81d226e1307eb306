import { agreedLicence, licenceIds, type ModelLicence, unaskedLicence } from '#shared/domain/licence.ts'
import type { Model } from '#shared/domain/model.ts'
import { raiseVersion } from '../store/inventory-rows.ts'
import {
  allLicences,
  keepLicence,
  licencesOfDigests,
  licencesSaid,
  markHoldersStale,
} from '../store/model-licences.ts'
import type { ReadableStore, WritableStore } from '../store/statement.ts'

/** Puts together what was answered about the licences of contents; whoever holds one of which it says something new is judged again. */
export function learnLicences(store: WritableStore, digests: ReadonlySet<string>): void {
  const changed = [...digests].filter(digest => {
    const said = licencesSaid(store, { digest }).map(({ licence }) => licenceFrom(licence))
    const licence = agreedLicence(said)
    const names = JSON.stringify([...new Set(licenceIds(licence).map(id => id ?? ''))].sort())
    return keepLicence(store, { digest, names, licence: JSON.stringify(licence) }).count > 0
  })
  if (changed.length === 0) return
  markHoldersStale(store, { digests: JSON.stringify(changed) })
  raiseVersion(store, {})
}

/** As a claim keeps it. */
export function licenceFrom(json: string | null): ModelLicence {
  return json === null ? unaskedLicence : (JSON.parse(json) as ModelLicence)
}

/** What is known of the licence of every content. */
export function knownLicences(store: ReadableStore): (digest: string | null) => ModelLicence {
  const known = new Map(allLicences(store, {}).map(({ digest, licence }) => [digest, licence]))
  return lookUp(known)
}

/** The same of some of them. */
export function licencesAmong(
  store: ReadableStore,
  digests: Iterable<string | null>,
): (digest: string | null) => ModelLicence {
  const wanted = [...new Set(digests)].filter(digest => digest !== null)
  if (wanted.length === 0) return () => unaskedLicence
  const found = licencesOfDigests(store, { digests: JSON.stringify(wanted) })
  return lookUp(new Map(found.map(({ digest, licence }) => [digest, licence])))
}

function lookUp(known: ReadonlyMap<string, string>) {
  // Ten thousands of models have one of some tens of licences.
  const read = new Map<string, ModelLicence>()
  return (digest: string | null): ModelLicence => {
    const json = digest === null ? undefined : known.get(digest)
    if (json === undefined) return unaskedLicence
    const licence = read.get(json) ?? licenceFrom(json)
    read.set(json, licence)
    return licence
  }
}

/** Models as people see them: with their licences. */
export function withLicences(
  models: readonly Model[] | null,
  licenceOf: (digest: string | null) => ModelLicence,
): Model[] | null {
  return models?.map(model => ({ ...model, licence: licenceOf(model.digest) })) ?? null
}
