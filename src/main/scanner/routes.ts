import { formatAddress } from '#shared/domain/address.ts'

/**
 * Readers for what operating systems print about their routes and neighbours. They only read text; who runs the command
 * or opens the file is `vantage.ts`.
 */
export interface Gateways {
  /** Interface name → address of the gateway behind which everything else lies. */
  readonly byInterface: ReadonlyMap<string, string>
  /** The same for IPv6, which has routes of its own. Empty where the system does not tell them without a program. */
  readonly byInterface6: ReadonlyMap<string, string>
  /** Address → hardware address, as the neighbour table holds it. */
  readonly hardware: ReadonlyMap<string, string>
}

export const noGateways: Gateways = { byInterface: new Map(), byInterface6: new Map(), hardware: new Map() }

/** Linux, `/proc/net/route`: hexadecimal in the byte order of the machine (little-endian wherever Electron runs). */
export function readProcRoutes(text: string): Map<string, string> {
  const rows = text
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(/\s+/))
  const defaults = rows.filter(row => row[1] === '00000000' && /^[0-9A-Fa-f]{8}$/.test(row[2] ?? ''))
  return firstOfEach(defaults.map(row => [row[0] ?? '', fromLittleEndian(row[2] ?? '')] as const))
}

/**
 * Linux, `/proc/net/ipv6_route`: destination, its prefix length, source, its prefix length, next hop, metric, two counters,
 * flags, interface; in hexadecimal. https://docs.kernel.org/networking/ (net/ipv6/route.c, rt6_info_route)
 */
export function readProcRoutes6(text: string): Map<string, string> {
  const rows = text.split('\n').map(line => line.trim().split(/\s+/))
  const defaults = rows.filter(
    ([to, length, , , hop = '']) =>
      to === nowhere && length === '00' && /^[0-9a-f]{32}$/i.test(hop) && hop !== nowhere,
  )
  return firstOfEach(
    defaults.map(row => {
      const value = BigInt(`0x${row[4]}`)
      return [row[9] ?? '', formatAddress({ family: 6, value })] as const
    }),
  )
}

const nowhere = '0'.repeat(32)

function fromLittleEndian(hex: string): string {
  return [6, 4, 2, 0].map(start => Number.parseInt(hex.slice(start, start + 2), 16)).join('.')
}

/** Linux, `/proc/net/arp`. */
export function readProcNeighbours(text: string): Map<string, string> {
  const rows = text
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(/\s+/))
  return hardwareMap(rows.map(row => [row[0] ?? '', row[3] ?? ''] as const))
}

/** macOS, `netstat -rn -f inet`: columns Destination, Gateway, Flags, Netif. */
export function readNetstat(text: string): Map<string, string> {
  const rows = text.split('\n').map(line => line.trim().split(/\s+/))
  return firstOfEach(
    rows.filter(row => row[0] === 'default').map(row => [row[3] ?? '', row[1] ?? ''] as const),
  )
}

/** macOS, `arp -an`: `? (10.0.0.1) at 0:11:22:33:44:55 on en0 …`. */
export function readArp(text: string): Map<string, string> {
  const matches = [...text.matchAll(/\((\d+\.\d+\.\d+\.\d+)\) at ([0-9a-fA-F:]{11,17})/g)]
  return hardwareMap(matches.map(match => [match[1] ?? '', match[2] ?? ''] as const))
}

/** Windows, `route print -4`: the interface is named by its own address. */
export function readRoutePrint(text: string): Map<string, string> {
  const matches = [
    ...text.matchAll(/^\s*0\.0\.0\.0\s+0\.0\.0\.0\s+(\d+\.\d+\.\d+\.\d+)\s+(\d+\.\d+\.\d+\.\d+)/gm),
  ]
  return firstOfEach(matches.map(match => [match[2] ?? '', match[1] ?? ''] as const))
}

/** Windows, `arp -a`: `  10.0.0.1   00-11-22-33-44-55   dynamic`. */
export function readWindowsArp(text: string): Map<string, string> {
  const matches = [...text.matchAll(/^\s*(\d+\.\d+\.\d+\.\d+)\s+([0-9a-fA-F]{2}(?:-[0-9a-fA-F]{2}){5})/gm)]
  return hardwareMap(matches.map(match => [match[1] ?? '', match[2] ?? ''] as const))
}

/** The first is the one with the best metric: every system lists them so. */
function firstOfEach(pairs: readonly (readonly [string, string])[]): Map<string, string> {
  return new Map([...pairs].reverse())
}

/** Two digits each, lower case, colons. An all-zero address is an unanswered question. */
function hardwareMap(pairs: readonly (readonly [string, string])[]): Map<string, string> {
  const normal = pairs.map(([address, hardware]) => {
    const parts = hardware.split(/[:-]/).map(part => part.toLowerCase().padStart(2, '0'))
    return [address, parts.join(':')] as const
  })
  return new Map(normal.filter(([, hardware]) => hardware.length === 17 && hardware !== '00:00:00:00:00:00'))
}
