import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { layOut } from '#main/scanner/layout.ts'
import type { VisitOutcome } from '#main/scanner/sweep-batch.ts'
import { createAdvisoryShelf, keepEdition } from '#main/services/advisory-shelf.ts'
import type { Reading } from '#main/services/context.ts'
import { inventoryList } from '#main/services/inventory.ts'
import { markNotCovered } from '#main/services/not-covered.ts'
import { prepareObservation } from '#main/services/prepare-observation.ts'
import { openLedger } from '#main/services/scan-ledger.ts'
import { createScanRecorder } from '#main/services/scan-recorder.ts'
import { watchedBetween } from '#main/store/endpoints.ts'
import { addressKeyOf } from '#main/store/keys.ts'
import { openMemory } from '#main/store/open.ts'
import { addRange } from '#main/store/ranges.ts'
import { addScan, scanById, setScanStatus } from '#main/store/scans.ts'
import { addSite, siteByName } from '#main/store/sites.ts'
import { transaction, type WritableStore } from '#main/store/statement.ts'
import { formatAddress, parseAddress } from '#shared/domain/address.ts'
import { parseBlock } from '#shared/domain/address-block.ts'
import type { InstanceRow } from '#shared/domain/instance.ts'
import type { ListedModel, Observation, Target } from '#shared/domain/observation.ts'
import type { PlannedBlock } from '#shared/domain/plan.ts'
import { nothingKnown } from '#shared/domain/protection.ts'
import type { ScanId } from '#shared/ids.ts'
import { plannedBlock, scanPlan } from './scanning.ts'

/** What a scan of the test meets. */
export interface Met {
  /** Default: the whole range. */
  readonly blocks?: readonly string[]
  readonly exclusions?: readonly string[]
  readonly seen: readonly Observation[]
  /** What becomes of known places where nothing is seen: by `address`, or for all. Default: silent. */
  readonly absent?: VisitOutcome | ((address: string) => VisitOutcome)
  /** Default: none that matters. */
  readonly vantage?: number
  /** Only so many networks get done, then the scan is stopped. */
  readonly networks?: number
  readonly at?: number
  /** The process ends right after the sweep. */
  readonly crashes?: boolean
}

/** An organisation whose scans come from the test instead of the network; everything behind the sweep is real. */
export interface Recorded {
  readonly store: WritableStore
  readonly reading: Reading
  readonly site: number
  /** The clock: moves an hour with each scan. */
  now: number
  scan(met: Met): ScanId
}

const resources = join(import.meta.dirname, '..', '..', 'resources')
const shelf = createAdvisoryShelf(() => readFileSync(join(resources, 'advisories', 'ollama.json'), 'utf8'))

export const hour = 3_600_000
const start = Date.UTC(2026, 10, 2, 8)

/** One site with one range, scanned for the given ports. */
export function recorded(
  range = '10.0.0.0/22',
  site = 'Lab',
  store = openMemory(),
  ports = [11434],
): Recorded {
  const siteId = siteByName(store, { name: site })?.id ?? addSite(store, { name: site, at: start }).id
  const { first, last } = blockOf(range)
  const { id: rangeId } = addRange(store, {
    ...{ site: siteId, block: range, first: addressKeyOf(first), last: addressKeyOf(last), at: start },
    ...{ zone: 'lab', ports: JSON.stringify(ports), exclusions: '[]', authorisedBy: 'Ada', reference: 'T-1' },
    ...{ validUntil: '2099-12-31', windows: null, networkRate: null, candidates: null },
  })
  const world: Recorded = {
    store,
    site: siteId,
    now: start,
    reading: {
      store,
      now: () => world.now,
      advisories: shelf,
      about: { version: 'test', dataFolder: '', actor: 'Ada' },
    },
    scan(met) {
      world.now = met.at ?? world.now + hour
      const blocks = (met.blocks ?? [range]).map(text => {
        const block = blockOf(text)
        return plannedBlock(block.first, block.last, { rangeId, siteId, ports })
      })
      return record(world, blocks, met)
    },
  }
  return world
}

function record({ store, now }: Recorded, blocks: readonly PlannedBlock[], met: Met): ScanId {
  const plan = scanPlan({ blocks, exclusions: (met.exclusions ?? []).map(blockOf) })
  const layout = layOut(plan)
  const networksDone = Buffer.alloc(Math.ceil(layout.networkCount / 8))
  const { id } = addScan(store, {
    ...{ at: now, by: 'Ada', vantage: met.vantage ?? null, plan: JSON.stringify(plan), networksDone },
    advisoryEdition: keepEdition(store, shelf.shipped(), now),
  })
  const found = scanById(store, { id })
  if (found === undefined) throw new Error('no scan')
  const ledger = transaction(store, () => openLedger(store, found, layout, () => 0))
  const recorder = createScanRecorder(
    store,
    { id, vantage: met.vantage ?? null, isBegun: true, layout, zoneOf: () => 'lab' },
    ledger,
  )
  const reach = met.networks ?? layout.networkCount
  const isReached = (address: string) => {
    const parsed = parseAddress(address)
    const network = parsed === null ? null : layout.networkAt(parsed)
    return network !== null && network < reach
  }
  const seen = met.seen.filter(({ target }) => isReached(target.address))
  const answering = new Set(seen.map(({ target }) => `${target.address}:${target.port}`))
  const watched = blocks.flatMap(({ siteId, first, last }) =>
    watchedBetween(store, { site: siteId, first: addressKeyOf(first), last: addressKeyOf(last) }).map(
      targetAt,
    ),
  )
  const outcomeOf = typeof met.absent === 'function' ? met.absent : () => met.absent ?? 'silent'
  const absences = watched
    .filter(({ address, port }) => isReached(address) && !answering.has(`${address}:${port}`))
    .map(target => ({ target, outcome: outcomeOf(target.address) as VisitOutcome }))
  recorder.takeSweep(
    {
      ...{ share: 0, visited: seen.length, answered: seen.length, asleep: false, requests: {} },
      observations: seen.map(each => prepareObservation({ ...each, observedAt: now })),
      done: Array.from({ length: reach }, (_, network) => ({ network, outcomes: [] })),
      ...{ open: [], absences, tarpits: [] },
    },
    now,
  )
  if (met.crashes) {
    setScanStatus(store, { id, at: now, status: 'stopped', reason: 'interrupted' })
    return id as ScanId
  }
  recorder.linkEndpoints(now)
  recorder.applyClaims()
  const isWhole = reach === layout.networkCount
  setScanStatus(store, { id, at: now, status: isWhole ? 'finished' : 'stopped', reason: null })
  markNotCovered(store, now)
  return id as ScanId
}

function blockOf(text: string): { first: string; last: string } {
  const block = parseBlock(text)
  if (!block.ok) throw new Error(`no block: ${text}`)
  return { first: formatAddress(block.value.first), last: formatAddress(block.value.last) }
}

/** A model as it is pulled somewhere at some instant; the same name is the same content unless `content` says otherwise. */
export function pulled(
  name: string,
  modifiedAt: string,
  model: Partial<ListedModel> & { readonly content?: string } = {},
): ListedModel {
  const { content = name, ...rest } = model
  return {
    name,
    digest: createHash('sha256').update(content).digest('hex'),
    modifiedAt,
    sizeBytes: 4_000_000_000,
    format: 'gguf',
    family: 'llama',
    families: ['llama'],
    parameterSize: '8.0B',
    quantization: 'Q4_K_M',
    remoteModel: null,
    remoteHost: null,
    contextLength: null,
    capabilities: null,
    ...rest,
  }
}

/** An Ollama as a scan sees it. */
export function ollamaAt(address: string, seen: Partial<Observation> = {}): Observation {
  return {
    target: { address, port: 11434 },
    scheme: 'http',
    basePath: '',
    observedAt: 0,
    identity: { product: 'ollama', suspected: null, confidence: 100, signals: [] },
    version: '0.12.0',
    access: { api: 'open', v1: 'open' },
    cors: 'restricted',
    models: [],
    running: null,
    cloudDisabled: null,
    bracket: null,
    certificate: null,
    front: null,
    vacantPaths: [],
    hostNames: [],
    protection: nothingKnown,
    hardwareAddress: null,
    probes: [],
    ...seen,
  }
}

/** The whole inventory. */
export function rowsOf(world: Pick<Recorded, 'reading'>): InstanceRow[] {
  const listed = inventoryList(world.reading, '', false)
  if (!listed.ok) throw new Error(listed.failure.code)
  return listed.value
}

function targetAt(place: string): Target {
  const end = place.lastIndexOf(':')
  return { address: place.slice(0, end).replace(/^\[|\]$/g, ''), port: Number(place.slice(end + 1)) }
}
