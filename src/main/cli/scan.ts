import type { ScanReport, ScanRequest } from '#shared/domain/scan.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import type { Context } from './command.ts'
import { createProgressLine } from './progress-line.ts'

/**
 * Starts a scan and follows it to its end. An interrupt (Ctrl-C) stops it in order: what it saw until then is kept and
 * reported; a second one is not waited for.
 */
export async function carryOutScan(context: Context, request: ScanRequest): Promise<Result<ScanReport>> {
  const { session, output, words, terminal } = context
  const line = createProgressLine(output.stderr, words, terminal.now)
  const early = new Map<number, ScanReport>()
  let settle: ((report: ScanReport) => void) | null = null
  session.onEvent('scan.progressed', line.show)
  session.onEvent('scan.ended', report => {
    early.set(report.scan.id, report)
    settle?.(report)
  })
  const started = await session.call('scan.start', request)
  if (!started.ok) return started
  for (const { block, site, validUntil } of started.value.leftOut) {
    output.note(words('cli:scan.leftOut', { block, site, date: validUntil }))
  }
  const { id } = started.value
  terminal.onInterrupt(() => {
    output.note(words('cli:scan.stopping'))
    void session.call('scan.stop', { id })
  })
  const ended = new Promise<ScanReport>(resolve => {
    const report = early.get(id)
    if (report !== undefined) return resolve(report)
    settle = each => each.scan.id === id && resolve(each)
  })
  const result = await Promise.race([ended.then(succeed), session.lost.then(() => fail('backend-gone'))])
  line.end()
  return result
}
