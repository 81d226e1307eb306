import { endOfDate } from '#shared/domain/instant.ts'
import type { Range } from '#shared/domain/range.ts'

const soonMs = 30 * 24 * 3_600_000

/** `endsSoon`: within thirty days, so that there is time to have it renewed. */
export function authorisationState(
  { inForce, authorisation }: Pick<Range, 'inForce' | 'authorisation'>,
  now: number,
): 'inForce' | 'endsSoon' | 'expired' {
  if (!inForce) return 'expired'
  return (endOfDate(authorisation.validUntil) ?? 0) - now < soonMs ? 'endsSoon' : 'inForce'
}
