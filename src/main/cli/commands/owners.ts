import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type Owner, OwnerField, type OwnerImport, ownerFields } from '#shared/domain/owner.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, type Context, show } from '../command.ts'
import { readNumbers } from '../numbers.ts'
import { formatTable, printable } from '../table.ts'
import type { Words } from '../words.ts'

const importOwners: Command = {
  kind: 'session',
  path: ['owner', 'import'],
  usage: 'owner import <csv> [--preview] [--map kind|name|email|externalId|unit=<column>]…',
  needs: 1,
  takes: 1,
  options: { preview: 'flag', map: 'texts' },
  async run(context) {
    const { given, session, words } = context
    const file = given.positionals[0] ?? ''
    const csv = readText(file)
    if (!csv.ok) return csv
    const mapping = readMapping(context)
    if (!mapping.ok) return mapping
    const request = { file: basename(file), csv: csv.value, mapping: mapping.value }
    const done = given.flag('preview')
      ? await session.call('owner.preview', request)
      : await session.call('owner.import', request)
    return done.ok ? show(context, done.value, result => importText(result, words)) : done
  },
}

/** Spreadsheets still write files in the Windows code page: what is not UTF-8 is read as that. */
function readText(file: string): Result<string> {
  try {
    const bytes = readFileSync(file)
    try {
      return succeed(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    } catch {
      return succeed(new TextDecoder('windows-1252').decode(bytes))
    }
  } catch (error) {
    return fail('file-unreadable', { file, reason: error instanceof Error ? error.message : String(error) })
  }
}

function readMapping({ given, words }: Context): Result<Partial<Record<OwnerField, string>>> {
  const mapping: Partial<Record<OwnerField, string>> = {}
  for (const text of given.texts('map')) {
    const [field, ...column] = text.split('=')
    const known = OwnerField.safeParse(field)
    if (!known.success) {
      const values = ownerFields.map(name => `${name}=<column>`).join(', ')
      const problem = words('cli:problem.value', { option: 'map', value: text, values })
      return fail('usage', { problem, usage: `paddock ${importOwners.usage}` })
    }
    mapping[known.data] = column.join('=')
  }
  return succeed(mapping)
}

function importText(result: OwnerImport, words: Words): string {
  const { id, rejected, mapping } = result
  const counts = { ...result, id: id ?? 0, rejected: rejected.length }
  const columns = Object.entries(mapping).map(([field, column]) => `${field}=${column}`)
  const head = words(id === null ? 'governance:owner.preview' : 'governance:owner.imported', {
    added: counts.added,
    changed: counts.changed,
    unchanged: counts.unchanged,
    rejected: counts.rejected,
    count: counts.lines,
    id: counts.id,
    columns: columns.join(', '),
  })
  const rejects = rejected.map(({ line, reason, text }) =>
    words('governance:owner.reject', {
      line,
      reason: words(`governance:reject.${reason}`),
      text: printable(text),
    }),
  )
  const lack =
    mapping.name === undefined
      ? [words('governance:owner.noName', { columns: result.columns.join(', ') })]
      : []
  return [head, ...lack, ...rejects].join('\n')
}

const undo: Command = {
  kind: 'session',
  path: ['owner', 'undo-import'],
  usage: 'owner undo-import <import> [--rest]',
  needs: 1,
  takes: 1,
  options: { rest: 'flag' },
  async run(context) {
    const { given, session, words } = context
    const id = readNumbers(given.positionals, 'import-unknown', 'id')
    if (!id.ok) return id
    const undone = await session.call('owner.undo-import', {
      id: id.value[0] ?? 0,
      rest: given.flag('rest'),
    })
    return undone.ok
      ? show(context, undone.value, ({ removed, restored, kept }) =>
          [
            words('governance:owner.undone', { restored, count: removed }),
            ...(kept === 0 ? [] : [words('governance:owner.stayed', { count: kept })]),
          ].join(' '),
        )
      : undone
  },
}

const list: Command = {
  kind: 'session',
  path: ['owner', 'list'],
  usage: 'owner list',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const { session, words, output } = context
    const owners = await session.call('owner.list', {})
    if (!owners.ok) return owners
    return show(context, owners.value, all =>
      all.length === 0
        ? words('governance:owner.none')
        : formatTable<Owner>(
            [
              { title: words('cli:column.id'), right: true, text: owner => String(owner.id) },
              { title: words('governance:column.name'), text: owner => owner.name },
              { title: words('cli:column.kind'), text: owner => words(`governance:ownerKind.${owner.kind}`) },
              { title: words('governance:column.email'), text: owner => owner.email ?? '' },
              { title: words('governance:column.externalId'), text: owner => owner.externalId ?? '' },
              { title: words('governance:column.unit'), text: owner => owner.unit ?? '' },
              {
                title: words('cli:column.instances'),
                right: true,
                text: owner => String(owner.instanceCount),
              },
            ],
            all,
            output.width,
          ),
    )
  },
}

export const ownerCommands: readonly Command[] = [importOwners, undo, list]
