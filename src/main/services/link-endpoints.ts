import type { RunningModel } from '#shared/domain/model.ts'
import { formatPlace } from '#shared/domain/observation.ts'
import {
  areDifferent,
  isProxied,
  type SameServer,
  type Sighting,
  sameServers,
} from '../governance/same-server.ts'
import { leadingEndpoint } from '../governance/summarise.ts'
import { derivingTransaction } from '../store/checkpoints.ts'
import * as endpoints from '../store/endpoints.ts'
import { type InstanceRecord, instanceById, setMerged } from '../store/instances.ts'
import { readSnapshot } from '../store/snapshots.ts'
import { endpointFacts, foundInstance, refreshInstance } from './instance-summary.ts'
import type { Recording } from './recording.ts'
import { settleIdentity } from './settle-identity.ts'

/**
 * Brings what a scan saw of single endpoints together: endpoints of one server become ways in to one instance, and what
 * cannot be one server any more is parted. Links are dated and never erased; observations stay as they are.
 */
export function linkEndpoints(recording: Recording, at: number): void {
  partDifferent(recording, at)
  joinSame(recording, at)
  settleIdentity(recording, at)
  askOnlyLeading(recording)
}

function partDifferent(recording: Recording, at: number): void {
  const { store } = recording
  const shared = seenTogether(recording)
  for (const members of Map.groupBy(shared, member => member.instance_id).values()) {
    const first = members.find(({ reason }) => isOwn(reason))
    if (first?.snapshot_id == null) continue
    const facts = readSnapshot(store, first.snapshot_id)
    const strangers = members.filter(
      ({ reason, snapshot_id }) =>
        // What a person said stands.
        !isOwn(reason) &&
        reason !== 'merged' &&
        snapshot_id !== null &&
        areDifferent(facts, readSnapshot(store, snapshot_id)),
    )
    for (const { id, instance_id } of strangers) {
      derivingTransaction(store, () => part(recording, id, instance_id, at))
    }
  }
}

/** Endpoints of instances that were seen at several. */
function seenTogether({ store, scan, company }: Recording) {
  if (company.instances.size === 0) return []
  const instances = JSON.stringify([...company.instances])
  return endpoints.endpointsSeenOf(store, { scan: scan.id, instances })
}

/** Whether the instance is known by this endpoint, and not the endpoint joined to it by proof. */
function isOwn(reason: string): boolean {
  return reason === 'first-seen' || reason === 'moved' || reason === 'split'
}

/** Gives an endpoint an instance of its own: the one it had before, where there was one. */
function part(recording: Recording, endpoint: number, from: number, at: number): void {
  const { store, ledger } = recording
  const old = instanceById(store, { id: from })
  const known = endpointFacts(store, from).find(({ record }) => record.id === endpoint)
  if (old === undefined || known === undefined) return
  const former = endpoints.formerInstanceOf(store, { endpoint, mergedInto: from })?.instance_id
  const instance = former ?? foundInstance(store, at, old.site_id, old.zone, known)
  if (former === undefined) {
    ledger.counts.new++
    recording.fresh.add(instance)
  } else setMerged(store, { id: former, into: null })
  endpoints.unlinkEndpoint(store, { endpoint, at })
  endpoints.linkEndpoint(store, { instance, endpoint, at, reason: 'first-seen' })
  recording.seen.add(instance)
  ledger.counts.seen++
  refreshInstance(store, instance)
  refreshInstance(store, from)
}

interface Seen extends Sighting {
  readonly port: number
}

function joinSame(recording: Recording, at: number): void {
  const { store, scan, company } = recording
  const ids = JSON.stringify(company.endpoints())
  const seen = endpoints.ollamaSeenAmong(store, { scan: scan.id, ids })
  for (const there of Map.groupBy(seen, record => record.site_id).values()) {
    for (const group of sameServers(there.map(record => sightingOf(store, record)))) {
      derivingTransaction(store, () => join(recording, group, at))
    }
  }
}

type SeenRecord = ReturnType<typeof endpoints.ollamaSeenAmong>[number]

function sightingOf(store: Recording['store'], record: SeenRecord): Seen {
  return {
    endpoint: record.id,
    instance: record.instance_id,
    address: record.address,
    port: record.port,
    scheme: record.scheme,
    basePath: record.base_path,
    facts: readSnapshot(store, record.snapshot_id ?? 0),
    running: record.running === null ? null : (JSON.parse(record.running) as RunningModel[]),
  }
}

function join(recording: Recording, { members, proof }: SameServer<Seen>, at: number): void {
  const { store, ledger } = recording
  const ids = [...new Set(members.map(member => member.instance))]
  const instances = ids.flatMap(id => instanceById(store, { id }) ?? [])
  const [staying, ...others] = instances.sort((a, b) => compareSeniority(a, b, members))
  if (staying === undefined || others.length === 0) return
  for (const other of others) {
    for (const { id } of endpoints.endpointsOfInstances(store, { ids: JSON.stringify([other.id]) })) {
      endpoints.unlinkEndpoint(store, { endpoint: id, at })
      endpoints.linkEndpoint(store, { instance: staying.id, endpoint: id, at, reason: proof })
    }
    setMerged(store, { id: other.id, into: staying.id })
    if (recording.seen.delete(other.id)) ledger.counts.seen--
    if (recording.fresh.delete(other.id)) ledger.counts.new--
  }
  recording.company.instances.add(staying.id)
  refreshInstance(store, staying.id)
}

/** The one known for longest stays; of those found together, the one without anything in front, then the lower port. */
function compareSeniority(a: InstanceRecord, b: InstanceRecord, members: readonly Seen[]): number {
  const wayIn = ({ id }: InstanceRecord) => {
    const own = members.filter(member => member.instance === id)
    return { rank: own.every(isProxied) ? 1 : 0, port: Math.min(...own.map(each => each.port)) }
  }
  const [mine, others] = [wayIn(a), wayIn(b)]
  // Found in one scan, milliseconds apart: that says nothing about which was there first.
  const isOlder =
    Math.abs(a.first_seen_at - b.first_seen_at) > sameScanMs ? a.first_seen_at - b.first_seen_at : 0
  return isOlder || mine.rank - others.rank || mine.port - others.port || a.id - b.id
}
const sameScanMs = 60_000

/** Several ways in are one holder: it is asked about its models by one of them. */
function askOnlyLeading(recording: Recording): void {
  const { store, holders } = recording
  const shared = seenTogether(recording)
  const places = new Map([...holders.values()].map(({ endpoint, place }) => [endpoint, formatPlace(place)]))
  for (const [instance, members] of Map.groupBy(shared, member => member.instance_id)) {
    const seen = new Set(members.map(member => member.id))
    const ways = endpointFacts(store, instance).filter(({ record }) => seen.has(record.id))
    if (ways.length === 0) continue
    const leading = leadingEndpoint(ways).record.id
    for (const endpoint of seen) if (endpoint !== leading) holders.delete(places.get(endpoint) ?? '')
  }
}
