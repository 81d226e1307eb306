import { readFileSync } from 'node:fs'
import { type AuditEntry, type AuditVerification, SignedHead } from '#shared/domain/audit.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, type Context, show } from '../command.ts'
import { readNumbers } from '../numbers.ts'
import { formatTable } from '../table.ts'
import type { Words } from '../words.ts'

const filters = { actor: 'text', command: 'text', text: 'text', since: 'text', refused: 'flag' } as const
const filterUsage = '[--actor <name>] [--command <name>] [--text <word>] [--since <date>] [--refused]'

const list: Command = {
  kind: 'session',
  path: ['audit', 'list'],
  usage: `audit list ${filterUsage} [--limit <n>]`,
  needs: 0,
  takes: 0,
  options: { ...filters, limit: 'text' },
  async run(context) {
    const { given, session, words, output } = context
    const limit = readNumbers(given.texts('limit'), 'invalid-request', 'problem')
    if (!limit.ok) return limit
    const request = readFilters(context)
    if (!request.ok) return request
    const entries = await session.call('audit.list', {
      ...request.value,
      ...(limit.value[0] !== undefined && { limit: limit.value[0] }),
    })
    if (!entries.ok) return entries
    return show(context, entries.value, all => auditTable(all, words, output.width))
  },
}

function readFilters({ given }: Context): Result<Record<string, string>> {
  const since = given.text('since')
  const at = since === undefined ? 0 : Date.parse(since)
  if (Number.isNaN(at)) return fail('date-malformed', { text: since ?? '' })
  const texts = ['actor', 'command', 'text'].flatMap(option => {
    const value = given.text(option)
    return value === undefined ? [] : [[option, value] as const]
  })
  return succeed({
    ...Object.fromEntries(texts),
    ...(since !== undefined && { since: new Date(at).toISOString() }),
    ...(given.flag('refused') && { outcome: 'refused' }),
  })
}

function auditTable(entries: readonly AuditEntry[], words: Words, width: number): string {
  const erased = words('governance:audit.erased')
  return formatTable<AuditEntry>(
    [
      { title: words('cli:column.id'), right: true, text: entry => String(entry.id) },
      { title: words('governance:column.at'), text: entry => entry.at },
      { title: words('governance:column.actor'), text: entry => entry.actor ?? erased },
      { title: words('governance:column.command'), text: entry => entry.command },
      {
        title: words('governance:column.outcome'),
        text: entry => words(`governance:outcome.${entry.outcome}`),
      },
      {
        title: words('governance:column.input'),
        text: entry => (entry.erased ? erased : JSON.stringify(entry.input)),
      },
    ],
    entries,
    width,
  )
}

const verify: Command = {
  kind: 'session',
  path: ['audit', 'verify'],
  usage: 'audit verify [--head <file>]',
  needs: 0,
  takes: 0,
  options: { head: 'text' },
  async run(context) {
    const { given, session, words } = context
    const head = readHead(given.text('head'))
    if (!head.ok) return head
    const verified = await session.call('audit.verify', { head: head.value })
    if (!verified.ok) return verified
    show(context, verified.value, result => verificationText(result, words))
    return succeed(verified.value.intact ? 0 : 4)
  },
}

function readHead(file: string | undefined): Result<SignedHead | null> {
  if (file === undefined) return succeed(null)
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const inner = (content as { head?: unknown } | null)?.head
    return succeed(SignedHead.parse(inner ?? content))
  } catch (error) {
    return fail('file-unreadable', { file, reason: error instanceof Error ? error.message : String(error) })
  }
}

function verificationText(result: AuditVerification, words: Words): string {
  const { entries, scans, erased, problem, tailChecked } = result
  const tail = words(tailChecked ? 'governance:audit.tailChecked' : 'governance:audit.tailLimit')
  if (problem === null)
    return `${words('governance:audit.intact', { count: entries, scans, erased })}\n${tail}`
  return words('governance:audit.broken', {
    entry: problem.entry,
    damage: words(`governance:damage.${problem.damage}`, { scan: problem.scan ?? 0 }),
  })
}

const exportAudit: Command = {
  kind: 'session',
  path: ['audit', 'export'],
  usage: `audit export [--head-only] ${filterUsage}`,
  needs: 0,
  takes: 0,
  options: { ...filters, 'head-only': 'flag' },
  async run(context) {
    const { given, session, output } = context
    const request = readFilters(context)
    if (!request.ok) return request
    const head = await session.call('audit.sign', {})
    if (!head.ok) return head
    const entries: AuditEntry[] = []
    for (let before = head.value.entry + 1; before > 1 && !given.flag('head-only'); ) {
      const page = await session.call('audit.list', { ...request.value, before, limit: 1000 })
      if (!page.ok) return page
      entries.push(...page.value)
      before = page.value.length < 1000 ? 1 : (page.value.at(-1)?.id ?? 1)
    }
    // A file for another program in either case: text for people is what `audit list` is for.
    output.json(given.flag('head-only') ? head.value : { head: head.value, entries: entries.reverse() })
    return succeed(0)
  },
}

const erase: Command = {
  kind: 'session',
  path: ['audit', 'erase'],
  usage: 'audit erase <entry> --reason <text>',
  needs: 1,
  takes: 1,
  options: { reason: 'text' },
  async run(context) {
    const { given, session, words } = context
    const entry = readNumbers(given.positionals, 'audit-entry-unknown', 'entry')
    if (!entry.ok) return entry
    const reason = given.text('reason') ?? ''
    if (reason.trim() === '') {
      return fail('usage', {
        problem: words('cli:problem.missing', { command: 'audit erase' }),
        usage: `paddock ${erase.usage}`,
      })
    }
    const erased = await session.call('audit.erase', { entry: entry.value[0] ?? 0, reason })
    return erased.ok
      ? show(context, erased.value, done =>
          words('governance:audit.erasedNow', { ...done, count: done.erased }),
        )
      : erased
  },
}

export const auditCommands: readonly Command[] = [list, verify, exportAudit, erase]
