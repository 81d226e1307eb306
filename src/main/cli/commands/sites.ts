import { fail } from '#shared/result.ts'
import { type Command, show } from '../command.ts'
import { formatTable } from '../table.ts'

const list: Command = {
  kind: 'session',
  path: ['site', 'list'],
  usage: 'site list',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const { session, words, output } = context
    const sites = await session.call('site.list', {})
    if (!sites.ok) return sites
    return show(context, sites.value, all =>
      all.length === 0
        ? words('cli:site.none')
        : formatTable(
            [
              { title: words('cli:column.site'), text: site => site.name },
              { title: words('cli:column.ranges'), right: true, text: site => String(site.rangeCount) },
              { title: words('cli:column.instances'), right: true, text: site => String(site.instanceCount) },
              {
                title: words('cli:column.reverseDns'),
                text: site => words(site.reverseDns ? 'terms:yes' : 'terms:no'),
              },
            ],
            all,
            output.width,
          ),
    )
  },
}

const edit: Command = {
  kind: 'session',
  path: ['site', 'edit'],
  usage: 'site edit <name> --reverse-dns on|off',
  needs: 1,
  takes: 1,
  options: { 'reverse-dns': 'text' },
  async run(context) {
    const { given, words, session } = context
    const value = given.text('reverse-dns')
    const usage = `paddock ${edit.usage}`
    if (value === undefined) return fail('usage', { problem: words('cli:problem.nothing'), usage })
    if (value !== 'on' && value !== 'off') {
      const problem = words('cli:problem.value', { option: 'reverse-dns', value, values: 'on, off' })
      return fail('usage', { problem, usage })
    }
    const site = given.positionals[0] ?? ''
    const edited = await session.call('site.edit', { site, reverseDns: value === 'on' })
    if (!edited.ok) return edited
    return show(context, edited.value, ({ name, reverseDns }) =>
      words(reverseDns ? 'cli:site.reverseDnsOn' : 'cli:site.reverseDnsOff', { site: name }),
    )
  },
}

export const siteCommands: readonly Command[] = [list, edit]
