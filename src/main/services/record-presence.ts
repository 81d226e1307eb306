import type { Presence } from '#shared/domain/exposure.ts'
import { setPresence } from '../store/endpoints.ts'
import { isReachedOnce, setInstancePresence } from '../store/instances.ts'
import { showPresence } from '../store/inventory-rows.ts'
import type { Recording, Visit } from './recording.ts'

/**
 * An endpoint is present, or is not, that shows or last showed what it showed before. Where it is the only way in to its
 * instance, nothing else that is derived from it changes; says whether that is so. `seenAt`: when it was last seen; 0: not now.
 */
export function shiftPresence(
  { store, part }: Recording,
  { block, addressKey, target }: Visit,
  endpoint: { readonly id: number; readonly instance_id: number },
  presence: Presence,
  seenAt: number,
): boolean {
  const instance = endpoint.instance_id
  if (isReachedOnce(store, { instance })?.count !== 1) return false
  setPresence(store, { id: endpoint.id, presence })
  setInstancePresence(store, { id: instance, presence })
  const place = { id: instance, site: block.siteId, addressKey, port: target.port }
  showPresence(store, { ...place, presence, at: seenAt })
  part.isSeenAgain = true
  return true
}
