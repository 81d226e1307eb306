import type { Observation } from '#shared/domain/observation.ts'
import { isWholeAnswer, stableFacts } from '../governance/reconcile.ts'
import { contentDigest } from '../store/keys.ts'

/**
 * The digest of the facts an observation stands for by itself, as their snapshot has it: equal digests are equal facts.
 * null: a question failed, and what it would have told has to be filled in from before.
 */
export function digestOf(seen: Observation): Uint8Array | null {
  return isWholeAnswer(seen) ? contentDigest(stableFacts(seen, null)) : null
}
