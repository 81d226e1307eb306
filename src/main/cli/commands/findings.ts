import { formatAddressPort } from '#shared/domain/address.ts'
import {
  type Finding,
  type FindingDetail,
  type FindingStatus,
  FindingStep,
  findingStatuses,
  openStatuses,
} from '#shared/domain/finding.ts'
import type { FindingSelection } from '#shared/domain/finding-list.ts'
import type { FindingId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, type Context, type ExitCode, show } from '../command.ts'
import { chooseFindings } from '../findings-found.ts'
import { jsonList } from '../json-list.ts'
import { showMany } from '../many-done.ts'
import { readNumbers } from '../numbers.ts'
import { followVerification } from '../scan.ts'
import { formatTable, printable } from '../table.ts'
import type { Words } from '../words.ts'

const list: Command = {
  kind: 'session',
  path: ['finding', 'list'],
  usage: `finding list [--query <query>] [--open] [--status ${findingStatuses.join('|')}]…`,
  needs: 0,
  takes: 0,
  options: { query: 'text', open: 'flag', status: 'texts' },
  async run(context) {
    const { given, words, output } = context
    const statuses = readStatuses(context)
    if (!statuses.ok) return statuses
    const query = queryOf(given.text('query') ?? '', statuses.value)
    if (given.json) return printPages(context, query)
    const findings: Finding[] = []
    const read = await eachPage(context, query, rows => findings.push(...rows))
    if (!read.ok) return read
    output.text(
      findings.length === 0 ? words('governance:finding.none') : findingTable(findings, words, output.width),
    )
    return succeed(0)
  },
}

function queryOf(query: string, statuses: readonly FindingStatus[] | null): string {
  const wanted = statuses === null ? '' : `status:${statuses.join(',')}`
  return query === '' || wanted === '' ? `${query}${wanted}` : `(${query}) ${wanted}`
}

const perPage = 5000

/** Page by page: of two million findings nobody wants to hold all at once. */
async function eachPage(
  { session }: Context,
  query: string,
  take: (rows: readonly Finding[]) => void,
): Promise<Result<void>> {
  let version: number | undefined
  for (let start = 0; ; start += perPage) {
    const asked = { query, start, limit: perPage, ...(version === undefined ? {} : { version }) }
    const page = await session.call('finding.page', asked)
    if (!page.ok) return page
    version = page.value.version
    take(page.value.rows.map(({ site: _, count: __, subjects: ___, ...finding }) => finding))
    if (start + perPage >= page.value.total) return succeed(undefined)
  }
}

async function printPages(context: Context, query: string): Promise<Result<ExitCode>> {
  const print = jsonList(context.output)
  const read = await eachPage(context, query, print.add)
  if (!read.ok) return read
  print.end()
  return succeed(0)
}

function readStatuses({ given, words }: Context): Result<FindingStatus[] | null> {
  const texts = given.texts('status')
  if (given.flag('open')) return succeed([...openStatuses])
  const wrong = texts.find(text => !findingStatuses.some(status => status === text))
  if (wrong !== undefined) {
    const values = { option: 'status', value: wrong, values: findingStatuses.join(', ') }
    return fail('usage', { problem: words('cli:problem.value', values), usage: `paddock ${list.usage}` })
  }
  return succeed(texts.length === 0 ? null : findingStatuses.filter(status => texts.includes(status)))
}

function findingTable(findings: readonly Finding[], words: Words, width: number): string {
  return formatTable<Finding>(
    [
      { title: words('cli:column.id'), right: true, text: finding => String(finding.id) },
      { title: words('cli:column.severity'), text: finding => words(`terms:severity.${finding.severity}`) },
      {
        title: words('cli:column.address'),
        text: finding => formatAddressPort(finding.address, finding.port),
      },
      { title: words('governance:column.rule'), text: finding => finding.rule },
      { title: words('governance:column.subject'), text: finding => subjectText(finding, words) },
      {
        title: words('cli:column.status'),
        text: finding => words(`governance:findingStatus.${finding.status}`),
      },
      { title: words('governance:column.due'), text: finding => finding.dueAt?.slice(0, 10) ?? '–' },
      {
        title: words('governance:column.owner'),
        text: finding => finding.owner ?? words('governance:finding.nobody'),
      },
    ],
    findings,
    width,
  )
}

function subjectText({ subject }: Finding, words: Words): string {
  return subject === 'instance' ? words('governance:finding.instance') : subject
}

const showOne: Command = {
  kind: 'session',
  path: ['finding', 'show'],
  usage: 'finding show <id>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const id = readId(context)
    if (!id.ok) return id
    const found = await context.session.call('finding.show', { id: id.value })
    return found.ok ? show(context, found.value, finding => detailText(finding, context.words)) : found
  },
}

function readId({ given }: Context): Result<FindingId> {
  const id = readNumbers(given.positionals, 'finding-unknown', 'finding')
  if (!id.ok) return id
  const [number] = id.value
  return number === undefined || number === 0
    ? fail('finding-unknown', { finding: number ?? '' })
    : succeed(number as FindingId)
}

function detailText(finding: FindingDetail, words: Words): string {
  const { evidence } = finding
  const facts = Object.entries(evidence.facts).map(
    ([name, value]) =>
      `    ${name} = ${value === null ? words('terms:unknown') : printable(JSON.stringify(value))}`,
  )
  return [
    findingTable([finding], words, Number.POSITIVE_INFINITY),
    '',
    words('governance:finding.evidence', { at: evidence.observedAt, scan: evidence.scan ?? '–' }),
    ...facts,
    '',
    ...finding.events.map(
      event =>
        `  ${event.at}  ${words(`governance:findingStatus.${event.status}`)}: ${words(`governance:findingReason.${event.reason}`)}${event.actor === null ? '' : ` (${event.actor})`}`,
    ),
  ].join('\n')
}

const move: Command = {
  kind: 'session',
  path: ['finding', 'move'],
  usage: 'finding move (<id>… | --query <query>) start|fixed|reopen|retire',
  needs: 1,
  takes: 1000,
  options: { query: 'text' },
  async run(context) {
    const { given, session, words } = context
    const query = given.text('query')
    const names = given.positionals.slice(0, -1)
    const last = given.positionals.at(-1) ?? ''
    const step = FindingStep.safeParse(last)
    if (!step.success) {
      const values = { option: 'step', value: last, values: FindingStep.options.join(', ') }
      return fail('usage', { problem: words('cli:problem.value', values), usage: `paddock ${move.usage}` })
    }
    const ids = readNumbers(names, 'finding-unknown', 'finding')
    if (!ids.ok) return ids
    if (query !== undefined || ids.value.length > 1) {
      const chosen = await chooseFindings(context, query, ids.value, move.usage)
      return chosen.ok ? moveAll(context, chosen.value, step.data) : chosen
    }
    const moved = await session.call('finding.move', {
      id: (ids.value[0] ?? 0) as FindingId,
      step: step.data,
    })
    return moved.ok ? show(context, moved.value, finding => detailText(finding, words)) : moved
  },
}

/** All of them or none: if one has moved meanwhile, nothing is done. */
async function moveAll(
  context: Context,
  { findings, at }: FindingSelection,
  step: FindingStep,
): Promise<Result<ExitCode>> {
  const { session, words } = context
  if (findings.length === 0)
    return show(context, { moved: 0, refused: 0 }, () => words('governance:finding.none'))
  const ids = findings.map(({ id }) => id)
  const moved = await session.call('finding.move-all', { ids, step, seenAt: at })
  return moved.ok
    ? showMany(context, moved.value, moved.value.moved, done => words('findings:all.done', { ...done }))
    : moved
}

const verify: Command = {
  kind: 'session',
  path: ['finding', 'verify'],
  usage: 'finding verify <id> [--removed] [--confirm-vantage]',
  needs: 1,
  takes: 1,
  options: { removed: 'flag', 'confirm-vantage': 'flag' },
  async run(context) {
    const { given, session, words } = context
    const id = readId(context)
    if (!id.ok) return id
    const report = await followVerification(context, {
      id: id.value,
      confirmVantage: given.flag('confirm-vantage'),
    })
    if (!report.ok) return report
    const found = given.flag('removed')
      ? await session.call('finding.confirm-removed', { id: id.value, scan: report.value.scan.id })
      : await session.call('finding.show', { id: id.value })
    if (!found.ok) return found
    show(context, found.value, finding => detailText(finding, words))
    return succeed(report.value.scan.status === 'finished' ? 0 : 3)
  },
}

export const findingCommands: readonly Command[] = [list, showOne, verify, move]
