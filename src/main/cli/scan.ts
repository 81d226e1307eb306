import type { ScanReport, ScanRequest } from '#shared/domain/scan.ts'
import type { FindingId, ScanId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import type { Context } from './command.ts'
import { createProgressLine } from './progress-line.ts'

/** Starts a scan and follows it to its end. */
export function carryOutScan(context: Context, request: ScanRequest): Promise<Result<ScanReport>> {
  const { output, words, session } = context
  return follow(context, async () => {
    const started = await session.call('scan.start', request)
    if (!started.ok) return started
    for (const { block, site, failure } of started.value.leftOut) {
      const reason = words(`failures:${failure.code}.error`, failure.details)
      output.note(words('cli:scan.leftOut', { block, site, reason }))
    }
    return succeed(started.value.id)
  })
}

/** Looks again at the instance of a finding, and follows that to its end. */
export function followVerification(
  context: Context,
  request: { readonly id: FindingId; readonly confirmVantage: boolean },
): Promise<Result<ScanReport>> {
  return follow(context, async () => {
    const started = await context.session.call('finding.verify', request)
    return started.ok ? succeed(started.value.id) : started
  })
}

/** Lets a scan go on and follows it to its end. */
export function followResumed(
  context: Context,
  request: { readonly id?: ScanId; readonly confirmVantage: boolean },
): Promise<Result<ScanReport>> {
  return follow(context, async () => {
    const resumed = await context.session.call('scan.resume', request)
    return resumed.ok ? succeed(resumed.value.id) : resumed
  })
}

/**
 * Follows a scan to its end. An interrupt (Ctrl-C) stops it in order: what it saw until then is kept and reported; a second
 * one is not waited for.
 */
async function follow(context: Context, begin: () => Promise<Result<ScanId>>): Promise<Result<ScanReport>> {
  const { session, output, words, terminal } = context
  const line = createProgressLine(output.stderr, words, terminal.now)
  const ended = new Map<number, ScanReport>()
  let settle: ((report: ScanReport) => void) | null = null
  session.onEvent('scan.progressed', line.show)
  session.onEvent('scan.ended', report => {
    ended.set(report.scan.id, report)
    settle?.(report)
  })
  const begun = await begin()
  if (!begun.ok) return begun
  const id = begun.value
  let interrupts = 0
  terminal.onInterrupt(() => {
    if (interrupts++ > 0) terminal.exit(3)
    output.note(words('cli:scan.stopping'))
    void session.call('scan.stop', { id })
  })
  const end = new Promise<ScanReport>(resolve => {
    const report = ended.get(id)
    if (report !== undefined) return resolve(report)
    settle = each => each.scan.id === id && resolve(each)
  })
  const result = await Promise.race([end.then(succeed), session.lost.then(() => fail('backend-gone'))])
  line.end()
  return result
}
