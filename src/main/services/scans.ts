import type { ScanReport, ScanRequest, ScanStarted } from '#shared/domain/scan.ts'
import type { ScanId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { layOut } from '../scanner/layout.ts'
import type { Surroundings } from '../scanner/vantage.ts'
import { listRanges } from '../store/ranges.ts'
import { addScan } from '../store/scans.ts'
import type { Transaction } from './context.ts'
import { planScan, selectPieces } from './scan-plan.ts'
import { userAgent } from './settings.ts'
import { admitVantages, keepVantage } from './vantages.ts'
import type { Command } from './workspace.ts'

interface Gathered {
  readonly surroundings: Surroundings
  readonly running: ScanId | null
  readonly seed: number
  readonly version: string
}

/** Plans a scan and puts it on record; the sweep follows outside the transaction. */
export const startScan: Command<ScanRequest, ScanStarted, ScanStarted, Gathered> = {
  gather: async ({ surroundings, scans, random, about }) => ({
    surroundings: await surroundings(),
    running: scans.progress()?.id ?? null,
    seed: Math.floor(random() * 2 ** 32),
    version: about.version,
  }),
  run: beginScan,
  after: async ({ scans }, started) => {
    scans.run(started.id)
    return succeed(started)
  },
}

function beginScan(transaction: Transaction, request: ScanRequest, gathered: Gathered): Result<ScanStarted> {
  const { store, now, actor } = transaction
  if (gathered.running !== null) return fail('scan-running', { scan: gathered.running })
  const registered = listRanges(store, {})
  const selection = selectPieces(request, registered, now)
  if (!selection.ok) return selection
  const settings = { seed: gathered.seed, userAgent: userAgent(store, gathered.version) }
  const planned = planScan(request, selection.value, registered, gathered.surroundings, settings)
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
    plan: JSON.stringify(plan),
    plannedRanges: JSON.stringify(ranges),
    targets: layout.targetCount,
    excluded: layout.excludedCount,
    networksDone: Buffer.alloc(Math.ceil(layout.networkCount / 8)),
  })
  return succeed({ id: id as ScanId, targets: layout.targetCount, leftOut: selection.value.leftOut })
}

/** Stops the running scan. What it saw stays; the rest was not reached. */
export const stopScan: Command<{ id?: ScanId | undefined }, ScanId, ScanReport, ScanId | null> = {
  gather: async ({ scans }) => scans.progress()?.id ?? null,
  run(_, { id }, running) {
    if (running === null || (id !== undefined && id !== running))
      return fail('scan-not-running', { scan: id ?? '' })
    return succeed(running)
  },
  after: async ({ scans }, id) => succeed(await scans.stop(id)),
}
