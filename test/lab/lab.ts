import { defaultPort, type LabHost } from './host.ts'
import { type ConnectionRecord, Journal, type RequestRecord } from './journal.ts'
import { LabError } from './lab-error.ts'
import { type OpenServices, openServices } from './open.ts'
import { organisation } from './organisation/organisation.ts'
import { type PlacedService, type Placement, placeServices, portRows } from './place.ts'
import type { Truth } from './truth.ts'

export type { LabHost, Service } from './host.ts'
export type { ConnectionRecord, RequestRecord } from './journal.ts'
export { LabError } from './lab-error.ts'
export type { AbsentTruth, InstanceTruth, Truth } from './truth.ts'

export interface LabOptions {
  /** The network the organisation lives in. Default: 127.44.0.0/24. */
  base?: string
  /** Default: the organisation. */
  hosts?: readonly LabHost[]
  /**
   * `addresses`: each host has an address of its own. `ports`: each has a port of its own on 127.0.0.1, for systems where
   * nothing else of 127.0.0.0/8 can be bound. Default: `ports` on macOS, else `addresses`.
   */
  mode?: 'addresses' | 'ports'
}

/** A host of the running lab. */
export interface RunningHost {
  readonly title: string
  readonly scope: LabHost['scope']
  readonly address: string
  /** Where something listens; none for a host that refuses or is silent. */
  readonly ports: readonly number[]
  readonly truth: readonly Truth[]
}

/** The simulated organisation, listening. */
export interface Lab {
  /** What to scan. */
  readonly blocks: string[]
  /** The ports to scan for everything that stands on the usual one. */
  readonly ports: number[]
  /** The other ports on which look-alikes answer too. */
  readonly lookAlikePorts: number[]
  /** Blocks inside the scope where nobody may look; hosts live there all the same. Empty in `ports` mode. */
  readonly excluded: string[]
  /** Blocks beyond the scope, with living hosts. Empty in `ports` mode. */
  readonly outside: string[]
  readonly hosts: readonly RunningHost[]
  /** Everything that arrived so far, canaries included. The lists grow while the lab runs. */
  readonly requests: readonly RequestRecord[]
  readonly connections: readonly ConnectionRecord[]
  /** Contacts with hosts nobody may touch: a correct scan leaves none. */
  trespasses(): ConnectionRecord[]
  /** What a perfect scan of `blocks` without `excluded` finds, on `ports` and on `lookAlikePorts`. */
  truth(): Truth[]
  /** Calls back with every further request. */
  follow(listener: (record: RequestRecord) => void): void
  stop(): Promise<void>
}

/** Starts the simulated organisation on loopback. Rejects with a `LabError` that names the mistake and the way out. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const journal = new Journal()
  const { placement, open } = await openSomewhere(options, journal, 0)
  const hosts = runningHosts(open.services)
  const forbidden = new Set(hosts.filter(({ scope }) => scope !== 'inside').map(({ address }) => address))
  return {
    ...portsOf(open.services, placement.mode),
    blocks: [...placement.blocks],
    excluded: [...placement.excluded],
    outside: [...placement.outside],
    hosts,
    requests: journal.requests,
    connections: journal.connections,
    trespasses: () => journal.connections.filter(({ address }) => forbidden.has(address)),
    truth: () => truthOf(hosts),
    follow: listener => journal.follow(listener),
    stop: () => open.stop(),
  }
}

/** The truth of a lab that need not run. */
export function describeLab(options: LabOptions = {}): Truth[] {
  return truthOf(runningHosts(placementOf(options, 0).services))
}

function placementOf(options: LabOptions, row: number): Placement {
  const mode = options.mode ?? (process.platform === 'darwin' ? 'ports' : 'addresses')
  return placeServices(options.hosts ?? organisation, options.base ?? '127.44.0.0/24', mode, row)
}

/** An address nobody asked for cannot be taken by chance, a port can: then the next row of ports is tried. */
async function openSomewhere(
  options: LabOptions,
  journal: Journal,
  row: number,
): Promise<{ placement: Placement; open: OpenServices }> {
  const placement = placementOf(options, row)
  try {
    return { placement, open: await openServices(placement.services, journal) }
  } catch (error) {
    const taken = error instanceof LabError && error.code === 'port-in-use'
    if (!taken || placement.mode === 'addresses' || row + 1 >= portRows) throw error
    return openSomewhere(options, journal, row + 1)
  }
}

function truthOf(hosts: readonly RunningHost[]): Truth[] {
  return hosts.filter(({ scope }) => scope === 'inside').flatMap(({ truth }) => truth)
}

function runningHosts(services: readonly PlacedService[]): RunningHost[] {
  const byHost = new Map<LabHost, PlacedService[]>()
  for (const service of services) {
    const own = byHost.get(service.host)
    if (own === undefined) byHost.set(service.host, [service])
    else own.push(service)
  }
  return [...byHost].map(([{ title, scope }, own]) => ({
    title,
    scope,
    address: own[0]?.address ?? '',
    ports: own.filter(({ serves }) => listens(serves.kind)).map(({ port }) => port),
    truth: own.map(({ known, address, port }) => ({ host: title, address, port, ...known })),
  }))
}

function listens(kind: PlacedService['serves']['kind']): boolean {
  return kind !== 'refusing' && kind !== 'silent'
}

function portsOf(
  services: readonly PlacedService[],
  mode: Placement['mode'],
): Pick<Lab, 'ports' | 'lookAlikePorts'> {
  const inside = services.filter(({ host }) => host.scope === 'inside')
  const sorted = (chosen: readonly PlacedService[]) =>
    [...new Set(chosen.map(({ port }) => port))].sort((a, b) => a - b)
  const lookAlikePorts = sorted(inside.filter(({ meant }) => meant !== defaultPort))
  const ports = mode === 'ports' ? sorted(inside.filter(({ meant }) => meant === defaultPort)) : [defaultPort]
  return { ports, lookAlikePorts }
}
