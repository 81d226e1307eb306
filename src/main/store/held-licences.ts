import { licenceIds } from '#shared/domain/licence.ts'
import { digestSets } from './digest-sets.ts'
import { dataVersion } from './inventory-rows.ts'
import { readLicence } from './licence-texts.ts'
import { allLicences, licencesThereAre } from './model-licences.ts'
import { type ReadableStore, rememberedOn } from './statement.ts'

/** What is known of each digest's licence, by the number of its text. */
export interface HeldLicences {
  readonly byDigest: ReadonlyMap<string, number>
  /** Identifiers by that number; null: there is something in it that is not known. */
  readonly ids: ReadonlyMap<number, readonly (string | null)[]>
}

interface Kept extends HeldLicences {
  readonly version: number
}

const kept = new WeakMap<object, Kept>()

/**
 * Read again when something was learnt, and that counts as a change of rows. At 175,108 instances there are ninety thousand
 * digests under some tens of licences.
 */
export function heldLicences(store: ReadableStore): HeldLicences {
  const version = dataVersion(store)
  const key = rememberedOn(store) ?? store.connection
  const before = kept.get(key)
  if (before?.version === version) return before
  const byDigest = new Map(allLicences(store, {}).map(({ digest, licence }) => [digest, licence]))
  const ids = new Map(
    [...new Set(byDigest.values())].map(licence => [licence, licenceIds(readLicence(store, licence))]),
  )
  const now: Kept = { version, byDigest, ids }
  kept.set(key, now)
  return now
}

/** 1 for each list of digests that holds one under a wanted licence; `undefined`: nobody was asked about it. */
export function setsUnder(
  store: ReadableStore,
  isWanted: (ids: readonly (string | null)[] | undefined) => boolean,
): Uint8Array {
  const { byDigest, ids } = heldLicences(store)
  const known = digestSets(store)
  const wanted = new Set([...ids].filter(([, list]) => isWanted(list)).map(([licence]) => licence))
  const isUnaskedWanted = isWanted(undefined)
  const terms = new Uint8Array(known.termLimit)
  for (const [term, digest] of known.digests) {
    const licence = byDigest.get(digest)
    if (licence === undefined ? isUnaskedWanted : wanted.has(licence)) terms[term] = 1
  }
  const sets = Buffer.alloc(known.setLimit)
  for (let index = 0; index < known.sets.length; index++)
    if (terms[known.terms[index] ?? 0] === 1) sets[known.sets[index] ?? 0] = 1
  return sets
}

/** Identifiers in use. */
export function licencesInUse(store: ReadableStore): string[] {
  const lists = licencesThereAre(store, {}).map(({ licence }) => licenceIds(readLicence(store, licence)))
  return [...new Set(lists.flat())].filter(id => id !== null)
}
