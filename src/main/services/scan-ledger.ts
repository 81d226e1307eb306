import type { InstanceCounts, RequestCounts } from '#shared/domain/scan.ts'
import type { Layout } from '../scanner/layout.ts'
import { type BlockOutcomes, noOutcomes, type SweepBatch, sumOutcomes } from '../scanner/sweep-batch.ts'
import { addDone, clearOpen, setOpen } from '../store/scan-blocks.ts'
import { advanceScan, type ScanRecord } from '../store/scans.ts'
import type { WritableStore } from '../store/statement.ts'

/** The figures of a running scan, kept in step with the store. */
export interface ScanLedger {
  readonly counts: { seen: number; new: number; changed: number; missing: number }
  readonly requests: Readonly<RequestCounts>
  addRequests(more: SweepBatch['requests']): void
  /** Takes a batch's coverage; call it in the transaction of the last of its observations. */
  addCoverage(batch: SweepBatch): void
  /** Writes the figures as they are now. */
  save(at: number): void
}

/** Continues where the record ends: at the beginning of a scan, or where it was interrupted. */
export function openLedger(
  store: WritableStore,
  record: ScanRecord,
  layout: Layout,
  elapsedMs: () => number,
): ScanLedger {
  const networksDone = Buffer.from(record.networks_done)
  // A set: a network that was under way at an interruption is visited again.
  const tarpits = new Set<string>(JSON.parse(record.tarpits))
  const requests = { total: 0, byKind: JSON.parse(record.requests) as Record<string, number> }
  requests.total = Object.values(requests.byKind).reduce((sum, count) => sum + count, 0)
  const counts: ScanLedger['counts'] & InstanceCounts = {
    seen: record.seen_count,
    new: record.new_count,
    changed: record.changed_count,
    missing: record.missing_count,
  }
  const openBlocks = new Map<number, BlockOutcomes>()
  clearOpen(store, { scan: record.id })
  return {
    counts,
    requests,
    addRequests(more) {
      for (const [kind, count] of Object.entries(more)) {
        requests.byKind[kind] = (requests.byKind[kind] ?? 0) + count
        requests.total += count
      }
    },
    addCoverage(batch) {
      for (const { network } of batch.done) {
        networksDone[network >> 3] = (networksDone[network >> 3] ?? 0) | (1 << (network & 7))
      }
      const done = batch.done.map(({ outcomes }) => new Map(outcomes))
      for (const [position, sum] of sumOutcomes(done)) addDone(store, { scan: record.id, position, ...sum })
      for (const index of batch.tarpits) tarpits.add(layout.network(index).text)
      writeOpen(store, record.id, openBlocks, batch)
    },
    save(at) {
      advanceScan(store, {
        id: record.id,
        at,
        durationMs: record.duration_ms + Math.round(elapsedMs()),
        ...counts,
        requests: JSON.stringify(requests.byKind),
        networksDone,
        tarpits: JSON.stringify([...tarpits]),
      })
    },
  }
}

/** Each worker tells all it knows of its open networks; the sum over the workers is what is written. */
function writeOpen(
  store: WritableStore,
  scan: number,
  known: Map<number, BlockOutcomes>,
  batch: SweepBatch,
): void {
  const before = new Set([...known.values()].flatMap(blocks => blocks.map(([position]) => position)))
  known.set(batch.share, batch.open)
  const sums = new Map([...before].map(position => [position, noOutcomes()]))
  for (const [position, outcomes] of [...known.values()].flat()) {
    const sum = sums.get(position) ?? noOutcomes()
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += outcomes[key]
    sums.set(position, sum)
  }
  for (const [position, outcomes] of sums) setOpen(store, { scan, position, ...outcomes })
}
