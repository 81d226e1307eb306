import { SortColumn } from '#shared/domain/inventory.ts'
import type { View, ViewInput } from '#shared/domain/view.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, type Context, show } from '../command.ts'
import { formatTable } from '../table.ts'

const list: Command = {
  kind: 'session',
  path: ['view', 'list'],
  usage: 'view list',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const { session, words, output } = context
    const views = await session.call('view.list', {})
    if (!views.ok) return views
    const columns = [
      { title: words('cli:column.name'), text: (view: View) => view.name },
      { title: words('cli:column.query'), text: (view: View) => view.query },
      { title: words('cli:column.savedBy'), text: (view: View) => view.savedBy },
    ]
    return show(context, views.value, all =>
      all.length === 0 ? words('cli:view.none') : formatTable(columns, all, output.width),
    )
  },
}

const save: Command = {
  kind: 'session',
  path: ['view', 'save'],
  usage: 'view save <name> --query <query> [--sort [-]<column>] [--columns <column>,…]',
  needs: 1,
  takes: 1,
  options: { query: 'text', sort: 'text', columns: 'text' },
  async run(context) {
    const { given, session, words } = context
    const query = given.text('query')
    if (query === undefined) {
      const problem = words('cli:problem.missing', { command: 'view save' })
      return fail('usage', { problem, usage: `paddock ${save.usage}` })
    }
    const sort = readSort(context)
    if (!sort.ok) return sort
    const columns = given.text('columns')?.split(',') ?? null
    const name = given.positionals[0] ?? ''
    const view = await session.call('view.save', { name, query, sort: sort.value, columns })
    return view.ok ? show(context, view.value, ({ name }) => words('cli:view.saved', { name })) : view
  },
}

function readSort({ given, words }: Context): Result<ViewInput['sort']> {
  const text = given.text('sort')
  if (text === undefined) return succeed([])
  const column = SortColumn.safeParse(text.replace(/^-/, ''))
  if (column.success) return succeed([{ column: column.data, descending: text.startsWith('-') }])
  const problem = words('cli:problem.value', {
    option: 'sort',
    value: text,
    values: SortColumn.options.join(', '),
  })
  return fail('usage', { problem, usage: `paddock ${save.usage}` })
}

const rename: Command = {
  kind: 'session',
  path: ['view', 'rename'],
  usage: 'view rename <name> <new name>',
  needs: 2,
  takes: 2,
  options: {},
  async run(context) {
    const [name = '', to = ''] = context.given.positionals
    const view = await context.session.call('view.rename', { name, to })
    return view.ok
      ? show(context, view.value, renamed => context.words('cli:view.renamed', { name: renamed.name }))
      : view
  },
}

const remove: Command = {
  kind: 'session',
  path: ['view', 'delete'],
  usage: 'view delete <name>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const { given, session, words } = context
    const view = await session.call('view.delete', { name: given.positionals[0] ?? '' })
    return view.ok ? show(context, view.value, ({ name }) => words('cli:view.deleted', { name })) : view
  },
}

export const viewCommands: readonly Command[] = [list, save, rename, remove]
