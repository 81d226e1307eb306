import { resolve } from 'node:path'
import { ExportFormat, ExportTable, exportFormats, exportTables } from '#shared/domain/export.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, type Context, show } from '../command.ts'

const usage = `export --format ${exportFormats.join('|')} --out <file> [--table ${exportTables.join('|')}] [--query <query>] [--delimiter ;|,] [--bom]`

const exportCommand: Command = {
  kind: 'session',
  path: ['export'],
  usage,
  needs: 0,
  takes: 0,
  options: { format: 'text', out: 'text', table: 'text', query: 'text', delimiter: 'text', bom: 'flag' },
  async run(context) {
    const { given, session, words } = context
    const format = choose(context, 'format', exportFormats, ExportFormat)
    if (!format.ok) return format
    const table = choose(context, 'table', exportTables, ExportTable, 'instances')
    if (!table.ok) return table
    const file = given.text('out')
    if (file === undefined || file === '')
      return fail('usage', { problem: words('exchange:export.out'), usage: `paddock ${usage}` })
    const done = await session.call('export.write', {
      format: format.value,
      table: table.value,
      file: resolve(file),
      query: given.text('query') ?? '',
      delimiter: given.text('delimiter') === ';' ? ';' : ',',
      bom: given.flag('bom'),
    })
    return done.ok
      ? show(context, done.value, exported =>
          words('exchange:export.done', {
            ...exported,
            table: words(`exchange:table.${exported.table}`),
            count: exported.rows,
          }),
        )
      : done
  },
}

interface Choice<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false }
}

function choose<T extends string>(
  { given, words }: Context,
  option: string,
  values: readonly T[],
  choice: Choice<T>,
  usual?: T,
): Result<T> {
  const value = given.text(option) ?? usual ?? ''
  const chosen = choice.safeParse(value)
  if (chosen.success) return succeed(chosen.data)
  const problem = words('cli:problem.value', { option, value, values: values.join(', ') })
  return fail('usage', { problem, usage: `paddock ${usage}` })
}

export const exportCommands: readonly Command[] = [exportCommand]
