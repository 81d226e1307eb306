import type { ReadableStore } from '#main/store/statement.ts'
import { persistentAbove, publishedFamilies, publishedShares, type ShareName } from './study-published.ts'

/** Published beside generated, both in per cent. */
export interface ComparedShare {
  readonly published: number
  readonly generated: number
  /** In percentage points. */
  readonly apart: number
}

/** The shares of what is in the store after all scans: what was generated, as Paddock remembers it. */
export function compareShares(store: ReadableStore): Record<ShareName, ComparedShare> {
  const found = { ...persistenceShares(store), ...capabilityShares(store), ...modelShares(store) }
  const names = Object.keys(publishedShares) as ShareName[]
  return Object.fromEntries(
    names.map(name => {
      const [said, generated] = [rounded(publishedShares[name]), rounded(found[name] ?? Number.NaN)]
      return [name, { published: said, generated, apart: rounded(Math.abs(said - generated)) }]
    }),
  ) as Record<ShareName, ComparedShare>
}

/** Families by the number of hosts that hold one of them, the study's first five and Paddock's. */
export function compareFamilies(store: ReadableStore) {
  const { connection } = store
  const found = connection
    .prepare(
      `SELECT family, count(DISTINCT instance_id) AS hosts FROM instance_snapshots
        JOIN snapshot_artifacts USING (snapshot_id) JOIN artifacts ON artifacts.id = artifact_id
        GROUP BY family ORDER BY hosts DESC LIMIT 8`,
    )
    .all() as { family: string; hosts: number }[]
  return { published: publishedFamilies, generated: found }
}

/** Models a host shows, as the mean over the hosts a scan saw. */
export function modelsPerObservation(store: ReadableStore, scan: number): number {
  const mean = store.connection
    .prepare(
      `SELECT avg(model_count) FROM spells JOIN snapshots ON snapshots.id = snapshot_id
        WHERE first_scan_id <= ? AND last_scan_id >= ?`,
    )
    .pluck()
    .get(scan, scan)
  return rounded(Number(mean))
}

type Found = Partial<Record<ShareName, number>>

function persistenceShares({ connection }: ReadableStore): Found {
  const counts = connection
    .prepare("SELECT sum(scan_count) FROM spells WHERE outcome = 'answered' GROUP BY endpoint_id")
    .pluck()
    .all() as number[]
  const persistent = counts.filter(count => count > persistentAbove)
  return {
    seenOnce: share(counts.filter(count => count === 1).length, counts.length),
    seenPersistently: share(persistent.length, counts.length),
    observationsOfPersistent: share(sum(persistent), sum(counts)),
  }
}

function capabilityShares({ connection }: ReadableStore): Found {
  const rows = connection
    .prepare(
      `SELECT members, count(*) AS hosts FROM inventory_rows LEFT JOIN query_sets ON query_sets.id = capability_set
        GROUP BY capability_set`,
    )
    .all() as { members: string | null; hosts: number }[]
  const all = sum(rows.map(({ hosts }) => hosts))
  const holding = (holds: (capabilities: readonly string[]) => boolean) =>
    share(
      sum(rows.filter(({ members }) => holds(JSON.parse(members ?? '[]'))).map(({ hosts }) => hosts)),
      all,
    )
  return {
    tools: holding(each => each.includes('tools')),
    onlyCompletionAndTools: holding(each => each.join() === 'completion,tools'),
    vision: holding(each => each.includes('vision')),
    thinking: holding(each => each.includes('thinking')),
  }
}

interface Held {
  readonly instance: number
  readonly family: string
  readonly quantization: string
  readonly parameters: string
}

function modelShares({ connection }: ReadableStore): Found {
  const held = connection
    .prepare(
      `SELECT instance_id AS instance, family, quantization, parameter_size AS parameters FROM instance_snapshots
        JOIN snapshot_artifacts USING (snapshot_id) JOIN artifacts ON artifacts.id = artifact_id`,
    )
    .all() as Held[]
  const hosts = [...Map.groupBy(held, ({ instance }) => instance).values()]
  const families = hosts.map(models => new Set(models.map(({ family }) => family)))
  const several = families.filter(({ size }) => size > 1)
  const both = several.filter(each => each.has('llama') && each.has('qwen2'))
  const ofHosts = (holds: (models: readonly Held[]) => boolean) =>
    share(hosts.filter(holds).length, hosts.length)
  return {
    twoOrThreeModels: ofHosts(models => models.length === 2 || models.length === 3),
    twentyOrMoreModels: ofHosts(models => models.length >= 20),
    q4km: ofHosts(models => models.some(({ quantization }) => quantization === 'Q4_K_M')),
    from8To14: ofHosts(models => models.some(({ parameters }) => isFrom8To14(parameters))),
    llamaAndQwen2OfMultiFamily: share(both.length, several.length),
    llamaAndQwen2: share(both.length, hosts.length),
    fourBit: share(held.filter(({ quantization }) => /^(Q4_|MXFP4)/.test(quantization)).length, held.length),
    sixteenBit: share(held.filter(({ quantization }) => /F16$/.test(quantization)).length, held.length),
  }
}

function isFrom8To14(parameters: string): boolean {
  const count = Number.parseFloat(parameters)
  return parameters.endsWith('B') && count >= 8 && count <= 14
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}

function share(part: number, whole: number): number {
  return (100 * part) / whole
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
