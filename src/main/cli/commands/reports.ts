import { resolve } from 'node:path'
import {
  type Report,
  ReportRequest,
  reportFormats,
  reportKinds,
  reportLanguages,
  reportPapers,
} from '#shared/domain/report.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, type Context, type Given, show } from '../command.ts'
import { readNumbers } from '../numbers.ts'
import { formatTable } from '../table.ts'
import type { Words } from '../words.ts'
import { brandCommand } from './report-brand.ts'
import { verifyCommand } from './report-verify.ts'

const create: Command = {
  kind: 'session',
  path: ['report', 'create'],
  usage:
    'report create --kind <kind> [--framework <id>] [--owner <owner>] [--lang en|de] [--format pdf|html|xlsx|csv|json] [--paper a4|letter] [--pseudonymise] [--out <file>]',
  needs: 0,
  takes: 0,
  options: {
    kind: 'text',
    framework: 'text',
    owner: 'text',
    format: 'text',
    paper: 'text',
    out: 'text',
    pseudonymise: 'flag',
  },
  async run(context) {
    const { given, session, output, words, terminal } = context
    const request = readRequest(given, words, terminal.language)
    if (!request.ok) return request
    if (given.text('out') === '')
      return fail('usage', { problem: words('exchange:export.out'), usage: `paddock ${create.usage}` })
    const stopTelling = tellProgress(context)
    terminal.onInterrupt(() => void session.call('report.cancel', {}))
    const made = await session.call('report.create', request.value)
    stopTelling()
    if (!made.ok) return made
    const to = given.text('out')
    if (to === undefined) return show(context, made.value, report => reportText(report, words))
    const saved = await session.call('report.save', { id: made.value.id, to: resolve(to) })
    if (!saved.ok) return saved
    if (given.json) output.json({ ...made.value, saved: saved.value.files })
    else output.text([reportText(made.value, words), ...saved.value.files].join('\n'))
    return succeed(0)
  },
}

/** The options as a request; a value that does not exist is refused with those that do. */
function readRequest(given: Given, words: Words, language: string | undefined): Result<ReportRequest> {
  const usage = `paddock ${create.usage}`
  const kind = given.text('kind')
  if (kind === undefined)
    return fail('usage', { problem: words('cli:problem.missing', { command: 'report create' }), usage })
  const values = {
    kind,
    format: given.text('format') ?? 'pdf',
    paper: given.text('paper')?.toLowerCase() ?? 'a4',
    lang: given.text('lang') ?? (language === 'de' ? 'de' : 'en'),
  }
  const known = { kind: reportKinds, format: reportFormats, paper: reportPapers, lang: reportLanguages }
  for (const option of ['kind', 'format', 'paper', 'lang'] as const) {
    const list: readonly string[] = known[option]
    if (list.includes(values[option])) continue
    const problem = words('cli:problem.value', { option, value: values[option], values: list.join(', ') })
    return fail('usage', { problem, usage })
  }
  const { lang, ...rest } = values
  return succeed(
    ReportRequest.parse({
      ...rest,
      language: lang,
      framework: given.text('framework') ?? null,
      owner: given.text('owner') ?? null,
      pseudonymise: given.flag('pseudonymise'),
    }),
  )
}

/** On a terminal: one line that says how far it is. */
function tellProgress({ session, output, words }: Context): () => void {
  const { stderr } = output
  if (stderr.isTTY !== true) return () => {}
  session.onEvent('report.progressed', ({ phase, done, total }) => {
    const share = total === null || total === 0 ? '' : ` ${done}/${total}`
    stderr.write(`\r\u001b[K${words(`reports:phase.${phase}`)}${share}`)
  })
  return () => void stderr.write('\r\u001b[K')
}

function reportText({ id, request, files, folder, asOf }: Report, words: Words): string {
  const lines = files.map(({ name, bytes, sha256 }) => `  ${folder}/${name}  ${bytes}  SHA-256 ${sha256}`)
  const title = words('reports:cli.made', { id, kind: words(`reports:kind.${request.kind}`), asOf })
  return [title, ...lines].join('\n')
}

const list: Command = {
  kind: 'session',
  path: ['report', 'list'],
  usage: 'report list',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const { session, words, output } = context
    const reports = await session.call('report.list', {})
    if (!reports.ok) return reports
    return show(context, reports.value, all => listText(all, words, output.width))
  },
}

function listText(reports: readonly Report[], words: Words, width: number): string {
  if (reports.length === 0) return words('reports:cli.none')
  return formatTable<Report>(
    [
      { title: words('cli:column.id'), right: true, text: ({ id }) => String(id) },
      { title: words('reports:meta.report'), text: ({ request }) => words(`reports:kind.${request.kind}`) },
      { title: words('reports:column.framework'), text: ({ request }) => request.framework ?? '–' },
      { title: words('reports:cli.language'), text: ({ request }) => request.language },
      { title: words('reports:cli.format'), text: ({ request }) => request.format },
      { title: words('reports:meta.asOf'), text: ({ asOf }) => asOf },
      { title: words('reports:cli.by'), text: ({ createdBy, createdAt }) => `${createdBy}, ${createdAt}` },
    ],
    reports,
    width,
  )
}

const open: Command = {
  kind: 'session',
  path: ['report', 'open'],
  usage: 'report open <id> [--out <file>]',
  needs: 1,
  takes: 1,
  options: { out: 'text' },
  async run(context) {
    const { given, session, words } = context
    const id = readNumbers(given.positionals, 'report-unknown', 'report')
    if (!id.ok) return id
    const report = await session.call('report.show', { id: id.value[0] ?? 0 })
    if (!report.ok) return report
    const to = given.text('out')
    if (to === undefined) return show(context, report.value, each => reportText(each, words))
    const saved = await session.call('report.save', { id: report.value.id, to: resolve(to) })
    if (!saved.ok) return saved
    return show(context, { ...report.value, saved: saved.value.files }, each => each.saved.join('\n'))
  },
}

export const reportCommands: readonly Command[] = [create, list, open, verifyCommand, brandCommand]
