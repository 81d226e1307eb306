import { licenceIds, type ModelLicence } from '#shared/domain/licence.ts'
import { type DigestSets, digestSets, holdsOne } from './digest-sets.ts'
import { dataVersion } from './inventory-rows.ts'
import { readLicence } from './licence-texts.ts'
import { allLicences, licencesThereAre } from './model-licences.ts'
import { type ReadableStore, rememberedOn } from './statement.ts'

/** What is known of each digest's licence, by the number of its text. */
export interface HeldLicences {
  readonly byDigest: ReadonlyMap<string, number>
  /** By that number. */
  readonly licences: ReadonlyMap<number, ModelLicence>
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
  const licences = new Map(
    [...new Set(byDigest.values())].map(licence => [licence, readLicence(store, licence)]),
  )
  const now: Kept = { version, byDigest, licences }
  kept.set(key, now)
  return now
}

/** 1 for each list of digests that holds one under a wanted licence; `undefined`: nobody was asked about it. */
export function setsUnder(
  store: ReadableStore,
  isWanted: (ids: readonly (string | null)[] | undefined) => boolean,
): Uint8Array {
  const held = heldLicences(store)
  const known = digestSets(store)
  const { lists, ofTerm } = licencesOfTerms(held, known)
  const wanted = Uint8Array.from([undefined, ...lists], ids => (isWanted(ids) ? 1 : 0))
  const isMarked = Uint8Array.from(ofTerm, place => wanted[place] ?? 0)
  const sets = Buffer.alloc(known.setLimit)
  for (let set = 0; set < known.setLimit; set++) if (holdsOne(known, set, isMarked)) sets[set] = 1
  return sets
}

interface LicencesOfTerms {
  readonly known: DigestSets
  /** Identifiers; null: there is something that is not known. */
  readonly lists: readonly (readonly (string | null)[])[]
  /** For each digest, the place of its list and one more; 0: nobody was asked. */
  readonly ofTerm: Uint32Array
}

const byTerm = new WeakMap<HeldLicences, LicencesOfTerms>()

function licencesOfTerms(held: HeldLicences, known: DigestSets): LicencesOfTerms {
  const before = byTerm.get(held)
  if (before?.known === known) return before
  const places = new Map([...held.licences.keys()].map((licence, index) => [licence, index + 1]))
  const ofTerm = new Uint32Array(known.termLimit)
  for (const [term, digest] of known.digests) ofTerm[term] = places.get(held.byDigest.get(digest) ?? -1) ?? 0
  const now = { known, lists: [...held.licences.values()].map(licenceIds), ofTerm }
  byTerm.set(held, now)
  return now
}

/** Identifiers in use. */
export function licencesInUse(store: ReadableStore): string[] {
  const lists = licencesThereAre(store, {}).map(({ licence }) => licenceIds(readLicence(store, licence)))
  return [...new Set(lists.flat())].filter(id => id !== null)
}
