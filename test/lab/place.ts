import type { LabHost, Service } from './host.ts'
import { LabError } from './lab-error.ts'
import { addressAt, blockAt, parseNetwork } from './network.ts'

/** A service and where it is to be opened. */
export interface PlacedService extends Service {
  readonly host: LabHost
  readonly address: string
  /** The port it has in the story; in `ports` mode it is opened on another. */
  readonly meant: number
}

export interface Placement {
  readonly mode: 'addresses' | 'ports'
  readonly services: readonly PlacedService[]
  readonly blocks: readonly string[]
  readonly excluded: readonly string[]
  readonly outside: readonly string[]
}

/** The last addresses of the network, which the story excludes from every scan. */
const excludedCount = 8
/** Above the ports programs choose for themselves, below those systems hand out. */
const firstPort = 21434
/** How often another row of ports is tried where one is taken: several people test on one machine. */
export const portRows = 10

/** Decides where every service of every host listens; `row` chooses among the rows of ports. */
export function placeServices(
  hosts: readonly LabHost[],
  base: string,
  mode: Placement['mode'],
  row: number,
): Placement {
  return mode === 'ports' ? placeOnPorts(hosts, row) : placeOnAddresses(hosts, base)
}

function placeOnAddresses(hosts: readonly LabHost[], base: string): Placement {
  const network = parseNetwork(base)
  for (const host of hosts) checkPlace(host, network.size)
  const services = hosts.flatMap(host =>
    host.services.map(service => ({
      ...service,
      host,
      address: addressAt(network, host.at),
      meant: service.port,
    })),
  )
  const has = (scope: LabHost['scope']) => hosts.some(host => host.scope === scope)
  return {
    mode: 'addresses',
    services,
    blocks: [base],
    excluded: has('excluded') ? [blockAt(network, network.size - excludedCount, excludedCount)] : [],
    outside: has('outside') ? [blockAt(network, network.size, network.size)] : [],
  }
}

/** A host in the wrong place would make the story untrue: a canary in scope, or a target nobody may visit. */
function checkPlace({ at, scope, title }: LabHost, size: number): void {
  const place =
    at >= 2 * size ? null : at >= size ? 'outside' : at >= size - excludedCount ? 'excluded' : 'inside'
  const fits = place === scope || (place === 'excluded' && scope === 'inside' && size < 256)
  if (fits && at > 0) return
  throw new LabError(
    'hosts-misplaced',
    `host "${title}" is ${scope}, but place ${at} of a network of ${size} addresses is not`,
    'The organisation needs a /24; hosts of your own can be moved.',
  )
}

/** Canaries mean nothing where all hosts share one address, so they stay out. */
function placeOnPorts(hosts: readonly LabHost[], row: number): Placement {
  const inside = hosts.filter(({ scope }) => scope === 'inside')
  const all = inside.flatMap(host => host.services.map(service => ({ host, service })))
  const services = all.map(({ host, service }, index) => ({
    ...service,
    host,
    address: '127.0.0.1',
    port: firstPort + row * all.length + index,
    meant: service.port,
  }))
  return { mode: 'ports', services, blocks: ['127.0.0.1'], excluded: [], outside: [] }
}
