import { median, round } from './measure.ts'
import { here, scanOnce } from './paddock.ts'

/** Nobody listens there. */
const port = 11_999
const options = ['--profile', 'fast', '--rate', '100000']

/** Refusals a second, with portable code only: 65,536 addresses of 127/8. */
export async function benchLoopback(runs: number): Promise<unknown> {
  const perSecond: number[] = []
  for (let run = 0; run < runs; run++) {
    const { report } = await scanOnce('127.90.0.0/16', options, here, { port })
    if (report.coverage['refused'] !== 65_536) throw new Error(JSON.stringify(report.coverage))
    perSecond.push(Math.round(65_536 / (report.scan.durationMs / 1000)))
  }
  return {
    addresses: 65_536,
    profile: options.join(' '),
    perSecond,
    medianPerSecond: Math.round(median(perSecond)),
  }
}

/**
 * The most memory a scan of a whole /8 takes: 16,777,216 targets are planned; they are visited until the time is over, then
 * the scan is stopped as a person would stop it.
 */
export async function benchMemory(seconds: number): Promise<unknown> {
  const { report, peakBytes, ms } = await scanOnce('127.0.0.0/8', options, here, {
    port,
    stopAfterMs: seconds * 1000,
  })
  const { coverage, scan } = report
  const visited = (coverage['targets'] ?? 0) - (coverage['notReached'] ?? 0)
  return {
    profile: options.join(' '),
    status: scan.status,
    stoppedAfterSeconds: seconds,
    coverage,
    seconds: round(ms / 1000),
    perSecond: Math.round(visited / (scan.durationMs / 1000)),
    peakMegabytes: peakBytes === null ? null : Math.round(peakBytes / 1024 / 1024),
  }
}
