import type { HostName, Observation, Target } from '#shared/domain/observation.ts'
import type { Dial } from './dial.ts'
import type { Identified } from './identify.ts'

/**
 * Adds what a host is known by besides its address: its name by reverse DNS where the site has switched that on, and its
 * hardware address where this machine's neighbour table has it. Only of hosts that belong in the inventory.
 */
export async function nameHost(
  seen: Identified,
  target: Target,
  dial: Pick<Dial, 'reverse'>,
  hardwareOf: (address: string) => string | null,
): Promise<Identified> {
  if (typeof seen === 'string') return seen
  const asked = await dial.reverse(target)
  const names = (asked?.names ?? []).map((name): HostName => ({ name, source: 'reverse-dns' }))
  const hardwareAddress = hardwareOf(target.address)
  const add = (observation: Observation): Observation => ({
    ...observation,
    hostNames: [...observation.hostNames, ...names],
    hardwareAddress,
    probes: asked === null ? observation.probes : [...observation.probes, asked.probe],
  })
  const [first, ...others] = seen
  return [add(first), ...others.map(add)]
}
