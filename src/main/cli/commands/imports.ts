import { resolve } from 'node:path'
import {
  type Candidate,
  type Import,
  ImportFormat,
  type ImportReject,
  type ImportResult,
  importFormats,
  importKinds,
} from '#shared/domain/import.ts'
import type { ImportId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, type Context, show } from '../command.ts'
import { readNumbers } from '../numbers.ts'
import { formatTable, printable } from '../table.ts'
import type { Words } from '../words.ts'

/** So many rejects are shown to people; --json has all. */
const mostShown = 20

const importFile: Command = {
  kind: 'session',
  path: ['import'],
  usage:
    'import <file> [--format nmap|masscan|netbox|ranges|owners|tags] [--site <name>] [--map <field>=<column>]… [--dry-run]',
  needs: 1,
  takes: 1,
  options: { format: 'text', site: 'text', map: 'texts', 'dry-run': 'flag' },
  async run(context) {
    const { given, session, words } = context
    const format = readFormat(context)
    if (!format.ok) return format
    const site = given.text('site')
    const request = {
      // Whoever owns the data folder may work in another folder.
      file: resolve(given.positionals[0] ?? ''),
      mapping: readMapping(given.texts('map')),
      ...(format.value !== undefined && { format: format.value }),
      ...(site !== undefined && { site }),
    }
    const channel = given.flag('dry-run') ? 'import.preview' : 'import.apply'
    const done = await session.call(channel, request)
    return done.ok ? show(context, done.value, result => resultText(result, words)) : done
  },
}

function readFormat({ given, words }: Context): Result<ImportFormat | undefined> {
  const text = given.text('format')
  const format = ImportFormat.safeParse(text)
  if (text === undefined || format.success) return succeed(format.data)
  const problem = words('cli:problem.value', {
    option: 'format',
    value: text,
    values: importFormats.join(', '),
  })
  return fail('usage', { problem, usage: `paddock ${importFile.usage}` })
}

/** `contact=Ansprechpartner`. */
function readMapping(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map(text => {
      const [field = '', ...column] = text.split('=')
      return [field.trim(), column.join('=')]
    }),
  )
}

function resultText(result: ImportResult, words: Words): string {
  const { id, format, file, read, stored, rejectedCount, rejected, about, mapping } = result
  const columns = Object.entries(mapping).map(([field, column]) => `${field}=${column}`)
  const counts = { id: id ?? 0, file, count: read, stored, rejected: rejectedCount }
  return [
    words(id === null ? 'exchange:import.preview' : 'exchange:import.done', {
      ...counts,
      format: words(`exchange:format.${format}`),
    }),
    ...(about?.arguments
      ? [words('exchange:import.scanned', { arguments: printable(about.arguments) })]
      : []),
    ...(columns.length > 0 ? [words('exchange:import.columns', { columns: columns.join(', ') })] : []),
    ...rejectLines(rejected, rejectedCount, words),
    ...(stored > 0
      ? [words(`exchange:import.next.${id === null ? 'preview' : importKinds[format]}`, { id: id ?? 0 })]
      : []),
  ].join('\n')
}

function rejectLines(rejected: readonly ImportReject[], count: number, words: Words): string[] {
  const lines = rejected.slice(0, mostShown).map(({ line, reason, text }) =>
    words('exchange:import.reject', {
      line,
      reason: words(`exchange:reason.${reason}`),
      text: printable(text),
    }),
  )
  return count > lines.length
    ? [...lines, words('exchange:import.more', { more: count - lines.length })]
    : lines
}

const list: Command = {
  kind: 'session',
  path: ['import', 'list'],
  usage: 'import list',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const { session, words, output } = context
    const imports = await session.call('import.list', {})
    if (!imports.ok) return imports
    return show(context, imports.value, all =>
      all.length === 0 ? words('exchange:import.none') : formatTable(columns(words), all, output.width),
    )
  },
}

function columns(words: Words) {
  const title = (name: string) => words(`exchange:column.${name}`)
  const number = (name: 'read' | 'stored' | 'rejectedCount') => ({
    title: title(name),
    right: true,
    text: (each: Import) => String(each[name]),
  })
  return [
    { title: words('cli:column.id'), right: true, text: ({ id }: Import) => String(id) },
    { title: title('at'), text: ({ at }: Import) => at },
    { title: title('format'), text: ({ format }: Import) => words(`exchange:format.${format}`) },
    { title: title('state'), text: ({ state }: Import) => words(`exchange:state.${state}`) },
    number('read'),
    number('stored'),
    number('rejectedCount'),
    { title: title('actor'), text: ({ actor }: Import) => actor },
    { title: title('file'), text: ({ file }: Import) => file },
  ]
}

const showOne: Command = {
  kind: 'session',
  path: ['import', 'show'],
  usage: 'import show <id>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const id = readNumbers(context.given.positionals, 'import-missing', 'id')
    if (!id.ok) return id
    const { session, words, output } = context
    const found = await session.call('import.show', { id: (id.value[0] ?? 0) as ImportId })
    if (!found.ok) return found
    return show(context, found.value, detail =>
      [
        formatTable(columns(words), [detail], output.width),
        ...rejectLines(detail.rejected, detail.rejectedCount, words),
      ].join('\n'),
    )
  },
}

const undo: Command = {
  kind: 'session',
  path: ['import', 'undo'],
  usage: 'import undo <id> [--rest]',
  needs: 1,
  takes: 1,
  options: { rest: 'flag' },
  async run(context) {
    const id = readNumbers(context.given.positionals, 'import-missing', 'id')
    if (!id.ok) return id
    const undone = await context.session.call('import.undo', {
      id: (id.value[0] ?? 0) as ImportId,
      rest: context.given.flag('rest'),
    })
    return undone.ok
      ? show(context, undone.value, counts =>
          [
            context.words('exchange:import.undone', { ...counts, count: counts.removed }),
            ...(counts.owners === 0
              ? []
              : [context.words('governance:owner.stayed', { count: counts.owners })]),
          ].join(' '),
        )
      : undone
  },
}

const candidates: Command = {
  kind: 'session',
  path: ['candidate', 'list'],
  usage: 'candidate list [--site <name>]',
  needs: 0,
  takes: 0,
  options: { site: 'text' },
  async run(context) {
    const { given, session, words, output } = context
    const site = given.text('site')
    const found = await session.call('candidate.list', {
      limit: 100_000,
      ...(site !== undefined && { site }),
    })
    if (!found.ok) return found
    return show(context, found.value, all =>
      all.length === 0
        ? words('exchange:candidate.none')
        : formatTable(candidateColumns(words), all, output.width),
    )
  },
}

function candidateColumns(words: Words) {
  const title = (name: string) => words(`exchange:column.${name}`)
  return [
    { title: title('site'), text: ({ site }: Candidate) => site },
    { title: title('address'), text: ({ address }: Candidate) => address },
    { title: title('port'), right: true, text: ({ port }: Candidate) => String(port) },
    { title: title('source'), text: ({ source }: Candidate) => words(`exchange:format.${source}`) },
    { title: title('seenAt'), text: ({ seenAt }: Candidate) => seenAt ?? words('terms:unknown') },
    { title: title('verified'), text: (each: Candidate) => verifiedText(each, words) },
    { title: title('import'), right: true, text: ({ importId }: Candidate) => String(importId) },
  ]
}

function verifiedText({ instance, scan }: Candidate, words: Words): string {
  if (instance !== null) return words('exchange:candidate.instance', { instance })
  return scan === null ? words('exchange:candidate.waiting') : words('exchange:candidate.asked', { scan })
}

export const importCommands: readonly Command[] = [importFile, list, showOne, undo, candidates]
