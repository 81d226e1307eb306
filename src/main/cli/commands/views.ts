import type { View } from '#shared/domain/view.ts'
import { fail } from '#shared/result.ts'
import { type Command, show } from '../command.ts'
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
  usage: 'view save <name> --query <query>',
  needs: 1,
  takes: 1,
  options: { query: 'text' },
  async run(context) {
    const { given, session, words } = context
    const query = given.text('query')
    if (query === undefined) {
      const problem = words('cli:problem.missing', { command: 'view save' })
      return fail('usage', { problem, usage: `paddock ${save.usage}` })
    }
    const view = await session.call('view.save', { name: given.positionals[0] ?? '', query })
    return view.ok ? show(context, view.value, ({ name }) => words('cli:view.saved', { name })) : view
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

export const viewCommands: readonly Command[] = [list, save, remove]
