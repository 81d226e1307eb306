import { type Address, parseAddress } from '#shared/domain/address.ts'
import type { ScanPlan } from '#shared/domain/plan.ts'
import { layOut, type Stretch } from '../scanner/layout.ts'
import type { ScanRecord } from '../store/scans.ts'

/** Whether a scan looked at a place, and if not, why. */
export type Look = 'covered' | 'outside' | 'excluded' | 'not-reached'

/** What a scan looked at, answered from its frozen plan: no list of targets exists or is needed. */
export interface ScanCoverage {
  look(site: number, address: string, port: number): Look
  /** The addresses of a site that were looked at on a port, in order. */
  stretches(site: number, port: number): readonly Stretch[]
}

type Frozen = Pick<ScanRecord, 'status' | 'plan' | 'networks_done'>

/** A place counts as looked at once every target of its network has its outcome. */
export function coverageOf(scan: Frozen): ScanCoverage {
  const plan: ScanPlan = JSON.parse(scan.plan)
  const layout = layOut(plan)
  const isDone = (network: number) =>
    scan.status === 'finished' || ((scan.networks_done[network >> 3] ?? 0) & (1 << (network & 7))) !== 0
  const isCovered = (address: Address) => {
    const network = layout.networkAt(address)
    return network !== null && isDone(network)
  }
  return {
    look(site, text, port) {
      const address = parseAddress(text)
      if (address === null) return 'outside'
      const permit = layout.permit(address, port)
      if (typeof permit === 'string') return permit
      if (permit.siteId !== site) return 'outside'
      return isCovered(address) ? 'covered' : 'not-reached'
    },
    stretches(site, port) {
      const planned = layout.stretches(site, port)
      return scan.status === 'finished'
        ? planned
        : planned.flatMap(stretch => donePartsOf(stretch, isCovered))
    },
  }
}

/** A stretch cut at the borders of networks, without those that were not reached. */
function donePartsOf({ first, last }: Stretch, isCovered: (address: Address) => boolean): Stretch[] {
  const parts: Stretch[] = []
  for (let value = first.value; value <= last.value; value = (value | 255n) + 1n) {
    const end = (value | 255n) < last.value ? value | 255n : last.value
    const part = { first: { ...first, value }, last: { ...last, value: end } }
    if (isCovered(part.first)) parts.push(part)
  }
  return parts
}
