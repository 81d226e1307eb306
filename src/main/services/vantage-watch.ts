import { parseAddress } from '#shared/domain/address.ts'
import type { ScanPlan } from '#shared/domain/plan.ts'
import { isSameVantage } from '#shared/domain/vantage.ts'
import { vantageTowards } from '../scanner/vantage.ts'
import type { Owning } from './context.ts'

/** How often a running scan makes sure that it is still in the network it was planned in. */
const everyMs = 2000

/**
 * Watches whether this machine still looks from where the scan was planned: a laptop that changes networks must not go on
 * visiting the same private addresses in somebody else's. Calls back when that begins and when it is over.
 */
export function watchVantage(
  { surroundings, log }: Pick<Owning, 'surroundings' | 'log'>,
  plan: ScanPlan,
  onHeld: (held: boolean) => void,
): { end(): void } {
  const bound = plan.blocks.filter(block => block.vantage !== null)
  if (bound.length === 0) return { end: () => {} }
  let held = false
  const look = async () => {
    const seen = await surroundings()
    const isElsewhere = bound.some(block => {
      const first = parseAddress(block.first)
      const vantage = first === null ? null : vantageTowards(first, seen)
      return vantage === null || block.vantage === null || !isSameVantage(vantage, block.vantage)
    })
    if (isElsewhere === held) return
    held = isElsewhere
    log.info({ held }, 'the vantage of a running scan changed')
    onHeld(held)
  }
  const timer = setInterval(() => {
    look().catch(error => log.error({ err: error }, 'the vantage could not be read'))
  }, everyMs)
  return { end: () => clearInterval(timer) }
}
