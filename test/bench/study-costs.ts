import type { ScanCost } from './study-ingest.ts'
import { noTime, plus, type TimeTaken } from './taken.ts'

/** Observations a second over all scans: with everything a scan does, and recording alone. */
export function summaryOf(costs: readonly ScanCost[]) {
  const observations = costs.reduce((sum, cost) => sum + cost.observations, 0)
  const total = (of: (cost: ScanCost) => TimeTaken) => costs.map(of).reduce(plus, noTime)
  const perSecond = ({ ms, cpuMs }: TimeTaken) => ({
    wall: Math.round(observations / (ms / 1000)),
    processor: Math.round(observations / (cpuMs / 1000)),
  })
  return {
    observations,
    absences: costs.reduce((sum, cost) => sum + cost.absences, 0),
    seconds: Math.round(total(cost => cost.whole).ms / 1000),
    wholePerSecond: perSecond(total(cost => cost.whole)),
    recordingPerSecond: perSecond(total(cost => cost.recorded)),
    /** On the threads that sweep, side by side with the recording. */
    preparedPerSecond: perSecond(total(cost => cost.prepared)),
  }
}

/** What a scan costs with more and more history behind it: the median of the seven scans around each. */
export function curveOf(costs: readonly ScanCost[]) {
  return [10, 100, 293].flatMap(scan => {
    const last = Math.min(scan + 3, costs.length)
    const around = costs.slice(Math.max(0, last - 7), last)
    if (scan > costs.length) return []
    const median = (of: (cost: ScanCost) => number) => {
      const sorted = around.map(of).sort((a, b) => a - b)
      return Math.round((sorted[sorted.length >> 1] ?? 0) * 10) / 10
    }
    return [
      {
        scan,
        observations: median(cost => cost.observations),
        absences: median(cost => cost.absences),
        ms: median(cost => cost.whole.ms),
        cpuMs: median(cost => cost.whole.cpuMs),
        settlingCpuMs: median(cost => cost.settled.cpuMs),
        microsecondsPerObservation: median(
          cost => (1000 * cost.whole.cpuMs) / Math.max(1, cost.observations),
        ),
      },
    ]
  })
}
