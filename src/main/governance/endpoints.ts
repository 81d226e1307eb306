import type { StableFacts } from '#shared/domain/snapshot.ts'

/**
 * Whether an endpoint below a path is only the closed door of the front end that owns the root: Open WebUI keeps its Ollama
 * behind its own login. Nothing of that Ollama can be used or seen, so it is a way in to the front end, not an instance.
 */
export function isGuardedPathOf(below: StableFacts, front: StableFacts): boolean {
  return front.product === 'open-webui' && below.product === 'unknown' && below.access.api !== 'open'
}
