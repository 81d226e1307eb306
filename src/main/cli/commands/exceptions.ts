import { formatAddressPort } from '#shared/domain/address.ts'
import { type Exception, type ExceptionRequest, mostExceptions } from '#shared/domain/exception.ts'
import type { ExceptionId, FindingId } from '#shared/ids.ts'
import { fail, type Result } from '#shared/result.ts'
import { type Command, type Context, type ExitCode, show } from '../command.ts'
import { chooseFindings } from '../findings-found.ts'
import { showMany } from '../many-done.ts'
import { readNumbers } from '../numbers.ts'
import { formatTable } from '../table.ts'
import type { Words } from '../words.ts'

const request: Command = {
  kind: 'session',
  path: ['exception', 'request'],
  usage:
    'exception request (--finding <id>… | --query <query>) --reason <text> --control <text> --expires <date> [--owner <name>]',
  needs: 0,
  takes: 0,
  options: {
    finding: 'texts',
    query: 'text',
    reason: 'text',
    control: 'text',
    expires: 'text',
    owner: 'text',
  },
  async run(context) {
    const { given, session, words } = context
    const query = given.text('query')
    const findings = given.texts('finding')
    const missing =
      query === undefined && findings.length === 0
        ? 'finding'
        : ['reason', 'control', 'expires'].find(option => given.text(option) === undefined)
    if (missing !== undefined) {
      const problem = words('governance:exception.missing', { option: missing })
      return fail('usage', { problem, usage: `paddock ${request.usage}` })
    }
    const ids = readNumbers(findings, 'finding-unknown', 'finding')
    if (!ids.ok) return ids
    const owner = given.text('owner')
    const terms = {
      reason: given.text('reason') ?? '',
      control: given.text('control') ?? '',
      expires: given.text('expires') ?? '',
      ...(owner !== undefined && { owner }),
    }
    if (query !== undefined || ids.value.length > 1) return requestAll(context, query, ids.value, terms)
    const finding = (ids.value[0] ?? 0) as FindingId
    const requested = await session.call('exception.request', { finding, ...terms })
    if (!requested.ok) return requested
    tellEarlierEnd(context, requested.value.expiresOn)
    return showOne(context, requested.value)
  },
}

/** The same terms for many; each is an exception of its own, to be decided on its own. */
async function requestAll(
  context: Context,
  query: string | undefined,
  ids: readonly number[],
  terms: Omit<ExceptionRequest, 'finding'>,
): Promise<Result<ExitCode>> {
  const { session, words } = context
  const chosen = await chooseFindings(context, query, ids, request.usage, mostExceptions)
  if (!chosen.ok) return chosen
  const { findings, at } = chosen.value
  const nothing = { requested: 0, refused: 0 }
  if (findings.length === 0) return show(context, nothing, () => words('governance:finding.none'))
  const asked = await session.call('exception.request-all', {
    findings: findings.map(({ id }) => id),
    seenAt: at,
    ...terms,
  })
  if (asked.ok) tellEarlierEnd(context, asked.value.expiresOn)
  return asked.ok
    ? showMany(context, asked.value, asked.value.requested, done => words('findings:many.asked', { ...done }))
    : asked
}

/** It was asked for beyond the longest time there may be. */
function tellEarlierEnd({ given, words, output }: Context, expiresOn: string): void {
  if (expiresOn < (given.text('expires') ?? ''))
    output.note(words('governance:exception.earlier', { date: expiresOn }))
}

const limit: Command = {
  kind: 'session',
  path: ['exception', 'limit'],
  usage: 'exception limit [<days>|none]',
  needs: 0,
  takes: 1,
  options: {},
  async run(context) {
    const { given, session, words } = context
    const [text] = given.positionals
    if (text !== undefined && text !== 'none' && !/^[1-9]\d{0,3}$/.test(text)) {
      const problem = words('governance:exception.limitMalformed', { text })
      return fail('usage', { problem, usage: `paddock ${limit.usage}` })
    }
    const found =
      text === undefined
        ? await session.call('exception.limit', {})
        : await session.call('exception.set-limit', { days: text === 'none' ? null : Number(text) })
    return found.ok ? show(context, found.value, ({ days, latest }) => limitText(days, latest, words)) : found
  },
}

function limitText(days: number | null, latest: string | null, words: Words): string {
  return days === null || latest === null
    ? words('governance:exception.noLimit')
    : words('governance:exception.limit', { count: days, latest })
}

function showOne(context: Context, exception: Exception): Result<ExitCode> {
  return show(context, exception, one =>
    context.words('governance:exception.one', {
      id: one.id,
      status: context.words(`governance:exceptionStatus.${one.status}`),
      rule: one.rule,
      place: formatAddressPort(one.address, one.port),
      date: one.expiresOn,
    }),
  )
}

function decision(kind: 'approve' | 'reject'): Command {
  return {
    kind: 'session',
    path: ['exception', kind],
    usage: `exception ${kind} <id> --as <actor> --passphrase-file <file>`,
    needs: 1,
    takes: 1,
    options: {},
    async run(context) {
      const id = readNumbers(context.given.positionals, 'exception-unknown', 'exception')
      if (!id.ok) return id
      const [number = 0] = id.value
      if (number === 0) return fail('exception-unknown', { exception: number })
      const decided = await context.session.call(`exception.${kind}`, { id: number as ExceptionId })
      return decided.ok ? showOne(context, decided.value) : decided
    },
  }
}

const list: Command = {
  kind: 'session',
  path: ['exception', 'list'],
  usage: 'exception list',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const { session, words, output } = context
    const exceptions = await session.call('exception.list', {})
    if (!exceptions.ok) return exceptions
    return show(context, exceptions.value, all =>
      all.length === 0 ? words('governance:exception.none') : register(all, words, output.width),
    )
  },
}

function register(exceptions: readonly Exception[], words: Words, width: number): string {
  return formatTable<Exception>(
    [
      { title: words('cli:column.id'), right: true, text: exception => String(exception.id) },
      { title: words('cli:column.status'), text: exception => statusText(exception, words) },
      { title: words('governance:column.expires'), text: exception => exception.expiresOn },
      { title: words('governance:column.rule'), text: exception => exception.rule },
      {
        title: words('cli:column.address'),
        text: exception => formatAddressPort(exception.address, exception.port),
      },
      { title: words('governance:column.owner'), text: exception => exception.owner },
      { title: words('governance:column.requested'), text: exception => exception.requestedBy },
      { title: words('governance:column.decided'), text: exception => exception.decidedBy ?? '' },
      { title: words('governance:column.reason'), text: exception => exception.reason },
    ],
    exceptions,
    width,
  )
}

function statusText({ status, isExpiring, endReason }: Exception, words: Words): string {
  const text = words(`governance:exceptionStatus.${status}`)
  if (isExpiring) return `${text} (${words('governance:exception.expiring')})`
  return status === 'lapsed' ? `${text} (${words(`governance:lapse.${endReason}`)})` : text
}

export const exceptionCommands: readonly Command[] = [
  request,
  limit,
  decision('approve'),
  decision('reject'),
  list,
]
