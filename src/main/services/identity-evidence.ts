import type { ListedModel } from '#shared/domain/observation.ts'
import type { Evidence, Known, OldPlace, Subject } from '../governance/identity.ts'
import {
  answeredBefore,
  holdersOfMark,
  instancesShowingNew,
  marksKnown,
  marksOfEach,
  marksOfInstance,
  openProposals,
  type PlaceRecord,
  placesOf,
  placesSeen,
  proposalByKey,
  type SeenPlace,
} from '../store/identity.ts'
import { instanceById } from '../store/instances.ts'
import { scanById } from '../store/scans.ts'
import { readSnapshot } from '../store/snapshots.ts'
import type { ReadableStore } from '../store/statement.ts'
import { marksShown } from './marks.ts'
import type { RecordedScan } from './recording.ts'
import { coverageOf, type ScanCoverage } from './scan-coverage.ts'

/** An instance that this scan saw at places that show something new, and what it makes of it. */
export interface Examined {
  readonly id: number
  readonly places: readonly PlaceRecord[]
  readonly marks: readonly number[]
  /** By these marks, and no others, it has been known before. */
  readonly isKnownSo: boolean
  /** It has not been known by anything. */
  readonly isUnknown: boolean
  /** null: nothing contradicts that it is who it was; it is known by its marks from now on. */
  readonly subject: Subject | null
}

/** Up to when, and to which spell, it has been decided who is who. */
export interface Settled {
  readonly until: number
  readonly spell: number
}

/** A pull after the last scan, by the server's own clock: clocks of servers differ by so much at most. */
const clockToleranceMs = 3_600_000

/** Looks at every instance that showed something new, and at those a question is open about. */
export function examine(store: ReadableStore, scan: RecordedScan, settled: Settled): Examined[] {
  const changed = instancesShowingNew(store, { since: settled.until, above: settled.spell })
  const asked = openProposals(store, {}).flatMap(({ kind, members }) =>
    kind === 'clones' ? [] : (JSON.parse(members) as number[]).slice(0, 1),
  )
  const ids = new Set([...changed.map(each => each.instance_id), ...asked])
  const instances = JSON.stringify([...ids].sort((a, b) => a - b))
  const known = new Map(marksOfEach(store, { instances }))
  const about = { store, until: settled.until, askedAbout: foundAndAsked(store) }
  const seen = Map.groupBy(placesSeen(store, { instances, scan: scan.id }), place => place.instance_id)
  return [...seen].map(([id, places]) => examineOne(about, id, places, known.get(id) ?? ''))
}

interface Examining {
  readonly store: ReadableStore
  readonly until: number
  readonly askedAbout: ReadonlySet<number>
}

/** `known`: the marks it is known by, as a text. */
function examineOne(
  { store, until, askedAbout }: Examining,
  id: number,
  places: readonly SeenPlace[],
  known: string,
): Examined {
  const marks = marksShown(
    store,
    places.map(place => place.snapshot_id),
  )
  const isKnownSo = known === marks.join(',')
  const isUnknown = known === ''
  const stays = { id, places, marks, isKnownSo, isUnknown, subject: null }
  const subject = (given: Pick<Subject, 'since' | 'before' | 'isForeign'>): Examined => ({
    ...{ id, places, marks, isKnownSo: false, isUnknown },
    subject: { id, site: places[0]?.site_id ?? 0, marks: new Set(marks), ...given },
  })
  const found = () =>
    subject({ since: Math.min(...places.map(place => place.linked_at)), before: null, isForeign: false })
  if (isUnknown) return (places[0]?.found_at ?? 0) > until ? found() : stays
  const before = new Set(known.split(',').map(Number))
  const isSame = isKnownSo || marks.length === 0 || marks.some(mark => before.has(mark))
  const then = isSame ? null : lastShown(store, places)
  const models = isSame ? [] : places.flatMap(({ snapshot_id }) => modelsIn(store, snapshot_id))
  if (isSame || (then !== null && isRepulled(models, then.models, then.at)))
    return askedAbout.has(id) ? found() : stays
  const isForeign = then !== null && models.every(model => pulledAt(model) < then.at - clockToleranceMs)
  const since = Math.min(...places.map(place => Math.max(place.first_at, place.linked_at)))
  return subject({ since, before, isForeign })
}

/** Those found by an earlier scan of which it is still asked who they are. */
function foundAndAsked(store: ReadableStore): ReadonlySet<number> {
  return new Set(
    openProposals(store, {}).flatMap(({ kind, members, details }) => {
      const isFound = kind === 'moved' && JSON.parse(details).found === 1
      return isFound ? (JSON.parse(members) as number[]).slice(0, 1) : []
    }),
  )
}

function modelsIn(store: ReadableStore, snapshot: number | null): readonly ListedModel[] {
  return snapshot === null ? [] : (readSnapshot(store, snapshot).models ?? [])
}

/** What the places showed before they showed this. */
function lastShown(store: ReadableStore, places: readonly PlaceRecord[]) {
  const shown = places.flatMap(
    place => answeredBefore(store, { endpoint: place.id, at: place.first_at }) ?? [],
  )
  if (shown.length === 0) return null
  return {
    models: shown.flatMap(({ snapshot_id }) => modelsIn(store, snapshot_id)),
    at: Math.max(...shown.map(each => each.last_at)),
  }
}

/** The same contents, pulled anew since they were last seen: what one does to a server, not what makes it another one. */
function isRepulled(now: readonly ListedModel[], then: readonly ListedModel[], seenAt: number): boolean {
  const contents = new Set(then.flatMap(({ digest }) => digest ?? []))
  const kept = now.filter(({ digest }) => digest !== null && contents.has(digest))
  const isFresh = now.every(model => pulledAt(model) >= seenAt - clockToleranceMs)
  return isFresh && kept.length * 2 >= Math.max(now.length, contents.size)
}

function pulledAt({ modifiedAt }: ListedModel): number {
  return modifiedAt === null ? Number.NaN : Date.parse(`${modifiedAt.slice(0, 23)}Z`.replace('ZZ', 'Z'))
}

/** Everything that bears on who the subjects are. */
export function gatherEvidence(
  store: ReadableStore,
  scan: RecordedScan,
  examined: readonly Examined[],
): Evidence {
  const record = scanById(store, { id: scan.id })
  if (record === undefined) throw new Error(`no scan ${scan.id}`)
  const coverage = coverageOf(record)
  const subjects = examined.flatMap(({ subject }) => subject ?? [])
  const byMark = new Map<number, number[]>()
  const marks = subjects.flatMap(subject => [...subject.marks])
  const known = new Set(marksKnown(store, { marks: JSON.stringify(marks) }).map(([mark]) => mark))
  const holders = (mark: number) => {
    if (!known.has(mark)) return []
    const found = byMark.get(mark) ?? holdersOfMark(store, { mark }).map(each => each.instance_id)
    byMark.set(mark, found)
    return found
  }
  const ids = new Set(subjects.flatMap(({ marks }) => [...marks].flatMap(holders)))
  const instances = new Map([...ids].map(id => [id, knownInstance(store, scan.id, coverage, id)]))
  return { subjects, known: instances, holders, isDecided: key => isDecided(store, key) }
}

function isDecided(store: ReadableStore, key: string): boolean {
  const state = proposalByKey(store, { key })?.state
  return state === 'dismissed' || state === 'accepted'
}

function knownInstance(store: ReadableStore, scan: number, coverage: ScanCoverage, id: number): Known {
  const marks = new Set(marksOfInstance(store, { instance: id }).map(each => each.mark))
  const places = placesOf(store, { instance: id })
  const looks = places.map(place => lookAt(store, scan, coverage, place, marks))
  const instance = instanceById(store, { id })
  const lastSeenAt = Math.max(instance?.first_seen_at ?? 0, ...looks.map(each => each.lastSeenAt))
  const place = (['same', 'not-covered', 'taken'] as const).find(each =>
    looks.some(look => look.place === each),
  )
  return { id, site: instance?.site_id ?? 0, marks, place: place ?? 'vacant', lastSeenAt }
}

/** What became of a place an instance was known at, and when that instance was last seen there. */
function lookAt(
  store: ReadableStore,
  scan: number,
  coverage: ScanCoverage,
  place: PlaceRecord,
  marks: ReadonlySet<number>,
): { place: OldPlace; lastSeenAt: number } {
  const isAnswered = place.outcome === 'answered'
  if (isAnswered && showsSome(store, place.snapshot_id, marks)) {
    return { place: place.last_scan_id === scan ? 'same' : 'not-covered', lastSeenAt: place.last_at }
  }
  const lastSeenAt = lastShowing(store, place, marks)
  if (isAnswered) return { place: place.last_scan_id === scan ? 'taken' : 'not-covered', lastSeenAt }
  const isLooked =
    place.last_scan_id === scan || coverage.look(place.site_id, place.address, place.port) === 'covered'
  const isAbsent = place.outcome === 'silent' || place.outcome === 'refused'
  return { place: isLooked && isAbsent ? 'vacant' : 'not-covered', lastSeenAt }
}

function showsSome(store: ReadableStore, snapshot: number | null, marks: ReadonlySet<number>): boolean {
  return marksShown(store, [snapshot]).some(mark => marks.has(mark))
}

/** When the place last showed one of the marks: others may have been there since. */
function lastShowing(store: ReadableStore, place: PlaceRecord, marks: ReadonlySet<number>): number {
  let at = place.first_at
  while (at > place.linked_at) {
    const spell = answeredBefore(store, { endpoint: place.id, at })
    if (spell === undefined) return 0
    if (showsSome(store, spell.snapshot_id, marks)) return spell.last_at
    at = spell.first_at
  }
  return 0
}

/** Whether a scan saw an instance where it was known to be: nobody elsewhere is it, then. */
export function isAtHome(store: ReadableStore, scan: number, id: number): boolean {
  const marks = new Set(marksOfInstance(store, { instance: id }).map(each => each.mark))
  return placesOf(store, { instance: id }).some(
    place =>
      place.outcome === 'answered' &&
      place.last_scan_id === scan &&
      showsSome(store, place.snapshot_id, marks),
  )
}
