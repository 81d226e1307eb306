import * as z from 'zod'
import { VantageId } from '../ids.ts'

/** Where a scan looks from. Absence counts, and private space means something, only from a known vantage. */
export const Vantage = z.object({
  /** null: never used for a scan. */
  id: VantageId.nullable(),
  interface: z.string(),
  /** The own address and prefix on that interface, `10.1.4.7/24`. */
  prefix: z.string(),
  gateway: z.string().nullable(),
  /** Hardware address of the gateway: tells 192.168.1.0/24 of the office from the hotel's. */
  gatewayHardware: z.string().nullable(),
  dnsSuffix: z.string().nullable(),
  vpn: z.boolean(),
  /** Everything above but the interface name (cable or radio, the network is the same) and the own host bits. */
  fingerprint: z.string(),
})
export type Vantage = z.infer<typeof Vantage>

/**
 * Whether two vantages are the same place. The gateway's hardware address decides where both know it; the neighbour table
 * forgets it after a while, which is no change of place.
 */
export function isSameVantage(a: Vantage, b: Vantage): boolean {
  const hardwareDiffers =
    a.gatewayHardware !== null && b.gatewayHardware !== null && a.gatewayHardware !== b.gatewayHardware
  return !hardwareDiffers && withoutHardware(a) === withoutHardware(b)
}

function withoutHardware({ fingerprint, gatewayHardware }: Vantage): string {
  return gatewayHardware === null ? fingerprint : fingerprint.replace(gatewayHardware, '-')
}
