import { ProfileName, profileNames } from '#shared/domain/profile.ts'
import type { ScanDetail, ScanProgress, ScanReport } from '#shared/domain/scan.ts'
import type { ScanId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, type Context, type ExitCode, type Given, show } from '../command.ts'
import { describeExplanation } from '../explanation-text.ts'
import { readNumbers } from '../numbers.ts'
import { carryOutScan, followResumed } from '../scan.ts'
import { formatTable } from '../table.ts'
import type { Words } from '../words.ts'

const start: Command = {
  kind: 'session',
  path: ['scan'],
  usage:
    'scan [--range <block>]… [--site <name>] [--port <n>]… [--profile gentle|normal|fast] [--rate <connection attempts per second>] [--wait] [--confirm-vantage] [--candidates] [--explain <address>]',
  needs: 0,
  takes: 0,
  options: {
    range: 'texts',
    site: 'text',
    port: 'texts',
    profile: 'text',
    rate: 'text',
    wait: 'flag',
    'confirm-vantage': 'flag',
    explain: 'text',
    candidates: 'flag',
  },
  async run(context) {
    const { given } = context
    const ports = readNumbers(given.texts('port'), 'port-malformed', 'port')
    if (!ports.ok) return ports
    const rate = readNumbers(given.texts('rate'), 'rate-malformed', 'rate')
    if (!rate.ok) return rate
    const profile = readProfile(given)
    if (!profile.ok) return profile
    const site = given.text('site')
    const explained = given.text('explain')
    const ranges = explained === undefined ? given.texts('range') : [explained, ...given.texts('range')]
    const report = await carryOutScan(context, {
      ...(ranges.length > 0 && { ranges }),
      ...(explained !== undefined && { explain: true }),
      ...(site !== undefined && { site }),
      ...(ports.value.length > 0 && { ports: ports.value }),
      ...(rate.value[0] !== undefined && { rate: rate.value[0] }),
      ...(profile.value !== undefined && { profile: profile.value }),
      wait: given.flag('wait'),
      confirmVantage: given.flag('confirm-vantage'),
      ...(given.flag('candidates') && { candidates: true }),
    })
    if (!report.ok) return report
    return explained === undefined ? showEnded(context, report.value) : showExplained(context, report.value)
  },
}

const pause: Command = {
  kind: 'session',
  path: ['scan', 'pause'],
  usage: 'scan pause',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const paused = await context.session.call('scan.pause', {})
    return paused.ok
      ? show(context, paused.value, progress => context.words('cli:scan.paused', progressDetails(progress)))
      : paused
  },
}

const resume: Command = {
  kind: 'session',
  path: ['scan', 'resume'],
  usage: 'scan resume [id] [--confirm-vantage]',
  needs: 0,
  takes: 1,
  options: { 'confirm-vantage': 'flag' },
  async run(context) {
    const { given } = context
    const id = given.positionals.length === 0 ? succeed(undefined) : readId(context)
    if (!id.ok) return id
    const request = {
      confirmVantage: given.flag('confirm-vantage'),
      ...(id.value !== undefined && { id: id.value }),
    }
    const report = await followResumed(context, request)
    return report.ok ? showEnded(context, report.value) : report
  },
}

function progressDetails({ id, visited, targets }: ScanProgress) {
  return { id, visited, targets }
}

function readProfile(given: Given): Result<ProfileName | undefined> {
  const text = given.text('profile')
  if (text === undefined) return succeed(undefined)
  const parsed = ProfileName.safeParse(text)
  return parsed.success
    ? succeed(parsed.data)
    : fail('profile-unknown', { profile: text, profiles: profileNames.join(', ') })
}

function showEnded({ given, output, words }: Context, report: ScanReport): Result<ExitCode> {
  if (given.json) output.json(report)
  else output.text(summary(report, words))
  return succeed(exitOf(report))
}

/** The report with everything that was asked and answered, and what was concluded from it. */
async function showExplained(context: Context, report: ScanReport): Promise<Result<ExitCode>> {
  const { session, given, output, words } = context
  const explanation = await session.call('scan.explanation', { id: report.scan.id })
  if (!explanation.ok) return explanation
  if (given.json) output.json({ ...report, explanation: explanation.value.targets })
  else output.text(`${describeExplanation(explanation.value, words)}\n\n${summary(report, words)}`)
  return succeed(exitOf(report))
}

const exitCodes = { finished: 0, stopped: 3, failed: 1, running: 3 } as const

export function exitOf({ scan }: ScanReport): ExitCode {
  return exitCodes[scan.status]
}

const list: Command = {
  kind: 'session',
  path: ['scan', 'list'],
  usage: 'scan list',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const scans = await context.session.call('scan.list', {})
    if (!scans.ok) return scans
    const { words, output } = context
    return show(context, scans.value, all =>
      all.length === 0 ? words('cli:scan.none') : formatTable(columns(words), all, output.width),
    )
  },
}

const showOne: Command = {
  kind: 'session',
  path: ['scan', 'show'],
  usage: 'scan show <id>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const id = readId(context)
    if (!id.ok) return id
    const scan = await context.session.call('scan.show', { id: id.value })
    return scan.ok ? show(context, scan.value, found => details(found, context.words)) : scan
  },
}

const stop: Command = {
  kind: 'session',
  path: ['scan', 'stop'],
  usage: 'scan stop [id]',
  needs: 0,
  takes: 1,
  options: {},
  async run(context) {
    const id = context.given.positionals.length === 0 ? succeed(undefined) : readId(context)
    if (!id.ok) return id
    const stopped = await context.session.call('scan.stop', id.value === undefined ? {} : { id: id.value })
    return stopped.ok ? show(context, stopped.value, report => summary(report, context.words)) : stopped
  },
}

export const scanCommands: readonly Command[] = [start, list, showOne, stop, pause, resume]

function readId({ given }: Context): Result<ScanId> {
  const text = given.positionals[0] ?? ''
  return /^[1-9]\d{0,14}$/.test(text) ? succeed(Number(text) as ScanId) : fail('scan-unknown', { scan: text })
}

/** The same, and what only one scan's own page has room for. */
function details(scan: ScanDetail, words: Words): string {
  const { tarpits, advisories } = scan
  return [
    summary(scan, words),
    ...(tarpits.length === 0
      ? []
      : [words('cli:scan.tarpits', { count: tarpits.length, networks: tarpits.join(', ') })]),
    words('cli:advisories.scan', { ...advisories }),
  ].join('\n')
}

/** A scan in a few lines: what it reached, what it found, what it sent. */
export function summary({ scan, coverage, instances, requests }: ScanReport, words: Words): string {
  const seconds = (scan.durationMs / 1000).toFixed(1)
  return [
    words('cli:scan.head', { id: scan.id, status: words(`terms:scanStatus.${scan.status}`), seconds }),
    words('cli:scan.coverage', { ...coverage, count: coverage.targets }),
    words('cli:scan.instances', { ...instances, count: instances.seen }),
    words('cli:scan.requests', { count: requests.total }),
  ].join('\n')
}

function columns(words: Words) {
  const title = (name: string) => words(`cli:column.${name}`)
  return [
    { title: title('id'), right: true, text: ({ scan }: ScanReport) => String(scan.id) },
    { title: title('status'), text: ({ scan }: ScanReport) => words(`terms:scanStatus.${scan.status}`) },
    { title: title('started'), text: ({ scan }: ScanReport) => scan.startedAt },
    { title: title('targets'), right: true, text: ({ coverage }: ScanReport) => String(coverage.targets) },
    { title: title('answered'), right: true, text: ({ coverage }: ScanReport) => String(coverage.answered) },
    {
      title: title('notReached'),
      right: true,
      text: ({ coverage }: ScanReport) => String(coverage.notReached),
    },
    { title: title('seen'), right: true, text: ({ instances }: ScanReport) => String(instances.seen) },
    { title: title('requests'), right: true, text: ({ requests }: ScanReport) => String(requests.total) },
  ]
}
