import * as endpoints from '../store/endpoints.ts'
import * as identity from '../store/identity.ts'
import { instanceById, setMerged } from '../store/instances.ts'
import type { WritableStore } from '../store/statement.ts'
import { endpointFacts, foundInstance, refreshInstance } from './instance-summary.ts'

export interface MoveOrder {
  /** Who is known again. */
  readonly known: number
  /** Who was taken for another so far. */
  readonly subject: number
  /** Where it is seen now. */
  readonly endpoints: readonly number[]
  readonly since: number
  /** Whether the subject was only ever seen there, and goes into the known one with all it was. */
  readonly isWhole: boolean
  readonly scan: number | null
  /** null: by the scan. */
  readonly actor: string | null
}

/** Links as they were, and those that were made: what it takes to undo. */
export interface Rewritten {
  readonly before: readonly identity.LinkRow[]
  readonly added: readonly number[]
  readonly merged: boolean
}

/**
 * Lets an instance be reached where its marks were found, and no longer where it was. An instance that was only found
 * there goes into it; one that was there before keeps its past, and is gone unless it is found elsewhere. Returns the
 * places it left.
 */
export function moveInstance(store: WritableStore, order: MoveOrder): identity.PlaceRecord[] {
  const { known, subject, since, isWhole } = order
  const left = identity
    .placesOf(store, { instance: known })
    .filter(place => !order.endpoints.includes(place.id))
  const standing = order.endpoints.flatMap(endpoint => identity.standingLink(store, { endpoint }) ?? [])
  const ofSubject = identity.linksOf(store, { instance: subject })
  const leaving = left.flatMap(place => identity.linkById(store, { id: place.link_id }) ?? [])
  for (const link of isWhole ? leaving : [...leaving, ...standing]) closeLink(store, link, since)
  const added = isWhole ? [] : order.endpoints.map(endpoint => handOver(store, endpoint, order))
  if (isWhole) {
    for (const link of ofSubject) {
      const reason = link.reason === 'first-seen' ? 'moved' : link.reason
      identity.rewriteLink(store, { id: link.id, instance: known, reason, unlinkedAt: link.unlinked_at })
    }
    setMerged(store, { id: subject, into: known })
  }
  const before = isWhole ? [...leaving, ...ofSubject] : [...leaving, ...standing]
  const rewritten: Rewritten = { before: distinct(before), added, merged: isWhole }
  identity.addIdentityChange(store, {
    at: since,
    kind: 'moved',
    actor: order.actor,
    scan: order.scan,
    from: subject,
    to: known,
    links: JSON.stringify(rewritten),
  })
  refreshInstance(store, known)
  refreshInstance(store, subject)
  return left
}

function distinct(links: readonly identity.LinkRow[]): identity.LinkRow[] {
  return [...new Map(links.map(link => [link.id, link])).values()]
}

/** From an instant on an endpoint is somebody else's. */
function handOver(store: WritableStore, endpoint: number, { known, since }: MoveOrder): number {
  return endpoints.linkEndpoint(store, { instance: known, endpoint, at: since, reason: 'moved' }).id
}

function closeLink(store: WritableStore, link: identity.LinkRow, at: number): void {
  const { id, instance_id: instance, reason } = link
  identity.rewriteLink(store, { id, instance, reason, unlinkedAt: Math.max(at, link.linked_at) })
}

/** A new instance at places that were another's. Their links must have been closed. */
export function instanceAtPlaces(
  store: WritableStore,
  former: number,
  places: readonly identity.PlaceRecord[],
  since: number,
  reason: string,
): number {
  const old = instanceById(store, { id: former })
  // Only until it is refreshed from what its own places show.
  const [first] = endpointFacts(store, former)
  if (old === undefined || first === undefined) throw new Error(`nothing is at the places of ${former}`)
  const instance = foundInstance(store, since, old.site_id, old.zone, first)
  for (const { id } of places) endpoints.linkEndpoint(store, { instance, endpoint: id, at: since, reason })
  refreshInstance(store, instance)
  return instance
}
