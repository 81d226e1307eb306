import type { ScanPlan } from '#shared/domain/plan.ts'
import type { ScanProgress, ScanReport, ScanStatus } from '#shared/domain/scan.ts'
import type { ScanId } from '#shared/ids.ts'
import { layOut } from '../scanner/layout.ts'
import type { SweepRun } from '../scanner/sweeper.ts'
import { watchedBetween } from '../store/endpoints.ts'
import { addressKeyOf } from '../store/keys.ts'
import { markLooked } from '../store/last-looks.ts'
import { failureOf } from '../store/open.ts'
import { listRanges, markRangeCovered } from '../store/ranges.ts'
import { keepTraces, scanById, setScanStatus } from '../store/scans.ts'
import { type ReadableStore, transaction } from '../store/statement.ts'
import { askDetails } from './ask-details.ts'
import type { Owning } from './context.ts'
import { markNotCovered } from './not-covered.ts'
import { purgeHistory } from './retention.ts'
import { openLedger } from './scan-ledger.ts'
import { createScanRecorder, type ScanRecorder } from './scan-recorder.ts'
import { scanReport } from './scan-report.ts'
import { sealScan } from './scan-seal.ts'
import { createTempo, type Tempo } from './tempo.ts'
import { watchVantage } from './vantage-watch.ts'

/** Carries out the scans that are on record, one at a time. */
export interface ScanRunner {
  /** Begins a scan, or goes on with one that was interrupted. */
  run(id: ScanId): void
  progress(): ScanProgress | null
  /** Ids of the ranges the running scan visits. */
  ranges(): readonly number[]
  /** Holds the running scan back, or lets it go on. */
  pause(paused: boolean): ScanProgress
  /** Breaks the scan off and resolves when its end is on record: within a second. */
  stop(id: ScanId): Promise<ScanReport>
  /** Stops whatever runs, because the backend ends. */
  close(): Promise<void>
}

interface Current {
  readonly id: ScanId
  readonly plan: ScanPlan
  readonly targets: number
  /** Since it was begun, or taken up again. */
  readonly elapsedMs: () => number
  readonly run: SweepRun
  readonly recorder: ScanRecorder
  readonly tempo: Tempo
  phase: ScanProgress['phase']
  visited: number
  answered: number
  /** Held back: this machine is not where the scan was planned; or a person wants it. */
  held: boolean
  paused: boolean
  /** Shares of which everything left waits for a window. */
  readonly asleep: Set<number>
  stopReason: string | null
}

export function createScanRunner(context: Owning): ScanRunner {
  let current: Current | null = null
  let ending: Promise<ScanReport> | null = null
  const stop = (reason: string) => {
    if (current === null || ending === null) throw new Error('no scan is running')
    current.stopReason ??= reason
    current.run.stop()
    return ending
  }
  return {
    run(id) {
      const begun = begin(context, id)
      current = begun
      ending = carryOut(context, begun).finally(() => {
        current = null
      })
      ending.then(
        async report => {
          // Whoever hears that the scan has ended finds what it means for the findings.
          await context.evaluation.run()
          context.emit('scan.ended', report)
        },
        error => context.log.error({ err: error, scan: id }, 'a scan could not be ended properly'),
      )
    },
    progress: () => (current === null ? null : progressOf(current)),
    ranges: () => current?.plan.blocks.map(block => block.rangeId) ?? [],
    pause(paused) {
      if (current === null) throw new Error('no scan is running')
      current.paused = paused
      current.run.pause(current.paused || current.held)
      const progress = progressOf(current)
      context.emit('scan.progressed', progress)
      return progress
    },
    stop: () => stop('person'),
    close: async () => {
      if (current !== null) await stop('closed')
    },
  }
}

function begin({ store, sweeper, monotonic }: Owning, id: ScanId): Current {
  const record = scanById(store, { id })
  if (record === undefined) throw new Error(`no scan ${id}`)
  const plan: ScanPlan = JSON.parse(record.plan)
  const layout = layOut(plan)
  const zones = new Map(listRanges(store, {}).map(range => [range.id, range.zone]))
  const zoneOf = (range: number) => zones.get(range) ?? 'unknown'
  const begunMs = monotonic()
  const elapsedMs = () => monotonic() - begunMs
  const ledger = transaction(store, () => openLedger(store, record, layout, elapsedMs))
  const { coverage } = scanReport(store, id)
  const about = { id, vantage: record.vantage_id, isBegun: ledger.requests.total > 0, layout, zoneOf }
  return {
    id,
    plan,
    targets: layout.targetCount,
    elapsedMs,
    run: sweeper({ plan, watched: watchedTargets(store, plan), doneBefore: record.networks_done }),
    recorder: createScanRecorder(store, about, ledger),
    tempo: createTempo(),
    phase: 'sweeping',
    visited: coverage.targets - coverage.notReached,
    answered: coverage.answered,
    held: false,
    paused: false,
    asleep: new Set(),
    stopReason: null,
  }
}

/** Known endpoints inside the plan: what becomes of them must be told one by one. */
function watchedTargets(store: ReadableStore, plan: ScanPlan): string[] {
  const targets = plan.blocks.flatMap(({ siteId, first, last }) =>
    watchedBetween(store, { site: siteId, first: addressKeyOf(first), last: addressKeyOf(last) }),
  )
  // There may be several ways in at one.
  return [...new Set(targets)]
}

async function carryOut(context: Owning, current: Current): Promise<ScanReport> {
  const watch = watchVantage(context, current.plan, held => {
    current.held = held
    current.run.pause(current.paused || current.held)
    context.emit('scan.progressed', progressOf(current))
  })
  try {
    await visitAndAsk(context, current)
    const status = current.stopReason === null ? 'finished' : 'stopped'
    return end(context, current, status, current.stopReason)
  } catch (error) {
    context.log.error({ err: error, scan: current.id }, 'a scan failed')
    return end(context, current, 'failed', failureOf(error, context.about.dataFolder)?.code ?? 'error')
  } finally {
    watch.end()
    await current.run.close()
  }
}

async function visitAndAsk(context: Owning, current: Current): Promise<void> {
  const { run, recorder } = current
  const { emit, now, store } = context
  for await (const batch of run.sweep()) {
    recorder.takeSweep(batch, now())
    current.visited += batch.visited
    current.answered += batch.answered
    if (batch.asleep) current.asleep.add(batch.share)
    else current.asleep.delete(batch.share)
    current.tempo.note(current.visited, current.elapsedMs())
    emit('scan.progressed', progressOf(current))
    if (batch.observations.length > 0) emit('data.changed', { version: now() })
  }
  recorder.linkEndpoints(now())
  // The sweep ended with networks behind closed windows: they are for another time.
  if (current.asleep.size > 0) current.stopReason ??= 'window-closed'
  if (current.stopReason !== null) return
  current.phase = 'asking-details'
  for await (const batch of askDetails(store, recorder.holders, enquiries => run.enquire(enquiries))) {
    recorder.takeClaims(batch, now())
    emit('scan.progressed', progressOf(current))
  }
  current.phase = 'finishing'
  recorder.applyClaims()
}

function end(context: Owning, current: Current, status: ScanStatus, reason: string | null): ScanReport {
  const { store, now, emit } = context
  const at = now()
  transaction(store, () => {
    setScanStatus(store, { id: current.id, at, status, reason })
    if (current.plan.explains)
      keepTraces(store, { id: current.id, traces: JSON.stringify(current.run.traces()) })
    if (status === 'finished')
      for (const id of wholeRanges(store, current.plan)) markRangeCovered(store, { id, at })
    markLooked(store, { scan: current.id })
    sealScan(context, current.id)
  })
  markNotCovered(store, at)
  purgeHistory(context)
  emit('data.changed', { version: at })
  return scanReport(store, current.id)
}

/** Ranges of which the plan leaves nothing out but their exclusions. */
function wholeRanges(store: ReadableStore, { blocks, onlyCandidates }: ScanPlan): number[] {
  if (onlyCandidates === true) return []
  const ranges = listRanges(store, {})
  return ranges
    .filter(({ id, first_key, last_key }) =>
      blocks.some(
        block =>
          block.rangeId === id &&
          addressKeyOf(block.first).equals(first_key) &&
          addressKeyOf(block.last).equals(last_key),
      ),
    )
    .map(range => range.id)
}

function phaseOf({ held, paused, asleep, phase, run }: Current): ScanProgress['phase'] {
  if (paused) return 'paused'
  if (held) return 'held'
  const isWaiting = asleep.size > 0 && asleep.size >= run.sharesAtWork()
  return phase === 'sweeping' && isWaiting ? 'waiting' : phase
}

function progressOf(current: Current): ScanProgress {
  const rate = current.tempo.perSecond()
  const left = current.targets - current.visited
  return {
    id: current.id,
    phase: phaseOf(current),
    targets: current.targets,
    visited: current.visited,
    answered: current.answered,
    found: current.recorder.ledger.counts.seen,
    requests: current.recorder.ledger.requests.total,
    rate: Math.round(rate),
    elapsedMs: Math.round(current.elapsedMs()),
    remainingMs: rate > 0 ? Math.round((left / rate) * 1000) : null,
  }
}
