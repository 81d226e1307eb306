import { median, round } from './measure.ts'
import { scanOnce } from './paddock.ts'

const here = (command: string, ...args: string[]) => [command, args] as const
/** Nobody listens there. */
const port = 11_999

/** Refusals a second, with portable code only: 65,536 addresses of 127/8. */
export async function benchLoopback(runs: number): Promise<unknown> {
  const perSecond: number[] = []
  for (let run = 0; run < runs; run++) {
    const { report } = await scanOnce('127.90.0.0/16', ['--profile', 'fast', '--rate', '100000'], here, port)
    if (report.coverage['refused'] !== 65_536) throw new Error(JSON.stringify(report.coverage))
    perSecond.push(Math.round(65_536 / (report.scan.durationMs / 1000)))
  }
  return { addresses: 65_536, perSecond, median: Math.round(median(perSecond)) }
}

/** The most memory a scan of a whole /8 takes: 16,777,216 targets, planned, visited and counted. */
export async function benchMemory(): Promise<unknown> {
  const { report, peakBytes, ms } = await scanOnce(
    '127.0.0.0/8',
    ['--profile', 'fast', '--rate', '100000'],
    here,
    port,
  )
  const { coverage } = report
  return {
    coverage,
    minutes: round(ms / 60_000),
    perSecond: Math.round((coverage['targets'] ?? 0) / (report.scan.durationMs / 1000)),
    peakMegabytes: peakBytes === null ? null : Math.round(peakBytes / 1024 / 1024),
  }
}
