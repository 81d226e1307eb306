import { keepEdition } from '#main/services/advisory-shelf.ts'
import { foundInstance, refreshInstance } from '#main/services/instance-summary.ts'
import { addEndpoint, linkEndpoint, setPresence } from '#main/store/endpoints.ts'
import { addressKeyOf } from '#main/store/keys.ts'
import { addRange } from '#main/store/ranges.ts'
import { addScan } from '#main/store/scans.ts'
import { addSite } from '#main/store/sites.ts'
import { keepSnapshot } from '#main/store/snapshots.ts'
import { beginSpell } from '#main/store/spells.ts'
import { transaction, type WritableStore } from '#main/store/statement.ts'
import type { Presence } from '#shared/domain/exposure.ts'
import type { RunningModel } from '#shared/domain/model.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'
import { shippedAdvisories } from './shipped-advisories.ts'

/** One way in as a test wants it to have been seen. */
export interface SeenEndpoint {
  readonly address: string
  readonly port: number
  readonly scheme: 'http' | 'https'
  readonly confidence: number
  readonly presence: Presence
  readonly facts: StableFacts
  readonly running: readonly RunningModel[] | null
  readonly hostNames: readonly string[]
}

/** One instance with everything queries ask for. */
export interface SeenInstance {
  readonly site: string
  readonly zone: string
  readonly firstSeenAt: number
  readonly lastSeenAt: number
  readonly endpoints: readonly SeenEndpoint[]
}

const perTransaction = 500

/** Writes instances as a scan would have: sites, one range each, endpoints, spells, snapshots, links, rows. Returns their ids. */
export function fillInventory(store: WritableStore, instances: Iterable<SeenInstance>): number[] {
  const places = new Map<string, { site: number; range: number }>()
  const ids: number[] = []
  const scan = addScan(store, {
    at: 0,
    by: 'test',
    vantage: null,
    advisoryEdition: keepEdition(store, shippedAdvisories.shipped(), 0),
    plan: '{}',
    networksDone: Buffer.alloc(0),
  }).id
  let batch: SeenInstance[] = []
  const write = () => {
    transaction(store, () => {
      for (const seen of batch) ids.push(writeInstance(store, scan, placeOf(store, places, seen), seen))
    })
    batch = []
  }
  for (const seen of instances) {
    batch.push(seen)
    if (batch.length === perTransaction) write()
  }
  write()
  return ids
}

function placeOf(
  store: WritableStore,
  places: Map<string, { site: number; range: number }>,
  { site }: SeenInstance,
) {
  const known = places.get(site)
  if (known !== undefined) return known
  const { id } = addSite(store, { name: site, at: 0 })
  const range = addRange(store, {
    site: id,
    first: addressKeyOf('10.0.0.0'),
    last: addressKeyOf('10.255.255.255'),
    block: '10.0.0.0/8',
    zone: 'unknown',
    ports: '[11434]',
    exclusions: '[]',
    authorisedBy: 'test',
    reference: 'test',
    validUntil: '2099-12-31',
    windows: null,
    networkRate: null,
    candidates: null,
    at: 0,
  }).id
  const place = { site: id, range }
  places.set(site, place)
  return place
}

function writeInstance(
  store: WritableStore,
  scan: number,
  { site, range }: { site: number; range: number },
  seen: SeenInstance,
): number {
  const [first] = seen.endpoints
  if (first === undefined) throw new Error('an instance needs an endpoint')
  const id = foundInstance(store, seen.firstSeenAt, site, seen.zone, {
    ...first,
    basePath: '',
    lastSeenAt: seen.lastSeenAt,
  })
  for (const endpoint of seen.endpoints) {
    const added = addEndpoint(store, {
      site,
      addressKey: addressKeyOf(endpoint.address),
      address: endpoint.address,
      port: endpoint.port,
      scheme: endpoint.scheme,
      basePath: '',
      range,
      at: seen.lastSeenAt,
      vantage: null,
      confidence: endpoint.confidence,
      hostNames: JSON.stringify(endpoint.hostNames.map(name => ({ name, source: 'certificate' }))),
      hardwareAddress: null,
    }).id
    const snapshot = keepSnapshot(store, endpoint.facts)
    const look = { endpoint: added, at: seen.lastSeenAt }
    const running = endpoint.running === null ? null : JSON.stringify(endpoint.running)
    const evidence = { signals: '[]', probes: '[]', running }
    beginSpell(store, { ...look, outcome: 'answered', snapshot, scan, seal: 0 }, evidence)
    setPresence(store, { id: added, presence: endpoint.presence })
    linkEndpoint(store, { instance: id, endpoint: added, at: seen.firstSeenAt, reason: 'first-seen' })
  }
  refreshInstance(store, id)
  return id
}
