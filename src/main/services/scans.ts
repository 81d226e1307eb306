import { parseAddress } from '#shared/domain/address.ts'
import type { ScanPlan } from '#shared/domain/plan.ts'
import type { ScanProgress, ScanReport, ScanRequest, ScanStarted } from '#shared/domain/scan.ts'
import type { ScanId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { layOut } from '../scanner/layout.ts'
import type { Surroundings } from '../scanner/vantage.ts'
import { markCandidatesAsked } from '../store/candidates.ts'
import { addressKeyOf } from '../store/keys.ts'
import { listRanges } from '../store/ranges.ts'
import { addScanBlock } from '../store/scan-blocks.ts'
import { addScan, listScans, scanById, setScanStatus } from '../store/scans.ts'
import type { WritableStore } from '../store/statement.ts'
import { type AdvisoryShelf, keepEdition } from './advisory-shelf.ts'
import { importedIn } from './candidates.ts'
import type { Transaction } from './context.ts'
import { changedSince, placeNow, planScan, selectPieces, vantagesOf } from './scan-plan.ts'
import { userAgent } from './settings.ts'
import { admitVantages, keepVantage } from './vantages.ts'
import type { Command, Workspace } from './workspace.ts'

interface Gathered {
  readonly surroundings: Surroundings
  readonly running: ScanId | null
  readonly seed: number
  readonly version: string
  readonly advisories: AdvisoryShelf
}

async function gatherForScan({
  surroundings,
  scans,
  random,
  about,
  advisories,
}: Workspace): Promise<Gathered> {
  return {
    surroundings: await surroundings(),
    running: scans.progress()?.id ?? null,
    seed: Math.floor(random() * 2 ** 32),
    version: about.version,
    advisories,
  }
}

/** Plans a scan and puts it on record; the sweep follows outside the transaction. */
export const startScan: Command<ScanRequest, ScanStarted, ScanStarted, Gathered> = {
  gather: gatherForScan,
  run: beginScan,
  after: async ({ scans }, started) => {
    scans.run(started.id)
    return succeed(started)
  },
}

function beginScan(transaction: Transaction, request: ScanRequest, gathered: Gathered): Result<ScanStarted> {
  const { store, now, actor } = transaction
  if (gathered.running !== null) return fail('scan-running', { scan: gathered.running })
  if (request.explain === true && !isOneAddress(request)) {
    return fail('explain-malformed', { address: request.ranges?.join(', ') ?? '' })
  }
  const registered = listRanges(store, {})
  const selection = selectPieces(request, registered, now)
  if (!selection.ok) return selection
  const settings = { seed: gathered.seed, userAgent: userAgent(store, gathered.version) }
  const planned = planScan(
    request,
    selection.value,
    registered,
    gathered.surroundings,
    settings,
    importedIn(store),
  )
  if (!planned.ok) return planned
  const { plan, ranges, vantage } = planned.value
  const layout = layOut(plan)
  if (layout.targetCount === 0) return fail('nothing-to-scan')
  const admitted = admitVantages(transaction, planned.value, request.confirmVantage === true)
  if (!admitted.ok) return admitted

  const { id } = addScan(store, {
    at: now,
    by: actor,
    vantage: vantage === null ? null : keepVantage(transaction, vantage),
    advisoryEdition: keepEdition(store, gathered.advisories.inForce(store).edition, now),
    plan: JSON.stringify(plan),
    networksDone: Buffer.alloc(Math.ceil(layout.networkCount / 8)),
  })
  for (const [position, { rangeId, ports, ...range }] of ranges.entries()) {
    const { targetCount, excludedCount } = layout.blocks[position] ?? { targetCount: 0, excludedCount: 0 }
    const counts = { targets: targetCount, excluded: excludedCount }
    addScanBlock(store, {
      scan: id,
      position,
      range: rangeId,
      ports: JSON.stringify(ports),
      ...range,
      ...counts,
    })
  }
  noteCandidates(store, id, plan)
  return succeed({ id: id as ScanId, targets: layout.targetCount, leftOut: selection.value.leftOut })
}

/** Which scan set out to verify what imports name. */
function noteCandidates(store: WritableStore, scan: number, { onlyCandidates, blocks }: ScanPlan): void {
  if (onlyCandidates !== true) return
  for (const { siteId: site, first, last, ports } of blocks) {
    const keys = { first: addressKeyOf(first), last: addressKeyOf(last) }
    markCandidatesAsked(store, { scan, site, ...keys, ports: JSON.stringify(ports) })
  }
}

/** Everything asked and answered is kept only where it can be read: for one address. */
function isOneAddress({ ranges }: ScanRequest): boolean {
  return ranges?.length === 1 && parseAddress(ranges[0] ?? '') !== null
}

/** Stops the running scan. What it saw stays; the rest was not reached. */
export const stopScan: Command<Named, ScanId, ScanReport, ScanId | null> = {
  gather: async ({ scans }) => scans.progress()?.id ?? null,
  run: (_, named, running) => runningScan(named, running),
  after: async ({ scans }, id) => succeed(await scans.stop(id)),
}

/** Holds the running scan back; nothing new is visited until it is resumed. */
export const pauseScan: Command<Named, ScanId, ScanProgress, ScanId | null> = {
  gather: async ({ scans }) => scans.progress()?.id ?? null,
  run: (_, named, running) => runningScan(named, running),
  after: async ({ scans }) => succeed(scans.pause(true)),
}

interface Named {
  readonly id?: ScanId | undefined
}

function runningScan({ id }: Named, running: ScanId | null): Result<ScanId> {
  if (running === null || (id !== undefined && id !== running))
    return fail('scan-not-running', { scan: id ?? '' })
  return succeed(running)
}

type Resume = Named & { readonly confirmVantage?: boolean | undefined }

/**
 * Lets a paused scan go on, or takes up one that was stopped or interrupted: networks that were done are not visited
 * again. Its plan is frozen, so it is refused if what may be scanned has changed since.
 */
export const resumeScan: Command<Resume, ScanId, ScanProgress, Gathered> = {
  gather: gatherForScan,
  run: (transaction, request, gathered) => {
    const id = request.id ?? gathered.running ?? newestStopped(transaction.store)
    if (id === null) return fail('scan-not-running', { scan: '' })
    if (id === gathered.running) return succeed(id)
    if (gathered.running !== null) return fail('scan-running', { scan: gathered.running })
    return reopen(transaction, id, request.confirmVantage === true, gathered.surroundings)
  },
  after: async ({ scans }, id) => {
    if (scans.progress() === null) scans.run(id)
    return succeed(scans.pause(false))
  },
}

function reopen(
  transaction: Transaction,
  id: ScanId,
  confirmed: boolean,
  surroundings: Surroundings,
): Result<ScanId> {
  const { store, now } = transaction
  const record = scanById(store, { id })
  if (record === undefined) return fail('scan-unknown', { scan: id })
  if (record.status === 'finished') return fail('scan-not-resumable', { scan: id })
  const plan: ScanPlan = JSON.parse(record.plan)
  const changed = changedSince(plan, listRanges(store, {}), now)
  if (changed !== null) return fail('scan-outdated', { scan: id, block: changed })
  const moved = plan.blocks.find(
    ({ first, place }) => place !== null && placeNow(first, surroundings) !== place,
  )
  if (moved !== undefined) return fail('vantage-changed', { place: moved.place ?? '' })
  const admitted = admitVantages(
    transaction,
    { vantages: vantagesOf(plan, listRanges(store, {})) },
    confirmed,
  )
  if (!admitted.ok) return admitted
  setScanStatus(store, { id, at: now, status: 'running', reason: null })
  return succeed(id)
}

function newestStopped(store: Transaction['store']): ScanId | null {
  const stopped = listScans(store, { limit: 100 }).find(
    ({ status }) => status === 'stopped' || status === 'failed',
  )
  return (stopped?.id ?? null) as ScanId | null
}
