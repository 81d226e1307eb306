import { isoInstant } from '#shared/domain/instant.ts'
import type { InventoryPageRow } from '#shared/domain/inventory.ts'
import type { ToolExposure } from '#shared/domain/overview.ts'
import { fold } from '#shared/query/pattern.ts'
import { valueTerm } from '#shared/query/term.ts'
import * as stored from '../store/overview.ts'
import * as counts from '../store/risk-counts.ts'
import { consistently, type ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { instanceRows } from './instance-rows.ts'
import type { Figures } from './overview-points.ts'

const capable = 'presence:present tools:yes'
/** SentinelLABS and Censys, "Silent Brothers", 29 January 2026: "more than 48 %" of 175,108 public hosts advertise tools. */
const study = { percent: 48, source: 'SentinelLABS / Censys, “Silent Brothers”, 2026-01-29' }

type Kind = ReturnType<typeof counts.countsByCapability>[number] & { readonly can: ReadonlySet<string> }

const combinations: readonly [string, string, (kind: Kind) => boolean][] = [
  ['vision', `${capable} capability:vision`, ({ can }) => can.has('vision')],
  ['thinking', `${capable} capability:thinking`, ({ can }) => can.has('thinking')],
  [
    'vision-thinking',
    `${capable} capability:vision capability:thinking`,
    ({ can }) => can.has('vision') && can.has('thinking'),
  ],
  ['remote', `${capable} remote:*`, ({ remotes }) => membersOf(remotes).length > 0],
]

/** Tool calling as a thing to be watched: who declares it, since when, how reachable, and who answers for that. */
export function toolExposure(reading: Reading, limit: number): ToolExposure {
  const { store } = reading
  return consistently(store, () => {
    const kinds = presentKinds(store)
    const count = (is: (kind: Kind) => boolean) =>
      kinds.reduce((sum, kind) => (is(kind) ? sum + kind.count : sum), 0)
    const total = count(isCapable)
    const listed = listedOf(reading, limit)
    return {
      models: modelsOf(store, listed),
      instances: instancesOf(store, listed),
      totalInstances: total,
      combined: combinations.map(([combination, query, is]) => ({
        combination,
        instances: count(kind => isCapable(kind) && is(kind)),
        query,
      })),
      share: { capable: total, known: count(({ facts }) => !counts.isWord(facts, 'tools', 'unknown')) },
      study,
      trend: stored.listPoints(store, {}).map(({ at, figures }) => ({
        at: isoInstant(at),
        value: (JSON.parse(figures) as Figures).openTools,
      })),
    }
  })
}

const isCapable = ({ facts }: Kind) => counts.isWord(facts, 'tools', 'yes')

/** Present instances by what their models can do. */
function presentKinds(store: ReadableStore): Kind[] {
  return counts
    .countsByCapability(store, {})
    .filter(({ facts }) => counts.isWord(facts, 'presence', 'present'))
    .map(kind => ({ ...kind, can: new Set(membersOf(kind.capabilities)) }))
}

/** '' stands for a member that is unknown. */
function membersOf(list: string | null): string[] {
  return list === null || list === ''
    ? []
    : (JSON.parse(list) as string[]).filter(each => each !== '').map(fold)
}

/** One that is listed, with its models that declare tools and since when each is there. */
interface Listed {
  readonly row: InventoryPageRow
  readonly models: readonly {
    readonly name: string
    readonly capabilities: readonly string[]
    since: string
  }[]
}

/** The riskiest first. */
function listedOf({ store, advisories }: Reading, limit: number): Listed[] {
  const ids = counts.riskiestToolCalling(store, { limit }).map(({ instance_id }) => instance_id)
  const rows = instanceRows(store, advisories, ids)
  const seen = new Map(
    stored
      .modelsSince(store, { ids: JSON.stringify(ids) })
      .map(({ instance_id, name, digest, since }) => [placeKey(instance_id, name, digest), since]),
  )
  return rows.map(row => ({
    row,
    models: (row.models ?? []).flatMap(({ name, digest, capabilities }) => {
      if (capabilities?.includes('tools') !== true) return []
      const at = seen.get(placeKey(row.id, name, digest))
      return [{ name, capabilities, since: at === undefined ? row.firstSeenAt : isoInstant(at) }]
    }),
  }))
}

/** Another content under the same name is another model: whether it declares tools is its own affair. */
function placeKey(instance: number, name: string, digest: string | null): string {
  return `${instance} ${digest ?? ''} ${name}`
}

const earliest = (instants: readonly string[], otherwise: string) =>
  instants.reduce((first, each) => (each < first ? each : first), instants[0] ?? otherwise)

function instancesOf(store: ReadableStore, listed: readonly Listed[]): ToolExposure['instances'] {
  const ids = JSON.stringify(listed.map(({ row }) => row.id))
  const leave = Map.groupBy(stored.leaveInForce(store, { ids }), each => each.instance_id)
  return listed.map(({ row, models }) => ({
    instanceId: row.id,
    address: row.address,
    port: row.port,
    site: row.site,
    access: row.access,
    owner: row.owner,
    acceptedBy: (leave.get(row.id) ?? []).flatMap(each => each.decided_by ?? []),
    since: earliest(
      models.map(({ since }) => since),
      row.firstSeenAt,
    ),
    models: models.map(({ name }) => name),
    score: row.score,
  }))
}

/** Models of the listed ones, each with how many of all it is on. */
function modelsOf(store: ReadableStore, listed: readonly Listed[]): ToolExposure['models'] {
  const byName = Map.groupBy(
    listed.flatMap(({ models }) => models),
    ({ name }) => name,
  )
  const holders = holdersOf(store, [...byName.keys()])
  return [...byName]
    .map(([name, all]) => ({
      name,
      capabilities: [...new Set(all.flatMap(({ capabilities }) => capabilities))].sort(),
      ...(holders.get(fold(name)) ?? { instances: 0, open: 0 }),
      since: earliest(
        all.map(({ since }) => since),
        '',
      ),
      query: `${capable} ${valueTerm('model', name)}`,
    }))
    .sort((a, b) => b.open - a.open || b.instances - a.instances)
}

function holdersOf(store: ReadableStore, names: readonly string[]) {
  const lists = counts.toolCallingLists(store)
  const found = new Map<string, { instances: number; open: number }>()
  for (const { folded, set_id } of counts.listsHolding(store, { names: JSON.stringify(names.map(fold)) })) {
    const list = lists.get(set_id)
    if (list === undefined) continue
    const sum = found.get(folded) ?? { instances: 0, open: 0 }
    found.set(folded, { instances: sum.instances + list.instances, open: sum.open + list.open })
  }
  return found
}
