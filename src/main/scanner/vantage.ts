import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import { promisify } from 'node:util'
import { type Address, formatAddress, parseAddress } from '#shared/domain/address.ts'
import type { Vantage } from '#shared/domain/vantage.ts'
import {
  type Gateways,
  noGateways,
  readArp,
  readNetstat,
  readProcNeighbours,
  readProcRoutes,
  readProcRoutes6,
  readRoutePrint,
  readWindowsArp,
} from './routes.ts'

/**
 * Where this machine looks from. 192.168.1.0/24 at the office is also the hotel's: private addresses mean something only
 * together with the place they were reached from. Nothing here sends a packet: only the system's own tables are read.
 */
interface OwnAddress {
  readonly interface: string
  readonly address: Address
  readonly prefixLength: number
  readonly internal: boolean
  /** The network it is in, `10.1.4.0/24`. */
  readonly network: string
}

/** Names that tunnels give their interfaces (WireGuard, OpenVPN, IPsec, PPP, ZeroTier, Tailscale; macOS utun). */
const tunnel = /^(wg|tun|tap|ppp|ipsec|utun|zt|tailscale|gpd|cscotun|nordlynx|proton)/i

function ownAddresses(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): OwnAddress[] {
  return Object.entries(interfaces).flatMap(([name, infos]) =>
    (infos ?? []).flatMap(info => {
      const address = parseAddress(info.address)
      const prefixLength = Number(info.cidr?.split('/')[1] ?? Number.NaN)
      if (address === null || Number.isNaN(prefixLength)) return []
      const network = networkText(address, prefixLength)
      return [{ interface: name, address, prefixLength, internal: info.internal, network }]
    }),
  )
}

/** The own address a packet to `address` would leave from: the longest own prefix that holds it, else the default route's. */
function towards(address: Address, own: readonly OwnAddress[], gateways: Gateways): OwnAddress | null {
  const family = own.filter(each => each.address.family === address.family)
  const attached = family.reduce<OwnAddress | null>(
    (best, each) => (holds(each, address) && each.prefixLength > (best?.prefixLength ?? -1) ? each : best),
    null,
  )
  const routed = () => family.find(each => gatewayOf(each, gateways) !== null)
  return attached ?? routed() ?? family.find(each => !each.internal) ?? null
}

/** Whether the address lies in the own network. */
function holds(own: OwnAddress, address: Address): boolean {
  const hostBits = hostBitsOf(own.address, own.prefixLength)
  return own.address.value >> hostBits === address.value >> hostBits
}

function hostBitsOf({ family }: Address, prefixLength: number): bigint {
  return BigInt((family === 4 ? 32 : 128) - prefixLength)
}

/** Windows names interfaces in its route table by their address, the others by name. */
function gatewayOf(own: OwnAddress, { byInterface, byInterface6 }: Gateways): string | null {
  if (own.address.family === 6) return byInterface6.get(own.interface) ?? null
  return byInterface.get(own.interface) ?? byInterface.get(formatAddress(own.address)) ?? null
}

function networkText(address: Address, prefixLength: number): string {
  const hostBits = hostBitsOf(address, prefixLength)
  const value = (address.value >> hostBits) << hostBits
  return `${formatAddress({ family: address.family, value })}/${prefixLength}`
}

/**
 * Tells the own network a packet to an address leaves through, `10.1.4.0/24`, or null if there is no way there. Cheap
 * enough to ask for every connection of a scan: the interfaces are looked at once a second.
 */
export function createPlace(monotonic: () => number): (address: Address) => string | null {
  let readAt = Number.NEGATIVE_INFINITY
  let own: OwnAddress[] = []
  return address => {
    if (monotonic() - readAt > 1000) {
      readAt = monotonic()
      own = ownAddresses(networkInterfaces())
    }
    return placeAmong(address, own)
  }
}

/**
 * Tells the hardware address of a neighbour, from the system's table as it is: looking does not ask anybody. Linux only,
 * where the table is a file; elsewhere it takes a program to read it.
 */
export function createNeighbours(
  monotonic: () => number,
  read: () => string = () => readFileSync('/proc/net/arp', 'utf8'),
): (address: string) => string | null {
  let readAt = Number.NEGATIVE_INFINITY
  let known: ReadonlyMap<string, string> = new Map()
  return address => {
    if (monotonic() - readAt > 1000) {
      readAt = monotonic()
      known = readProcNeighbours(orEmpty(read))
    }
    return known.get(address) ?? null
  }
}

function orEmpty(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}

/** The same, from tables read before. */
export function placeTowards(address: Address, { interfaces }: Surroundings): string | null {
  return placeAmong(address, ownAddresses(interfaces))
}

/** Without a look at routes: those are too dear to read for every connection, and both sides must come to the same. */
function placeAmong(address: Address, own: readonly OwnAddress[]): string | null {
  const leaving = towards(address, own, noGateways)
  return leaving?.network ?? null
}

/** What a scan of `address` would look from, in full. */
export function vantageTowards(address: Address, surroundings: Surroundings): Vantage | null {
  const { gateways, dnsSuffix, interfaces } = surroundings
  const own = towards(address, ownAddresses(interfaces), gateways)
  if (own === null) return null
  const gateway = own.internal ? null : gatewayOf(own, gateways)
  const gatewayHardware = gateway === null ? null : (gateways.hardware.get(gateway) ?? null)
  const vpn = tunnel.test(own.interface)
  // Not the name of the interface (cable or radio, the network is the same), and not the own host bits (DHCP).
  const fingerprint = [
    own.network,
    gateway,
    gatewayHardware,
    own.internal ? null : dnsSuffix,
    vpn ? 'vpn' : null,
  ]
  return {
    id: null,
    interface: own.interface,
    prefix: `${formatAddress(own.address)}/${own.prefixLength}`,
    gateway,
    gatewayHardware,
    dnsSuffix: own.internal ? null : dnsSuffix,
    vpn,
    fingerprint: fingerprint.map(part => part ?? '-').join(' '),
  }
}

/** The system's tables, read once. */
export interface Surroundings {
  readonly interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>
  readonly gateways: Gateways
  readonly dnsSuffix: string | null
}

export async function readSurroundings(platform: NodeJS.Platform): Promise<Surroundings> {
  const interfaces = networkInterfaces()
  if (platform === 'linux') {
    const [routes, routes6, neighbours, resolver] = await Promise.all(
      ['/proc/net/route', '/proc/net/ipv6_route', '/proc/net/arp', '/etc/resolv.conf'].map(path =>
        readFile(path, 'utf8').catch(() => ''),
      ),
    )
    const gateways = {
      byInterface: readProcRoutes(routes ?? ''),
      byInterface6: readProcRoutes6(routes6 ?? ''),
      hardware: readProcNeighbours(neighbours ?? ''),
    }
    return { interfaces, gateways, dnsSuffix: searchDomain(resolver ?? '') }
  }
  if (platform === 'darwin') {
    const [routes, neighbours, resolver] = await Promise.all([
      run('/usr/sbin/netstat', ['-rn', '-f', 'inet']),
      run('/usr/sbin/arp', ['-an']),
      readFile('/etc/resolv.conf', 'utf8').catch(() => ''),
    ])
    const gateways = { ...noGateways, byInterface: readNetstat(routes), hardware: readArp(neighbours) }
    return { interfaces, gateways, dnsSuffix: searchDomain(resolver) }
  }
  const [routes, neighbours] = await Promise.all([
    run(windowsTool('ROUTE.EXE'), ['print', '-4']),
    run(windowsTool('ARP.EXE'), ['-a']),
  ])
  const gateways = {
    ...noGateways,
    byInterface: readRoutePrint(routes),
    hardware: readWindowsArp(neighbours),
  }
  return { interfaces, gateways, dnsSuffix: null }
}

/** By full path: a program of the same name elsewhere in PATH must not be run instead. */
function windowsTool(name: string): string {
  return `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\${name}`
}

const execute = promisify(execFile)

async function run(file: string, args: readonly string[]): Promise<string> {
  try {
    return (await execute(file, args, { timeout: 3000, windowsHide: true })).stdout
  } catch {
    // A system without the command has no gateway Paddock could name; the own prefix still tells networks apart.
    return ''
  }
}

function searchDomain(resolver: string): string | null {
  return /^\s*(?:search|domain)\s+(\S+)/m.exec(resolver)?.[1] ?? null
}
